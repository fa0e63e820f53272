#pragma once

#include "mathtool/stats/distribution.hpp"

namespace mathtool::stats {

/// The noncentralities under which what was observed stands at the (1 ± level)/2 points of its
/// distribution: what turns a statistic into an interval of the effect. NaN where none is found.
/// Ref: Steiger, Beyond the F test (2004).
Interval noncentral_t_interval(double t, double df, double level);
Interval noncentral_f_interval(double f, double df1, double df2, double level);
Interval noncentral_chi_squared_interval(double x, double df, double level);

}  // namespace mathtool::stats
