#pragma once

#include <span>

#include "mathtool/stats/any_distribution.hpp"

namespace mathtool::stats::detail {

double evaluate_one(const AnyDistribution& d, Verb verb, double x);

/// Functions of a continuous distribution, read off tables of their logarithms.
void tabulated_values(const AnyDistribution& d, Verb verb, std::span<const double> x,
                      std::span<double> out);
void tabulated_quantiles(const AnyDistribution& d, Verb verb, std::span<const double> p,
                         std::span<double> out);

}  // namespace mathtool::stats::detail
