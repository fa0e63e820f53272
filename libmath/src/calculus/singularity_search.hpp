#pragma once

#include <optional>
#include <span>
#include <vector>

#include "gauss_kronrod.hpp"
#include "mathtool/math/function_ref.hpp"

namespace mathtool::math {

/// The place of the largest value within [low, high], by golden sections from a point inside that
/// is no smaller than both ends. A value that is not finite is larger than any.
double place_of_largest(FunctionRef<double(double)> size, double low, double inside, double high);

/// The point of [low, high] towards which |f| grows like a power or a logarithm of the distance;
/// none where f only jumps or bends.
std::optional<double> find_singularity(ChartedIntegrand& f, double low, double high);

/// The point of [low, high] where f jumps or bends, at the last double before it; none where f is
/// smooth or rough in more than one place.
std::optional<double> find_break(ChartedIntegrand& f, double low, double high);

struct HiddenPeak {
  std::size_t panel;
  double x;
};

/// The top of a peak in a panel all of whose samples are 0, looked for at about so many points.
std::optional<HiddenPeak> search_zero_panels(ChartedIntegrand& f,
                                             std::span<const IntegrationPanel> panels,
                                             const std::vector<IntegrationChart>& charts,
                                             int samples);

/// How far rounding in f beside an end spoils the rule of a panel there; none where f does not
/// scatter. A formula that is 0/0 at the end, such as (1 − cos x)/x², loses all digits before it,
/// and is best left alone there: what the panel's nodes show is smoother.
std::optional<double> scatter_beside_end(ChartedIntegrand& f, const IntegrationPanel& panel);

}  // namespace mathtool::math
