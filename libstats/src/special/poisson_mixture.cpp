#include "special/poisson_mixture.hpp"

#include <algorithm>

#include "special/incomplete_gamma.hpp"
#include "special/peaked_sum.hpp"
#include "special/run_sum.hpp"

namespace mathtool::stats {

Extended log_poisson_mixture(Extended mean, FunctionRef<Extended(Extended)> log_component) {
  if (mean == 0) return log_component(0);
  if (mean > 1e32L) return log_component(mean);  // as narrow as a double's last bit
  const auto log_term = [&](Extended j) { return log_gamma_weight(j, mean) + log_component(j); };
  const Extended grain = std::max<Extended>(1, std::floor(std::sqrt(mean) / 16));
  return log_peaked_sum(log_term, std::floor(mean), grain);
}

Tails poisson_mixture_tails(Extended mean, FunctionRef<Extended(Extended, Tail)> log_component,
                            bool left) {
  const auto tail = [&](Tail which) {
    return std::exp(log_poisson_mixture(mean, [&](Extended j) { return log_component(j, which); }));
  };
  const Extended first = tail(left ? Tail::lower : Tail::upper);
  if (first <= 0.75L) return left ? Tails{first, 1 - first} : Tails{1 - first, first};
  const Extended second = tail(left ? Tail::upper : Tail::lower);
  return left ? Tails{1 - second, second} : Tails{second, 1 - second};
}

Extended poisson_expectation(Extended mean, FunctionRef<Extended(Extended)> f) {
  if (mean == 0 || mean > 1e32L) return f(mean);  // as narrow as a double's last bit
  return smooth_expectation([&](Extended j, Extended) { return f(j); },
                            [&](Extended j) { return log_gamma_weight(j, mean); }, {0, infinity},
                            static_cast<double>(mean), static_cast<double>(std::sqrt(mean)));
}

}  // namespace mathtool::stats
