#pragma once

#include <span>
#include <string>
#include <vector>

#include "mathtool/math/status.hpp"
#include "mathtool/math/types.hpp"
#include "mathtool/stats/accumulators/covariance.hpp"

namespace mathtool::stats {

/// How much coefficients cost: l1 |b| (lasso) and l2/2 b² (ridge), both ≥ 0.
struct Penalty {
  double l1 = 0.0, l2 = 0.0;
};

struct PenalizedOptions {
  /// > 0: how far the conditions of the optimum may be from holding, as a share of the largest
  /// |Σ x y| / n. The active set is solved exactly in the end, which gives about 1e-15.
  double tolerance = 1e-10;
  int max_sweeps = 100'000;  ///< of coordinate descent, ≥ 1
};

/// The minimiser of
///     RSS / (2n) + l1 Σ |b_j| + l2/2 Σ b_j²
/// over columns divided by their standard deviations (divisor n; without an intercept by the root
/// of their mean squares), the intercept free, and its coefficients in the units of the columns.
struct [[nodiscard]] PenalizedRegression {
  bool intercept = true;
  Vec coefficients = {};             ///< p, the intercept first; 0 for constant columns
  std::vector<Index> constant = {};  ///< columns without spread
  Penalty penalty = {};
  double objective = 0.0;
  double violation = 0.0;  ///< how far the conditions of the optimum fail, relative
  Index nonzero = 0;       ///< coefficients but the intercept
  double df = 0.0;  ///< tr R(R + l2 I)⁻¹ over them: n − df − 1 are left to the residual
  double observations = 0.0, rss = 0.0, tss = 0.0, r_squared = 0.0;
  Status status = Status::converged;
  std::string reason = {};
};

/// By coordinate descent on the Gram matrix: rows are not needed again.
///
/// Pre:    the columns of the covariance are those behind the intercept, y last.
/// Throws: DomainError unless l1, l2 ≥ 0 and one is > 0; InsufficientDataError for a y without
///         spread.
/// Cost:   p² for a sweep over all columns.
/// Ref:    Friedman, Hastie & Tibshirani, Regularization paths for generalized linear models via
///         coordinate descent (2010), §2; Zou, Hastie & Tibshirani, On the degrees of freedom of
///         the lasso (2007).
PenalizedRegression fit_penalized(const Covariance& covariance, bool intercept,
                                  const Penalty& penalty, const PenalizedOptions& options = {});

/// Fits along a path of penalties, each from the solution before it: pass strong ones first.
std::vector<PenalizedRegression> fit_penalized_path(const Covariance& covariance, bool intercept,
                                                    std::span<const Penalty> path,
                                                    const PenalizedOptions& options = {});

/// `count` values of l1 from the least that leaves no coefficient down to 1e-4 of it, in equal
/// ratios.
std::vector<double> lasso_path(const Covariance& covariance, bool intercept, int count = 100);
/// `count` values of l2 from 1000 down to 1e-4; they have no unit.
std::vector<double> ridge_path(int count = 100);

/// The error of predictions for rows that a fit has not seen.
struct CrossValidation {
  std::vector<Penalty> penalties = {};
  Vec error = {};      ///< mean squared error of the folds left out, per penalty
  Vec std_error = {};  ///< of that mean, from the spread between folds
  Index best = 0;      ///< of least error
};

/// Fits to all folds but one at a time, each fold's rows in a covariance of its own.
/// Throws: DomainError for fewer than two folds; what `fit_penalized` throws.
/// Ref:    Hastie, Tibshirani & Friedman, The Elements of Statistical Learning (2009), §7.10.
CrossValidation cross_validate(std::span<const Covariance> folds, bool intercept,
                               std::span<const Penalty> path, const PenalizedOptions& options = {});

}  // namespace mathtool::stats
