#include "mathtool/opt/logistic_objective.hpp"

#include <algorithm>
#include <cmath>
#include <utility>
#include <vector>

#include "logistic_kernels.hpp"
#include "mathtool/math/error.hpp"
#include "mathtool/math/matrix_products.hpp"
#include "mathtool/math/parallel.hpp"

namespace mathtool::opt {
namespace {

constexpr Index rows_at_once = 256;  // which stay in cache from the scores to the gradient

}  // namespace

LogisticObjective::LogisticObjective(RowMat X, Vec y, const LogisticOptions& options)
    : X_(std::move(X)), y_(std::move(y)), options_(options) {
  require<DimensionError>(y_.size() == X_.rows(), "logistic: {} rows, {} values of y", X_.rows(),
                          y_.size());
  require(X_.rows() > 0, "logistic: there are no rows");
  require(X_.allFinite(), "logistic: X must be finite");
  require((y_.array() >= 0).all() && (y_.array() <= 1).all(), "logistic: y must be in [0, 1]");
  require(std::isfinite(options.l2) && options.l2 >= 0, "logistic: l2 must be >= 0, got {}",
          options.l2);
  require(options.threads >= 0, "logistic: threads must be >= 0, got {}", options.threads);
}

/// As many as leave no thread idle, and not so many that their matrices fill the memory.
Index LogisticObjective::parts() const {
  const Index p = parameters(), n = X_.rows();
  const Index most = std::clamp<Index>(4'000'000 / (p * p + 1), 8, 256);
  return std::clamp<Index>(n / 1024, 1, most);
}

LogisticObjective::Part LogisticObjective::part(Index k) const {
  const Index n = X_.rows(), count = parts(), first = k * n / count;
  return {first, (k + 1) * n / count - first};
}

void LogisticObjective::check(const Vec& w) const {
  require<DimensionError>(w.size() == parameters(), "logistic: {} values for {} parameters",
                          w.size(), parameters());
}

Vec LogisticObjective::scores(const Part& rows, const Vec& w) const {
  Vec z = X_.middleRows(rows.first, rows.rows) * w.head(X_.cols());
  if (options_.intercept) z.array() += w[X_.cols()];
  return z;
}

/// sum += Xᵀ weights
void LogisticObjective::add_rows(const Part& rows, const Vec& weights, Eigen::Ref<Vec> sum) const {
  sum.head(X_.cols()).noalias() += X_.middleRows(rows.first, rows.rows).transpose() * weights;
  if (options_.intercept) sum[X_.cols()] += weights.sum();
}

double LogisticObjective::operator()(const Vec& w, Vec& gradient) const {
  check(w);
  const Index count = parts();
  Mat sums = Mat::Zero(parameters(), count);
  Vec losses = Vec::Zero(count);
  math::parallel_for(
      count,
      [&](Index k) {
        const Part whole = part(k);
        Vec loss(rows_at_once), residual(rows_at_once);
        for (Index at = 0; at < whole.rows; at += rows_at_once) {
          const Part few{whole.first + at, std::min(rows_at_once, whole.rows - at)};
          loss.resize(few.rows), residual.resize(few.rows);
          logistic_losses(few.rows, scores(few, w).data(), y_.data() + few.first, loss.data(),
                          residual.data());
          losses[k] += loss.sum();
          add_rows(few, residual, sums.col(k));
        }
      },
      options_.threads);
  const auto n = static_cast<double>(X_.rows());
  gradient = sums.rowwise().sum() / n;
  gradient.head(X_.cols()) += options_.l2 * w.head(X_.cols());
  return losses.sum() / n + options_.l2 / 2 * w.head(X_.cols()).squaredNorm();
}

double LogisticObjective::value(const Vec& w) const {
  Vec gradient;
  return (*this)(w, gradient);
}

Mat LogisticObjective::hessian(const Vec& w) const {
  check(w);
  const Index p = X_.cols(), q = parameters(), count = parts();
  std::vector<Mat> sums(static_cast<std::size_t>(count));
  math::parallel_for(
      count,
      [&](Index k) {
        const Part whole = part(k);
        Mat& sum = sums[static_cast<std::size_t>(k)];
        sum = Mat::Zero(q, q);
        RowMat scaled(rows_at_once, q);
        Vec weight(rows_at_once);
        for (Index at = 0; at < whole.rows; at += rows_at_once) {
          const Part few{whole.first + at, std::min(rows_at_once, whole.rows - at)};
          logistic_weights(few.rows, scores(few, w).data(), weight.data());
          const auto root = weight.head(few.rows).array().sqrt();
          scaled.topLeftCorner(few.rows, p) =
              X_.middleRows(few.first, few.rows).array().colwise() * root;
          if (options_.intercept) scaled.col(p).head(few.rows) = root;
          math::add_gram(scaled.topRows(few.rows), sum);
        }
      },
      options_.threads);
  Mat H = std::move(sums[0]);
  for (std::size_t k = 1; k < sums.size(); ++k) H += sums[k];
  math::mirror_lower(H);
  H /= static_cast<double>(X_.rows());
  H.diagonal().head(p).array() += options_.l2;
  return H;
}

Vec LogisticObjective::hessian_times(const Vec& w, const Vec& v) const {
  check(w), check(v);
  const Index count = parts();
  Mat sums = Mat::Zero(parameters(), count);
  math::parallel_for(
      count,
      [&](Index k) {
        const Part whole = part(k);
        Vec weight(rows_at_once);
        for (Index at = 0; at < whole.rows; at += rows_at_once) {
          const Part few{whole.first + at, std::min(rows_at_once, whole.rows - at)};
          weight.resize(few.rows);
          logistic_weights(few.rows, scores(few, w).data(), weight.data());
          weight.array() *= scores(few, v).array();
          add_rows(few, weight, sums.col(k));
        }
      },
      options_.threads);
  Vec result = sums.rowwise().sum() / static_cast<double>(X_.rows());
  result.head(X_.cols()) += options_.l2 * v.head(X_.cols());
  return result;
}

}  // namespace mathtool::opt
