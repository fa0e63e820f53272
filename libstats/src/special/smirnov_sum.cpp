#include "special/smirnov_sum.hpp"

#include <algorithm>

#include "special/constants.hpp"
#include "special/incomplete_gamma.hpp"
#include "special/peaked_sum.hpp"

namespace mathtool::stats {
namespace {

/// The logarithm of one term. C(n, j) (x + j/n)ʲ (1 − x − j/n)ⁿ⁻ʲ is taken as Loader does, whose
/// differences here are exactly n x.
Extended log_term(Extended n, Extended x, Extended j) {
  const Extended t = n * x, successes = j + t, failures = n * (1 - x) - j;
  if (failures <= 0) return -std::numeric_limits<Extended>::infinity();
  if (j == 0) return n * std::log1p(-x);
  return stirling_error(n) - stirling_error(j) - stirling_error(n - j) - deviance(j, successes, t) -
         deviance(n - j, failures, -t) + std::log(n / (two_pi * j * (n - j))) / 2 +
         std::log(t / successes);
}

/// Over the terms, with a factor each.
Extended log_sum(Extended n, Extended x, FunctionRef<Extended(Extended)> log_term) {
  const Extended last = std::floor(n * (1 - x));
  const Extended grain = std::max<Extended>(1, std::floor(std::sqrt(std::sqrt(n))));
  return log_peaked_sum(log_term, std::floor(last / 2), grain, last);
}

}  // namespace

Extended log_smirnov_tail(Extended n, Extended x) {
  return log_sum(n, x, [&](Extended j) { return log_term(n, x, j); });
}

Extended log_smirnov_density(Extended n, Extended x) {
  return log_sum(n, x, [&](Extended j) {
    const Extended p = x + j / n, q = 1 - x - j / n;
    return log_term(n, x, j) + (q > 0 ? std::log((n * x / q - j / (n * x)) / p) : 0);
  });
}

}  // namespace mathtool::stats
