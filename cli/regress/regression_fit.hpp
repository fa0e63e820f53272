#pragma once

#include <cstdint>
#include <optional>

#include "cli/regress/fitted_regression.hpp"
#include "cli/regress/model_rows.hpp"
#include "cli/regress/penalty_option.hpp"
#include "mathtool/stats/design.hpp"
#include "mathtool/stats/regression/generalized_regression.hpp"
#include "mathtool/stats/regression/robust_covariance.hpp"

namespace mathtool::cli {

/// What is asked of a fit.
struct RegressionRequest {
  stats::ResponseFamily family = stats::ResponseFamily::gaussian;
  PenaltyOption penalty = {};
  std::optional<stats::RobustKind> robust = {};
  bool vif = false;
  bool path = false;  ///< the path of a penalty is wanted, whether it is sought by cv or not
  std::uint64_t seed = 0;
  std::int64_t memory = 0;  ///< bytes
  StopToken stop = {};
};

/// Levels first, where there are factors; then the fit, by QR in doubled precision while the rows
/// are few, by sums over them otherwise.
/// Throws: InsufficientDataError where the rows cannot support it; DomainError for a response that
///         the family cannot have; DataError beyond the memory.
RegressionFit fit_regression(const stats::ModelFrame& frame, ModelRows& rows,
                             const RegressionRequest& request);

}  // namespace mathtool::cli
