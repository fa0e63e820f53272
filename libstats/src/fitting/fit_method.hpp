#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "mathtool/math/run_control.hpp"
#include "mathtool/math/status.hpp"
#include "mathtool/stats/frequency_table.hpp"

namespace mathtool::stats {

/// The values of the parameters that are fixed, by place.
using FixedValues = std::vector<std::optional<double>>;

struct ParameterEstimates {
  std::vector<double> values = {}, std_errors = {};  ///< by place, NaN where there are none
  Status status = Status::converged;
  std::string reason = {};
};

/// Where the values of a sample may lie, and what the density is at the ends.
struct SampleRange {
  enum class Ends {
    inside,   ///< positive
    outside,  ///< 0
    singular  ///< 0 or infinite, as the parameters want it
  };
  double low, high;
  Ends ends = Ends::inside;
};

/// How the parameters of a family are estimated.
struct FitMethod {
  std::string_view family;
  bool discrete;
  bool quick;  ///< fast enough to be tried on any sample
  SampleRange range;
  /// Pre: two different values within the range, fixed values within their domains.
  ParameterEstimates (*estimate)(const FrequencyTable& sample, const FixedValues& fixed,
                                 const StopToken& stop);
};

std::span<const FitMethod> closed_form_methods();
std::span<const FitMethod> discrete_methods();
std::span<const FitMethod> likelihood_methods();
std::span<const FitMethod> density_methods();

}  // namespace mathtool::stats
