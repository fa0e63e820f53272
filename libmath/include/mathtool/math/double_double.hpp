#pragma once

#include <cmath>

namespace mathtool::math {

/// An unevaluated sum high + low of two doubles, |low| ≤ ulp(high)/2: about 32 digits.
/// Ref: Dekker, A floating-point technique for extending the available precision (1971).
struct DoubleDouble {
  double high = 0.0;
  double low = 0.0;

  explicit operator double() const { return high; }
};

/// a + b exactly. Ref: Knuth, TAOCP 2, §4.2.2, Theorem B.
inline DoubleDouble two_sum(double a, double b) {
  const double sum = a + b;
  const double b_part = sum - a;
  return {sum, (a - (sum - b_part)) + (b - b_part)};
}

/// a · b exactly, unless it overflows or its low part underflows.
inline DoubleDouble two_product(double a, double b) {
  const double product = a * b;
  return {product, std::fma(a, b, -product)};
}

inline DoubleDouble operator-(const DoubleDouble& a) { return {-a.high, -a.low}; }

inline DoubleDouble operator+(const DoubleDouble& a, double b) {
  const DoubleDouble s = two_sum(a.high, b);
  return two_sum(s.high, s.low + a.low);
}

inline DoubleDouble operator+(const DoubleDouble& a, const DoubleDouble& b) {
  const DoubleDouble high = two_sum(a.high, b.high), low = two_sum(a.low, b.low);
  const DoubleDouble s = two_sum(high.high, high.low + low.high);
  return two_sum(s.high, s.low + low.low);
}

inline DoubleDouble operator-(const DoubleDouble& a, const DoubleDouble& b) { return a + -b; }

inline DoubleDouble operator*(const DoubleDouble& a, double b) {
  const DoubleDouble p = two_product(a.high, b);
  return two_sum(p.high, std::fma(a.low, b, p.low));
}

inline DoubleDouble operator*(const DoubleDouble& a, const DoubleDouble& b) {
  const DoubleDouble p = two_product(a.high, b.high);
  return two_sum(p.high, p.low + (a.high * b.low + a.low * b.high));
}

/// To within about 1e-31 relative: one correction of the double quotient.
inline DoubleDouble operator/(const DoubleDouble& a, double b) {
  const double quotient = a.high / b;
  const DoubleDouble rest = a - two_product(quotient, b);
  return two_sum(quotient, (rest.high + rest.low) / b);
}

inline DoubleDouble operator/(const DoubleDouble& a, const DoubleDouble& b) {
  const double quotient = a.high / b.high;
  const DoubleDouble rest = a - b * quotient;
  const double correction = rest.high / b.high;
  const DoubleDouble last = rest - b * correction;
  return two_sum(quotient, correction) + last.high / b.high;
}

/// By one correction of the double root; what std::sqrt gives of 0, negative and infinite numbers.
inline DoubleDouble sqrt(const DoubleDouble& a) {
  const double root = std::sqrt(a.high);
  if (!(a.high > 0) || std::isinf(root)) return {root};
  const DoubleDouble rest = a - two_product(root, root);
  return two_sum(root, rest.high / (2 * root));
}

}  // namespace mathtool::math
