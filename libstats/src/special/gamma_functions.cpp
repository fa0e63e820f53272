#include "special/gamma_functions.hpp"

#include <boost/math/special_functions/expint.hpp>
#include <boost/math/special_functions/gamma.hpp>

#include "special/constants.hpp"
#include "special/incomplete_gamma.hpp"
#include "special/logarithms.hpp"
#include "special/quiet_policy.hpp"

namespace mathtool::stats {

Extended log_gamma_one_plus(Extended x) {
  return std::abs(x) < 0.5L ? std::log1p(boost::math::tgamma1pm1(x, QuietPolicy()))
                            : log_gamma(1 + x);
}

Extended digamma_gap(Extended a) {
  if (a < 20) return std::log(a) - digamma(a);
  // B₂ₖ / (2k a²ᵏ)
  constexpr Extended coefficients[] = {
      1.0L / 12,       -1.0L / 120, 1.0L / 252,      -1.0L / 240,      1.0L / 132,
      -691.0L / 32760, 1.0L / 12,   -3617.0L / 8160, 43867.0L / 14364, -174611.0L / 6600};
  const Extended square = 1 / a / a;
  Extended sum = 0;
  for (int k = std::size(coefficients) - 1; k >= 0; --k) sum = (sum + coefficients[k]) * square;
  return sum + 0.5L / a;
}

Extended gamma_entropy(Extended a) {
  return std::log(a) / 2 + log_root_two_pi + stirling_error(a) + (a - 1) * digamma_gap(a);
}

// √a Γ(a − ½)/Γ(a) = a/(a − ½) √a Γ(a + ½)/Γ(a + 1), by Stirling's formula and its error.
Extended inverse_chi_mean(Extended df) {
  const Extended a = df / 2, b = a + 0.5L;
  return a / (a - 0.5L) * std::exp(stirling_error(b) - stirling_error(a) - deviance(a, b, 0.5L));
}

Extended scaled_exponential_integral(Extended x) {
  if (x < 40) return std::exp(x) * boost::math::expint(1, x, QuietPolicy());
  // 1/(x + 1 − 1²/(x + 3 − 2²/(x + 5 − …))), backwards.
  Extended rest = x + 81;
  for (int k = 40; k >= 1; --k) rest = x + 2 * k - 1 - Extended(k) * k / rest;
  return 1 / rest;
}

}  // namespace mathtool::stats
