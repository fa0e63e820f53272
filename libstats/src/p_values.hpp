#pragma once

/// Two-sided p-values, native in the tail rather than 1 minus something.
namespace mathtool::stats {

/// Of a correlation by Student's t on n − 2 degrees of freedom. Pre: |r| ≤ 1, n > 2.
double correlation_p_value(double r, double n);

/// Of a standard normal z.
double normal_p_value(double z);

}  // namespace mathtool::stats
