#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "mathtool/stats/regression/penalized_regression.hpp"

namespace mathtool::cli {

/// --ridge and --lasso: each a number, or `cv` for the one of least error in cross-validation.
struct PenaltyOption {
  std::string ridge = {}, lasso = {};
  int folds = 5;

  bool given() const { return !ridge.empty() || !lasso.empty(); }
  bool by_cross_validation() const { return ridge == "cv" || lasso == "cv"; }

  /// Throws: DomainError for what is neither a number ≥ 0 nor cv.
  void check() const;
  /// What is to be tried, strongest first; without cv the one penalty.
  std::vector<stats::Penalty> path(const stats::Covariance& all, bool intercept) const;
};

}  // namespace mathtool::cli
