#pragma once

#include "mathtool/math/function_ref.hpp"
#include "mathtool/stats/distribution.hpp"

namespace mathtool::stats {

/// log ∑ exp(−mean) meanʲ/j! exp(log_component(j)), from the largest term outwards. The component
/// is taken to be smooth between whole numbers, and its terms to have one peak.
/// Cost:    some hundred components, however large the mean.
Extended log_poisson_mixture(Extended mean, FunctionRef<Extended(Extended)> log_component);

/// Both tails of a mixture from the logarithms of a tail of its components.
/// Pre: `left` where the lower tail is taken to be the smaller one.
Tails poisson_mixture_tails(Extended mean, FunctionRef<Extended(Extended, Tail)> log_component,
                            bool left);

/// E f(J) of a Poisson variable J, for an f that is smooth also between whole numbers.
Extended poisson_expectation(Extended mean, FunctionRef<Extended(Extended)> f);

}  // namespace mathtool::stats
