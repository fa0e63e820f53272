#include "mathtool/stats/regression/penalized_regression.hpp"

#include <fmt/core.h>

#include <Eigen/Cholesky>
#include <algorithm>
#include <cmath>

#include "mathtool/math/constants.hpp"
#include "mathtool/math/error.hpp"

namespace mathtool::stats {
namespace {

double soft_threshold(double x, double by) { return x > by ? x - by : (x < -by ? x + by : 0.0); }

/// The columns in units of their standard deviations: ½ bᵀRb − cᵀb is what RSS/(2n) leaves to
/// minimise.
class StandardizedGram {
 public:
  StandardizedGram(const Covariance& covariance, bool intercept) : intercept_(intercept) {
    const Index p = covariance.columns() - 1;
    n_ = covariance.weight();
    require<InsufficientDataError>(n_ > 1, "{} row(s) are too few for a regression", n_);
    const CovarianceEstimate estimate = covariance.estimate();
    mean_ = estimate.mean;
    Mat G = estimate.matrix * ((n_ - 1) / n_);
    if (!intercept) G += mean_ * mean_.transpose();
    yy_ = G(p, p);
    require<InsufficientDataError>(yy_ > 0, "the response {}: there is nothing to explain",
                                   intercept ? "does not vary" : "is 0 in every row");
    scale_ = G.diagonal().head(p).cwiseSqrt();
    R_ = Mat::Zero(p, p);
    c_ = Vec::Zero(p);
    for (Index j = 0; j < p; ++j) {
      if (!(scale_[j] > 0)) continue;
      c_[j] = G(p, j) / scale_[j];
      for (Index k = 0; k < p; ++k)
        if (scale_[k] > 0) R_(k, j) = k == j ? 1.0 : G(k, j) / (scale_[k] * scale_[j]);
    }
  }

  double largest_product() const { return c_.size() > 0 ? c_.cwiseAbs().maxCoeff() : 0.0; }

  /// From `b`, standardised coefficients, to the minimiser.
  PenalizedRegression minimize(Vec& b, const Penalty& penalty,
                               const PenalizedOptions& options) const {
    PenalizedRegression fit{.intercept = intercept_, .penalty = penalty, .observations = n_};
    constexpr int between = 100;  // sweeps before the linear system is tried again
    int sweeps = 0;
    fit.status = Status::out_of_budget;
    if (penalty.l1 == 0) b = ridge(penalty.l2);
    for (bool whole = false;; ++sweeps) {
      const bool settled = violation(b, penalty) <= options.tolerance;
      // Where columns are very alike, sweeps only creep; the active set finds its way.
      if (settled || (sweeps + 1) % between == 0) search_active_set(b, penalty);
      fit.violation = violation(b, penalty);
      if (fit.violation <= options.tolerance) fit.status = Status::converged;
      if (fit.violation <= options.tolerance || sweeps == options.max_sweeps) break;
      // Sweeps over what is not 0 until it settles, then one over all.
      const double change = sweep(b, penalty, whole);
      whole = !whole && change <= options.tolerance * std::sqrt(yy_);
    }
    if (fit.status != Status::converged)
      fit.reason = fmt::format(
          "after {} sweeps the conditions of the optimum still fail by {:.1e} of the largest "
          "product",
          sweeps, fit.violation);
    report(b, fit);
    return fit;
  }

  Index columns() const { return c_.size(); }

 private:
  /// One round of coordinate descent; returns the largest change.
  double sweep(Vec& b, const Penalty& penalty, bool whole) const {
    double largest = 0;
    for (Index j = 0; j < b.size(); ++j) {
      if (!(scale_[j] > 0) || (!whole && b[j] == 0)) continue;
      const double rest = c_[j] - R_.col(j).dot(b) + b[j];
      const double next = soft_threshold(rest, penalty.l1) / (1 + penalty.l2);
      largest = std::max(largest, std::abs(next - b[j]));
      b[j] = next;
    }
    return largest;
  }

  Vec ridge(double l2) const {
    Mat A = R_;
    A.diagonal().array() += l2;
    return A.llt().solve(c_);
  }

  /// By how much the gradient misses its condition: l1 sign(b) where b is not 0, else [−l1, l1].
  double violation(const Vec& b, const Penalty& penalty) const {
    const double unit = largest_product();
    if (unit == 0) return 0;
    const Vec gradient = c_ - R_ * b - penalty.l2 * b;
    double largest = 0;
    for (Index j = 0; j < b.size(); ++j) {
      const double miss = b[j] == 0 ? std::max(0.0, std::abs(gradient[j]) - penalty.l1)
                                    : std::abs(gradient[j] - std::copysign(penalty.l1, b[j]));
      if (scale_[j] > 0) largest = std::max(largest, miss);
    }
    return largest / unit;
  }

  std::vector<Index> active(const Vec& b) const {
    std::vector<Index> result;
    for (Index j = 0; j < b.size(); ++j)
      if (b[j] != 0) result.push_back(j);
    return result;
  }

  /// With the signs known the rest is a linear system: walks from one set of signs to the next,
  /// each time lowering the objective. Left where it is no better. Ref: Lee, Battle, Raina & Ng,
  /// Efficient sparse coding algorithms (2007), §3.
  void search_active_set(Vec& b, const Penalty& penalty) const {
    Vec candidate = b;
    for (Index rounds = 20 + 4 * b.size(); rounds > 0; --rounds) {
      if (!step_to_signs(candidate, penalty)) break;
      const Vec gradient = c_ - R_ * candidate - penalty.l2 * candidate;
      Index next = -1;  // the column outside whose condition fails most
      double excess = 1e-14 * largest_product();
      for (Index j = 0; j < b.size(); ++j)
        if (candidate[j] == 0 && scale_[j] > 0 && std::abs(gradient[j]) - penalty.l1 > excess) {
          next = j;
          excess = std::abs(gradient[j]) - penalty.l1;
        }
      if (next < 0) break;
      candidate[next] = soft_threshold(gradient[next], penalty.l1) / (1 + penalty.l2);
    }
    if (violation(candidate, penalty) <= violation(b, penalty)) b = candidate;
  }

  /// Solves for the coefficients that are not 0; one that would change its sign stops there and
  /// leaves the set. False where the system is singular.
  bool step_to_signs(Vec& b, const Penalty& penalty) const {
    for (std::vector<Index> set = active(b); !set.empty(); set = active(b)) {
      Mat A = R_(set, set);
      A.diagonal().array() += penalty.l2;
      Vec right = c_(set);
      for (std::size_t k = 0; k < set.size(); ++k)
        right[static_cast<Index>(k)] -= std::copysign(penalty.l1, b[set[k]]);
      const Eigen::LLT<Mat> factor(A);
      if (factor.info() != Eigen::Success) return false;
      Vec solution = factor.solve(right);
      solution += factor.solve(right - A * solution);
      double share = 1;  // of the way to the solution
      Index leaves = -1;
      for (std::size_t k = 0; k < set.size() && penalty.l1 > 0; ++k) {
        const double from = b[set[k]], to = solution[static_cast<Index>(k)];
        if (to * from > 0 || !(from / (from - to) < share)) continue;
        share = from / (from - to);
        leaves = set[k];
      }
      for (std::size_t k = 0; k < set.size(); ++k)
        b[set[k]] += share * (solution[static_cast<Index>(k)] - b[set[k]]);
      if (leaves < 0) {
        b(set) = solution;
        return true;
      }
      b[leaves] = 0;
    }
    return true;
  }

  /// In the units of the columns.
  void report(const Vec& b, PenalizedRegression& fit) const {
    const Index p = b.size(), first = intercept_ ? 1 : 0;
    fit.coefficients = Vec::Zero(p + first);
    double constant = mean_[p];
    for (Index j = 0; j < p; ++j) {
      if (!(scale_[j] > 0)) {
        fit.constant.push_back(j + first);
        continue;
      }
      fit.coefficients[j + first] = b[j] / scale_[j];
      constant -= fit.coefficients[j + first] * mean_[j];
    }
    if (intercept_) fit.coefficients[0] = constant;
    fit.tss = n_ * yy_;
    fit.rss = n_ * std::max(0.0, yy_ - 2 * c_.dot(b) + b.dot(R_ * b));
    fit.r_squared = 1 - fit.rss / fit.tss;
    fit.objective = fit.rss / (2 * n_) + fit.penalty.l1 * b.cwiseAbs().sum() +
                    fit.penalty.l2 / 2 * b.squaredNorm();
    const std::vector<Index> set = active(b);
    fit.nonzero = std::ssize(set);
    if (set.empty()) return;
    const Mat gram = R_(set, set);
    Mat A = gram;
    A.diagonal().array() += fit.penalty.l2;
    fit.df = fit.penalty.l2 == 0 ? static_cast<double>(set.size()) : A.llt().solve(gram).trace();
  }

  bool intercept_;
  double n_ = 0, yy_ = 0;
  Vec mean_, scale_, c_;
  Mat R_;
};

void require_penalty(const Penalty& penalty, const PenalizedOptions& options) {
  require(penalty.l1 >= 0 && penalty.l2 >= 0 && std::isfinite(penalty.l1 + penalty.l2) &&
              penalty.l1 + penalty.l2 > 0,
          "penalty: l1 and l2 must be >= 0 and one of them > 0, got {} and {}", penalty.l1,
          penalty.l2);
  require(options.tolerance > 0 && options.max_sweeps >= 1,
          "penalty: tolerance must be > 0 and max_sweeps >= 1, got {} and {}", options.tolerance,
          options.max_sweeps);
}

/// Σ w (y − b₀ − xᵀb)² over the rows behind a covariance.
double squared_error(const Covariance& rows, const PenalizedRegression& fit) {
  const Index p = rows.columns() - 1, first = fit.intercept ? 1 : 0;
  const double n = rows.weight();
  Vec direction(p + 1);  // y − xᵀb
  direction.head(p) = -fit.coefficients.tail(p);
  direction[p] = 1;
  const CovarianceEstimate estimate = rows.estimate();
  const double shift = direction.dot(estimate.mean) - (first == 1 ? fit.coefficients[0] : 0.0);
  const double spread = n > 1 ? direction.dot(estimate.matrix * direction) * (n - 1) : 0.0;
  return spread + n * shift * shift;
}

std::vector<double> falling_ratios(double from, double to, int count) {
  require(count >= 2, "path: count must be >= 2, got {}", count);
  std::vector<double> values;
  for (int k = 0; k < count; ++k)
    values.push_back(from * std::pow(to / from, static_cast<double>(k) / (count - 1)));
  return values;
}

}  // namespace

PenalizedRegression fit_penalized(const Covariance& covariance, bool intercept,
                                  const Penalty& penalty, const PenalizedOptions& options) {
  return fit_penalized_path(covariance, intercept, {&penalty, 1}, options).front();
}

std::vector<PenalizedRegression> fit_penalized_path(const Covariance& covariance, bool intercept,
                                                    std::span<const Penalty> path,
                                                    const PenalizedOptions& options) {
  const StandardizedGram gram(covariance, intercept);
  Vec b = Vec::Zero(gram.columns());
  std::vector<PenalizedRegression> fits;
  for (const Penalty& penalty : path) {
    require_penalty(penalty, options);
    fits.push_back(gram.minimize(b, penalty, options));
  }
  return fits;
}

std::vector<double> lasso_path(const Covariance& covariance, bool intercept, int count) {
  const double largest = StandardizedGram(covariance, intercept).largest_product();
  require<InsufficientDataError>(largest > 0,
                                 "no column is correlated with the response: there is no path");
  return falling_ratios(largest, 1e-4 * largest, count);
}

std::vector<double> ridge_path(int count) { return falling_ratios(1e3, 1e-4, count); }

CrossValidation cross_validate(std::span<const Covariance> folds, bool intercept,
                               std::span<const Penalty> path, const PenalizedOptions& options) {
  require(folds.size() >= 2, "cross_validate: needs at least 2 folds, got {}", folds.size());
  const Index count = std::ssize(path);
  Mat errors(std::ssize(folds), count);  // mean squared error of each fold
  Vec weights(std::ssize(folds));
  for (std::size_t f = 0; f < folds.size(); ++f) {
    Covariance others(folds[f].columns());
    for (std::size_t g = 0; g < folds.size(); ++g)
      if (g != f) others.merge(folds[g]);
    const auto fits = fit_penalized_path(others, intercept, path, options);
    const auto row = static_cast<Index>(f);
    weights[row] = folds[f].weight();
    for (Index k = 0; k < count; ++k)
      errors(row, k) = squared_error(folds[f], fits[static_cast<std::size_t>(k)]) / weights[row];
  }
  CrossValidation result{.penalties = {path.begin(), path.end()}};
  weights /= weights.sum();
  result.error = errors.transpose() * weights;
  result.std_error.resize(count);
  for (Index k = 0; k < count; ++k)
    result.std_error[k] =
        std::sqrt((errors.col(k).array() - result.error[k]).square().matrix().dot(weights) /
                  static_cast<double>(folds.size() - 1));
  result.error.minCoeff(&result.best);
  return result;
}

}  // namespace mathtool::stats
