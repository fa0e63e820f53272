#include "special/lower_beta.hpp"

#include <algorithm>
#include <boost/math/quadrature/gauss.hpp>

#include "special/difference_of_products.hpp"
#include "special/incomplete_beta.hpp"
#include "special/quiet_policy.hpp"

namespace mathtool::stats {
namespace {

constexpr Extended epsilon = std::numeric_limits<Extended>::epsilon();

/// ∑ (a + b)ₖ/(a)ₖ₊₁ xᵏ, all terms positive.
Extended series(Extended a, Extended b, Extended x) {
  Extended sum = 1, term = 1;
  for (int k = 0; k < 10'000; ++k) {
    term *= (a + b + k) / (a + 1 + k) * x;
    sum += term;
    if (term < sum * epsilon) break;
  }
  return sum / a;
}

/// The even part of the continued fraction, with lead = ay − bx, by Lentz's method.
Extended fraction(Extended a, Extended b, Extended x, Extended lead) {
  constexpr Extended tiny = 1e-4000L;
  Extended f = a * (lead + 1) / (a + 1), c = f, d = 0;
  for (int m = 1; m < 20'000; ++m) {
    const Extended odd = a + 2 * m - 1;
    const Extended numerator = (a + m - 1) / odd * ((a + b + m - 1) * x / odd) * m * (b - m) * x;
    const Extended denominator =
        m + m * (b - m) * x / odd + (a + m) / (odd + 2) * (lead + 1 + m * (2 - x));
    d = denominator + numerator * d;
    c = denominator + numerator / c;
    if (d == 0) d = tiny;
    if (c == 0) c = tiny;
    d = 1 / d;
    const Extended factor = c * d;
    f *= factor;
    if (std::abs(factor - 1) < epsilon) break;
  }
  return 1 / f;
}

/// ∫ (t/x)ᵃ ((1 − t)/y)ᵇ d logit t up to x, for large a and b. With v the way to the left of
/// logit x the exponent is −lead v − n ∑ κⱼ (−v)ʲ/j!, κⱼ the cumulants of a Bernoulli variable.
Extended integral(Extended a, Extended b, Extended x, Extended y, Extended lead) {
  const Extended n = a + b, s = x * y, d = y - x;
  const Extended cumulants[] = {1,
                                d,
                                1 - 6 * s,
                                d * (1 - 12 * s),
                                1 + s * (-30 + s * 120),
                                d * (1 + s * (-60 + s * 360)),
                                1 + s * (-126 + s * (1680 - s * 5040)),
                                d * (1 + s * (-252 + s * (5040 - s * 20160))),
                                1 + s * (-510 + s * (17640 + s * (-151200 + s * 362880)))};
  const auto exponent = [&](Extended v) {
    Extended sum = 0;
    for (int j = std::size(cumulants) + 1; j >= 2; --j) sum = cumulants[j - 2] - sum * v / (j + 1);
    return lead * v + n * s * v * v / 2 * sum;
  };
  constexpr Extended deepest = 46;
  const Extended end = 2 * deepest / (lead + std::sqrt(lead * lead + 2 * deepest * n * s));
  return boost::math::quadrature::gauss<Extended, 30>::integrate(
      [&](Extended v) { return std::exp(-exponent(v)); }, Extended(0), end);
}

}  // namespace

Extended log_gamma_increment(Extended a, Extended b) {
  Extended sum = 0;
  for (; a < 20; a += 1) sum -= std::log1p(b / a);
  const Extended step = std::log1p(b / a);
  // Stirling's series at a + b less that at a.
  constexpr Extended coefficients[] = {1.0L / 12,    -1.0L / 360,      1.0L / 1260,
                                       -1.0L / 1680, 1.0L / 1188,      -691.0L / 360360,
                                       1.0L / 156,   -3617.0L / 122400};
  Extended power = 1 / a;
  for (int k = 0; k < static_cast<int>(std::size(coefficients)); ++k, power /= a * a)
    sum += coefficients[k] * power * std::expm1(-(2 * k + 1) * step);
  return sum + (a - 0.5L) * step + b * (std::log(a + b) - 1);
}

Extended beta_complement(Extended a, Extended b, Extended y) {
  const Extended log_lead = b * std::log(y) + log_gamma_increment(a, b) - log_gamma_increment(1, b);
  Extended sum = 0, power = 1;
  for (int k = 1; k < 10'000; ++k) {
    power *= (k - a) / k * y;
    const Extended term = power / (b + k);
    sum += term;
    if (std::abs(term) <= std::abs(sum) * epsilon) break;
  }
  return -std::expm1(log_lead) - std::exp(log_lead) * b * sum;
}

Extended lower_beta_ratio(Extended a, Extended b, Extended x, Extended y) {
  const Extended lead = std::max<Extended>(difference_of_products(a, y, b, x), 0);
  if (std::min(a, b) > 1e5L) return integral(a, b, x, y, lead);
  if (b < 1 && x > 0.5L && a * y < 1)
    return beta_complement(a, b, y) / std::exp(log_beta_weight(a, b, x, y));
  if (b < 40 && x <= 0.5L) return series(a, b, x);
  return fraction(a, b, x, lead);
}

}  // namespace mathtool::stats
