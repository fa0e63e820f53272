#pragma once

#include "form_arithmetic.hpp"
#include "mathtool/math/exact.hpp"

namespace mathtool::math {

/// p + q √d with one d, no square, for all numbers of a computation.
struct Surd {
  Rational p = 0, q = 0, d = 0;

  Surd conjugate() const { return {p, -q, d}; }
  Form form() const { return rational_form(p) + rational_form(q) * square_root(rational_form(d)); }
};

inline Surd operator+(const Surd& a, const Surd& b) { return {a.p + b.p, a.q + b.q, a.d}; }
inline Surd operator-(const Surd& a, const Surd& b) { return {a.p - b.p, a.q - b.q, a.d}; }
inline Surd operator*(const Surd& a, const Surd& b) {
  return {a.p * b.p + a.q * b.q * a.d, a.p * b.q + a.q * b.p, a.d};
}
inline Surd operator/(const Surd& a, const Surd& b) {
  const Rational norm = b.p * b.p - b.q * b.q * b.d;
  return a * Surd{b.p / norm, -b.q / norm, b.d};
}

}  // namespace mathtool::math
