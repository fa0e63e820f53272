#pragma once

#include "mathtool/math/function_ref.hpp"
#include "mathtool/stats/distribution.hpp"

namespace mathtool::stats {

/// f(first) + f(first + 1) + … of `count` terms. Short runs are added term by term; for longer ones
/// f is taken to be smooth over the run, also between whole numbers, and the sum is Gauss's rule
/// for a run of whole numbers, which is exact for polynomials of degree 31.
/// Cost:    at most 128 evaluations.
/// Ref:     Gautschi, Orthogonal Polynomials (2004), discrete Chebyshev polynomials.
Extended run_sum(FunctionRef<Extended(Extended)> f, Extended first, Extended count);

/// E g(X, log f(X)) over the whole numbers of the support, of a mass and a g that are smooth also
/// between them.
/// Cost:    some thousand evaluations at most, however wide the distribution.
Extended smooth_expectation(FunctionRef<Extended(Extended, Extended)> g,
                            FunctionRef<Extended(Extended)> log_density, Interval support,
                            double mean, double sd);

/// −E log f(X) of such a mass.
double smooth_entropy(FunctionRef<Extended(Extended)> log_density, Interval support, double mean,
                      double sd, double skewness);

}  // namespace mathtool::stats
