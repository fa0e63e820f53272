#include "linearization.hpp"

#include <Eigen/QR>
#include <algorithm>
#include <cmath>
#include <utility>
#include <vector>

#include "mathtool/math/compensated_sum.hpp"
#include "mathtool/math/constants.hpp"
#include "mathtool/math/error.hpp"
#include "mathtool/math/parallel.hpp"

namespace mathtool::opt {
namespace {

constexpr Index block_rows = 4096;

/// The triangle of a QR factorisation, at most as many rows as columns.
Mat triangle_of(Mat&& A) {
  const Index k = std::min(A.rows(), A.cols());
  const Eigen::HouseholderQR<Mat> decomposition(std::move(A));
  return decomposition.matrixQR().topRows(k).triangularView<Eigen::Upper>();
}

}  // namespace

/// What one block of rows leaves.
struct ResidualReduction::Block {
  Mat triangle = {};  ///< of [J r]
  math::CompensatedSum cost = {}, rss = {};
  Index bad_row = -1;
};

ResidualReduction::Block ResidualReduction::reduce(Index first, Eigen::Ref<Vec> residuals,
                                                   Mat* jacobian) const {
  Block block;
  const Index m = residuals.size();
  const double c = settings_.scale;
  for (Index i = 0; i < m; ++i) {
    const double weight =
        settings_.weights.empty() ? 1 : settings_.weights[static_cast<std::size_t>(first + i)];
    double& r = residuals[i];
    if (weight == 0) {  // whatever it is
      r = 0;
      if (jacobian) jacobian->row(i).setZero();
      continue;
    }
    if (!std::isfinite(r) || (jacobian && !jacobian->row(i).allFinite())) {
      block.bad_row = first + i;
      return block;
    }
    block.rss += weight * r * r;
    const double factor = std::sqrt(weight);
    if (settings_.loss == Loss::linear) {
      block.cost += weight * r * r;
      if (weight != 1) {
        r *= factor;
        if (jacobian) jacobian->row(i) *= factor;
      }
      continue;
    }
    const double u = r / c, z = u * u;
    const LossValue loss = evaluate(settings_.loss, z);
    block.cost += weight * c * c * loss.rho;
    if (!jacobian) continue;
    // Rows scaled so that Jᵀr is that of the cost, and JᵀJ its curvature, kept positive: where the
    // loss bends down, a hundredth of its slope stands in. Less would blow r up, and its rounding.
    const double curvature = std::sqrt(std::max(loss.slope + 2 * loss.bend * z, 0.01 * loss.slope));
    r *= curvature > 0 ? factor * loss.slope / curvature : 0.0;
    jacobian->row(i) *= factor * curvature;
  }
  if (!jacobian) return block;
  Mat joined(m, jacobian->cols() + 1);
  joined << *jacobian, residuals;
  block.triangle = triangle_of(std::move(joined));
  return block;
}

/// Evaluates and reduces block by block; `take` sees the results in the order of the rows.
template <class Take>
void ResidualReduction::each_block(const Vec& x, bool derivatives, Take&& take) {
  settings_.run.stop.check();
  ++evaluations_;
  if (derivatives) ++jacobians_;
  if (r_.blocked()) {
    rows_ = r_.rows();
  } else {
    r_.whole(x, whole_residuals_, derivatives ? &whole_jacobian_ : nullptr);
    rows_ = whole_residuals_.size();
    require<DimensionError>(
        !derivatives || (whole_jacobian_.rows() == rows_ && whole_jacobian_.cols() == x.size()),
        "least squares: a Jacobian of {} x {} for {} residuals of {} parameters",
        whole_jacobian_.rows(), whole_jacobian_.cols(), rows_, x.size());
  }
  const auto weights = static_cast<Index>(settings_.weights.size());
  require<DimensionError>(weights == 0 || weights == rows_,
                          "least squares: {} weights for {} residuals", weights, rows_);
  std::vector<Block> blocks(static_cast<std::size_t>((rows_ + block_rows - 1) / block_rows));
  const auto work = [&](Index b) {
    const Index first = b * block_rows, count = std::min(block_rows, rows_ - first);
    Mat jacobian;
    if (r_.blocked()) {
      Vec residuals(count);
      r_.block(x, first, residuals, derivatives ? &jacobian : nullptr);
      blocks[static_cast<std::size_t>(b)] =
          reduce(first, residuals, derivatives ? &jacobian : nullptr);
      return;
    }
    if (derivatives) jacobian = whole_jacobian_.middleRows(first, count);
    blocks[static_cast<std::size_t>(b)] =
        reduce(first, whole_residuals_.segment(first, count), derivatives ? &jacobian : nullptr);
  };
  if (blocks.size() == 1)
    work(0);
  else
    math::parallel_for(std::ssize(blocks), work, settings_.run.threads);
  for (Block& block : blocks) take(std::move(block));
}

Linearization ResidualReduction::at(const Vec& x) {
  const Index n = x.size();
  Linearization result;
  math::CompensatedSum cost, rss;
  std::vector<Mat> triangles;
  Index height = 0;
  each_block(x, true, [&](Block&& block) {
    if (block.bad_row >= 0 && result.bad_row < 0) result.bad_row = block.bad_row;
    cost += block.cost;
    rss += block.rss;
    height += block.triangle.rows();
    triangles.push_back(std::move(block.triangle));
  });
  result.cost = cost.value();
  result.rss = rss.value();
  if (!result.finite()) return result;
  Mat joined = Mat::Zero(height, n + 1);
  Index row = 0;
  for (const Mat& triangle : triangles) {
    joined.middleRows(row, triangle.rows()) = triangle;
    row += triangle.rows();
  }
  if (triangles.size() > 1) joined = triangle_of(std::move(joined));
  result.R = Mat::Zero(n, n);
  result.q = Vec::Zero(n);
  const Index top = std::min(n, joined.rows());
  result.R.topRows(top) = joined.topLeftCorner(top, n);
  result.q.head(top) = joined.col(n).head(top);
  result.rest = joined.rows() > n ? joined(n, n) * joined(n, n) : 0.0;
  // Squares that are infinite together though each is not.
  if (!std::isfinite(result.cost) || !result.R.allFinite()) result.bad_row = 0;
  return result;
}

double ResidualReduction::cost(const Vec& x) {
  math::CompensatedSum sum;
  bool finite = true;
  each_block(x, false, [&](Block&& block) {
    finite = finite && block.bad_row < 0;
    sum += block.cost;
  });
  return finite && std::isfinite(sum.value()) ? sum.value() : not_a_number;
}

}  // namespace mathtool::opt
