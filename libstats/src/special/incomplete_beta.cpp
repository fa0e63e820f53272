#include "special/incomplete_beta.hpp"

#include <boost/math/special_functions/beta.hpp>

#include "special/constants.hpp"
#include "special/difference_of_products.hpp"
#include "special/incomplete_gamma.hpp"
#include "special/lower_beta.hpp"
#include "special/quiet_policy.hpp"

namespace mathtool::stats {
Tails beta_tails(Extended a, Extended b, Extended x, Extended y) {
  if (!(x > 0)) return {0, 1};
  if (!(y > 0)) return {1, 0};
  if (x * b > y * a) {
    const Tails mirrored = beta_tails(b, a, y, x);
    return {mirrored.above, mirrored.below};
  }
  const Extended lower = std::exp(log_lower_beta_tail(a, b, x, y));
  if (lower <= 0.5L || a >= 1) return {lower, 1 - lower};
  const Extended upper = beta_complement(b, a, x);
  return {1 - upper, upper};
}

Extended log_lower_beta_tail(Extended a, Extended b, Extended x, Extended y) {
  return log_beta_weight(a, b, x, y) + std::log(lower_beta_ratio(a, b, x, y));
}

Extended log_beta_tail(Extended a, Extended b, Extended x, Extended y, Tail tail) {
  if (tail == Tail::upper) return log_beta_tail(b, a, y, x, Tail::lower);
  if (x > 0 && x * b <= y * a) {
    const Extended log_lower = log_lower_beta_tail(a, b, x, y);
    if (log_lower < -1) return log_lower;
  }
  return std::log(beta_tails(a, b, x, y).below);
}

BetaPoint beta_quantile(Extended a, Extended b, Extended p, Tail tail) {
  BetaPoint at{};
  at.x = tail == Tail::lower ? boost::math::ibeta_inv(a, b, p, &at.y, QuietPolicy())
                             : boost::math::ibetac_inv(a, b, p, &at.y, QuietPolicy());
  return at;
}

Extended log_binomial_weight(Extended k, Extended m, Extended p, Extended q) {
  if (k == 0) return m == 0 ? 0 : m * (p < q ? std::log1p(-p) : std::log(q));
  if (m == 0) return k * (q < p ? std::log1p(-q) : std::log(p));
  const Extended n = k + m;
  // How far k is below its mean, from the probability that is exact.
  const Extended shortfall =
      p < q ? difference_of_products(n, p, k, 1) : difference_of_products(m, 1, n, q);
  return stirling_error(n) - stirling_error(k) - stirling_error(m) - deviance(k, n * p, shortfall) -
         deviance(m, n * q, -shortfall) + std::log(n / (two_pi * k * m)) / 2;
}

Extended log_beta_weight(Extended a, Extended b, Extended x, Extended y) {
  return log_binomial_weight(a, b, x, y) + std::log(a) + std::log(b / (a + b));
}

Extended log_beta(Extended a, Extended b) {
  if (a + b < 20) return std::log(boost::math::beta(a, b, QuietPolicy()));
  const Extended n = a + b;
  return -log_beta_weight(a, b, a / n, b / n) + a * std::log(a / n) + b * std::log(b / n);
}

}  // namespace mathtool::stats
