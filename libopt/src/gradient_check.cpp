#include "mathtool/opt/gradient_check.hpp"

#include <algorithm>
#include <cmath>

#include "mathtool/math/constants.hpp"
#include "mathtool/math/error.hpp"

namespace mathtool::opt {

GradientCheck check_gradient(Objective f, const VecRef& x, const GradientCheckOptions& options) {
  require(x.size() > 0 && x.allFinite(), "check_gradient: x must be finite and not empty");
  require(options.tolerance >= 0, "check_gradient: tolerance must be >= 0, got {}",
          options.tolerance);
  Vec given = Vec::Zero(x.size()), ignored = given, differences;
  const double value = f(x, given);
  const auto value_alone = [&](const Vec& at) {
    return f.has_value() ? f.value(at) : f(at, ignored);
  };
  difference_gradient(value_alone, x, value, options.differences, differences);
  GradientCheck result;
  for (Index i = 0; i < x.size(); ++i) {
    const double scale = std::max({1.0, std::abs(given[i]), std::abs(differences[i])});
    double error = std::abs(given[i] - differences[i]) / scale;
    if (!std::isfinite(given[i]) || !std::isfinite(differences[i])) error = not_a_number;
    result.coordinates.push_back({i, given[i], differences[i], error});
    // NaN counts as the worst.
    if (i == 0 || (!std::isnan(result.largest_error) && !(error <= result.largest_error))) {
      result.largest_error = error;
      result.worst = i;
    }
  }
  result.agrees = result.largest_error <= options.tolerance;
  return result;
}

}  // namespace mathtool::opt
