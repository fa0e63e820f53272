#include "numeric_root.hpp"

#include "coefficient.hpp"

namespace mathtool::math {
namespace {

/// The greatest n ≤ value.
Integer floor_of(const Rational& value) {
  const Integer over = numerator(value), under = denominator(value);
  return over >= 0 ? Integer(over / under) : Integer(-((-over + under - 1) / under));
}

}  // namespace

std::optional<NumericRoot> numeric_root(const Rational& base, const Rational& exponent) {
  constexpr int most_bits = 60, most_degree = 12, most_whole = 64;
  const Integer whole = floor_of(exponent);
  if (denominator(exponent) > most_degree || abs(whole) > most_whole) return {};
  const auto degree = static_cast<unsigned>(denominator(exponent));
  const auto times = static_cast<unsigned>(numerator(Rational(exponent - whole)));
  Integer inside = numerator(base) * pow(Integer(denominator(base)), degree - 1);
  const auto front = power(Coefficient{base}, Coefficient{Rational(whole)});
  if (!front || msb(inside) > most_bits) return {};
  NumericRoot root{front->value / pow(Integer(denominator(base)), times), 1,
                   Rational(times, degree)};
  constexpr int most_divisor = 1000;
  for (Integer divisor = 2; divisor < most_divisor; ++divisor) {
    const Integer full = pow(divisor, degree);
    if (full > inside) break;
    while (inside % full == 0) {
      inside /= full;
      root.outside *= pow(divisor, times);
    }
  }
  root.inside = inside;
  for (unsigned step = degree; step > 1; --step) {
    if (degree % step != 0) continue;
    const auto lower = power(Coefficient{Rational(root.inside)}, Coefficient{Rational(1, step)});
    if (!lower) continue;
    root.inside = numerator(lower->value);
    root.exponent *= step;
    break;
  }
  return root;
}

}  // namespace mathtool::math
