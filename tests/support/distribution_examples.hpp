#pragma once

#include <string>
#include <vector>

#include "mathtool/stats/distribution_family.hpp"

namespace mathtool::test {

/// Specifications on which every law is tried. A law sees to it that each registered family is
/// among them.
inline std::vector<std::string> distribution_examples() {
  return {"normal",
          "normal(-3, 0.01)",
          "lognormal",
          "lognormal(2, 0.5)",
          "student_t(0.8)",
          "student_t(5)",
          "student_t(1e6)",
          "chi_squared(1)",
          "chi_squared(12.5)",
          "f(5, 12)",
          "f(1, 3)",
          "gamma(0.3)",
          "gamma(7.5, 2)",
          "gamma(1000)",
          "inverse_gamma(5)",
          "inverse_gamma(0.7, 3)",
          "inverse_gaussian(2, 3)",
          "beta(2, 5)",
          "beta(0.5, 0.5)",
          "beta(3, 1)",
          "exponential",
          "exponential(0.01)",
          "hyperexponential([0.3, 0.7], [1, 20])",
          "weibull(0.7, 2)",
          "weibull(3)",
          "logistic(1, 2)",
          "cauchy(1, 2)",
          "laplace(1, 2)",
          "gumbel(1, 2)",
          "pareto(1, 2.5)",
          "pareto(3, 6)",
          "rayleigh(2)",
          "uniform",
          "uniform(-2, 7)",
          "triangular(0, 1, 5)",
          "triangular(0, 0, 5)",
          "arcsine(-1, 1)",
          "skew_normal(1, 2, 4)",
          "skew_normal(0, 1, -30)",
          "ks(10)",
          "ks(30)",
          "noncentral_t(5, 1.5)",
          "noncentral_chi2(4, 3)",
          "noncentral_f(5, 10, 2)",
          "noncentral_beta(2, 3, 4)",
          "bernoulli(0.3)",
          "binomial(10, 0.3)",
          "binomial(1000, 0.999)",
          "binomial(0, 0.5)",
          "binomial(5, 1)",
          "poisson(0.1)",
          "poisson(4.5)",
          "poisson(500)",
          "geometric(0.2)",
          "geometric(1)",
          "negative_binomial(2.5, 0.3)",
          "negative_binomial(0.1, 0.7)",
          "hypergeometric(50, 20, 10)",
          "hypergeometric(1000, 30, 200)",
          "discrete_uniform(-3, 8)",
          "categorical(0.2, 0.5, 0.3)",
          "truncated(normal, -1, 2)",
          "truncated(normal, 30, 31)",
          "truncated(poisson(4), 2, 9)",
          "affine(gamma(2), 1, -2)",
          "affine(binomial(10, 0.3), 0.5, 2)",
          "mixture([0.3, 0.7], [normal(0, 1), normal(4, 2)])",
          "mixture([1, 2], [poisson(1), poisson(20)])"};
}

}  // namespace mathtool::test
