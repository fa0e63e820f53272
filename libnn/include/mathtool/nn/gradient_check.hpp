#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "mathtool/math/function_ref.hpp"
#include "mathtool/math/run_control.hpp"
#include "mathtool/math/status.hpp"
#include "mathtool/nn/loss.hpp"
#include "mathtool/nn/sequential.hpp"

namespace mathtool::nn {

struct GradientCheckOptions {
  Index entries = 25;       ///< of each array, drawn where it has more; ≥ 1
  double tolerance = 1e-6;  ///< > 0; smooth networks reach 1e-9
  std::uint64_t seed = 0;   ///< of the draws, and of dropout
};

/// One array of parameters, or the input.
struct GradientCheckRow {
  std::string name = {};   ///< "0.weight", "input"
  std::string layer = {};  ///< "layer 1 (dense 512)"; empty for the input
  Index entries = 0;       ///< that were compared
  Index skipped = 0;       ///< that lie at a kink, or are too small for differences to see
  double worst_error = 0;  ///< |given − difference| / max(|given|, |difference|, 1e-3 of the
                           ///< largest entry of the array, 1e-5 of the loss)
  Index worst = 0;         ///< its entry, counted from 0
  double given = 0, by_differences = 0;  ///< what they were there
};

struct [[nodiscard]] GradientCheck {
  std::vector<GradientCheckRow> rows = {};
  double loss = 0;
  double worst_error = 0;
  Status status = Status::converged;
  std::string reason = {};
};

/// Compares the gradient of the mean loss, in training mode, with differences: in every array of
/// parameters, and in the input unless it is symbols.
///
/// Shapes:  x is n × inputs, targets n × loss.targets(output).   Throws: DimensionError,
///          DomainError, Stopped.
/// Returns: `converged` where every row is within the tolerance, `suspicious` where one is not,
///          `not_finite` for a loss or gradient that is not, `stalled` where nothing was compared.
/// Cost:    some 7 to 25 forward passes for each entry.
GradientCheck check_gradients(const Sequential<double>& network, const Loss& loss,
                              const BatchRef<double>& x, const BatchRef<double>& targets,
                              const GradientCheckOptions& options = {}, const RunControl& run = {});

/// f′(x) from central differences at shrinking distances, extrapolated to 0.
/// Returns: nothing where they do not settle to `accuracy`: at a kink, or in rounding errors.
/// Ref:     Ridders, Accurate computation of F'(x) and F'(x) F''(x) (1982).
std::optional<double> slope_by_differences(FunctionRef<double(double)> f, double x,
                                           double accuracy);

}  // namespace mathtool::nn
