#include "special/incomplete_gamma.hpp"

#include <boost/math/special_functions/digamma.hpp>
#include <boost/math/special_functions/gamma.hpp>

#include "special/constants.hpp"
#include "special/large_gamma.hpp"
#include "special/quiet_policy.hpp"

namespace mathtool::stats {
namespace {

/// ∑ xᵏ / ((a + 1) … (a + k)), which P(a, x) is to the weight.
Extended lower_series(Extended a, Extended x) {
  Extended sum = 1, term = 1;
  for (int k = 1; k < 10'000; ++k) {
    term *= x / (a + k);
    sum += term;
    if (term < sum * std::numeric_limits<Extended>::epsilon()) break;
  }
  return sum;
}

/// Legendre's continued fraction of Γ(a, x) eˣ x⁻ᵃ by Lentz's method. Pre: x > a + 1.
Extended upper_fraction(Extended a, Extended x) {
  constexpr Extended tiny = 1e-4000L;
  Extended b = x + 1 - a, c = 1 / tiny, d = 1 / b, h = d;
  for (int k = 1; k < 10'000; ++k) {
    const Extended numerator = -k * (k - a);
    b += 2;
    d = numerator * d + b;
    if (d == 0) d = tiny;
    c = b + numerator / c;
    if (c == 0) c = tiny;
    d = 1 / d;
    const Extended factor = d * c;
    h *= factor;
    if (std::abs(factor - 1) < std::numeric_limits<Extended>::epsilon()) break;
  }
  return h;
}

/// Where the expansion for large a holds, of which Boost has too narrow a range.
bool is_uniform(Extended a, Extended x) { return a > 1000 && 0.4L * a < x && x < 2 * a; }

Extended gamma_tail(Extended a, Extended x, Tail tail) {
  if (is_uniform(a, x)) return large_gamma_tail(a, x, tail);
  if (a > 1000) return std::exp(log_gamma_tail(a, x, tail));
  return tail == Tail::lower ? boost::math::gamma_p(a, x, QuietPolicy())
                             : boost::math::gamma_q(a, x, QuietPolicy());
}

}  // namespace

Extended log_gamma(Extended a) { return boost::math::lgamma(a, QuietPolicy()); }
Extended digamma(Extended a) { return boost::math::digamma(a, QuietPolicy()); }

Extended stirling_error(Extended a) {
  if (a < 16) return log_gamma(a + 1) - (a + 0.5L) * std::log(a) + a - log_root_two_pi;
  // B₂ₖ / (2k (2k − 1) a²ᵏ⁻¹)
  constexpr Extended coefficients[] = {
      1.0L / 12,        -1.0L / 360, 1.0L / 1260,       -1.0L / 1680,      1.0L / 1188,
      -691.0L / 360360, 1.0L / 156,  -3617.0L / 122400, 43867.0L / 244188, -174611.0L / 125400};
  const Extended inverse = 1 / a, square = inverse * inverse;
  Extended sum = 0;
  for (int k = std::size(coefficients) - 1; k >= 0; --k) sum = sum * square + coefficients[k];
  return sum * inverse;
}

Extended deviance(Extended a, Extended x, Extended difference) {
  if (a == 0) return x;
  if (std::abs(difference) > 0.1L * (x + a)) return a * std::log(a / x) + difference;
  // With v = (a − x)/(a + x): a log(a/x) = 2a (v + v³/3 + v⁵/5 + …).
  const Extended v = -difference / (x + a), square = v * v;
  Extended sum = -difference * v, power = 2 * a * v;
  for (int k = 1; k < 100; ++k) {
    power *= square;
    const Extended next = sum + power / (2 * k + 1);
    if (next == sum) break;
    sum = next;
  }
  return sum;
}

Extended log_gamma_weight(Extended a, Extended x) {
  if (x == 0) return a == 0 ? 0 : -std::numeric_limits<Extended>::infinity();
  if (a < 16) return a * std::log(x) - x - log_gamma(a + 1);
  return -stirling_error(a) - deviance(a, x) - log_root_two_pi - std::log(a) / 2;
}

Tails gamma_tails(Extended a, Extended x) {
  if (!(x > 0)) return {0, 1};
  if (std::isinf(x)) return {1, 0};
  const Tail side = x < a ? Tail::lower : Tail::upper;
  const Tail other = x < a ? Tail::upper : Tail::lower;
  Extended small = gamma_tail(a, x, side);
  if (small <= 0.5L) return x < a ? Tails{small, 1 - small} : Tails{1 - small, small};
  small = gamma_tail(a, x, other);
  return x < a ? Tails{1 - small, small} : Tails{small, 1 - small};
}

Extended log_gamma_tail(Extended a, Extended x, Tail tail) {
  if (is_uniform(a, x)) return log_large_gamma_tail(a, x, tail);
  const Extended weight = log_gamma_weight(a, x);
  if (tail == Tail::lower) return weight + std::log(lower_series(a, x));
  return weight + std::log(a * upper_fraction(a, x));
}

}  // namespace mathtool::stats
