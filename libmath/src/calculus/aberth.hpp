#pragma once

#include <cmath>
#include <cstddef>
#include <vector>

#include "mathtool/math/run_control.hpp"

namespace mathtool::math {

/// A complex number over any real type; std::complex promises nothing for other than the built-in.
template <class Real>
struct Complex {
  Real re = Real(0), im = Real(0);

  friend Complex operator+(const Complex& a, const Complex& b) {
    return {a.re + b.re, a.im + b.im};
  }
  friend Complex operator-(const Complex& a, const Complex& b) {
    return {a.re - b.re, a.im - b.im};
  }
  friend Complex operator*(const Complex& a, const Complex& b) {
    return {a.re * b.re - a.im * b.im, a.re * b.im + a.im * b.re};
  }
  friend Complex operator/(const Complex& a, const Complex& b) {
    const Real size = b.re * b.re + b.im * b.im;
    return {(a.re * b.re + a.im * b.im) / size, (a.im * b.re - a.re * b.im) / size};
  }
};

template <class Real>
Real absolute(const Complex<Real>& z) {
  using std::sqrt;
  return sqrt(z.re * z.re + z.im * z.im);
}

/// p(z), p′(z) and Σ |cₖ| |z|ᵏ, which bounds the rounding, all divided by |z|ⁿ where |z| > 1, so
/// that nothing overflows.
template <class Real>
struct PolynomialValue {
  Complex<Real> p, slope;
  Real size;
};

/// Pre: c holds n + 1 ≥ 2 coefficients, constants first.
template <class Real>
PolynomialValue<Real> evaluate(const std::vector<Real>& c, const Complex<Real>& z) {
  using std::abs;
  const std::size_t n = c.size() - 1;
  const bool outside = absolute(z) > 1;
  const Complex<Real> one{Real(1), Real(0)};
  const Complex<Real> w = outside ? one / z : z;
  const Real length = absolute(w);
  PolynomialValue<Real> v{{}, {}, Real(0)};
  for (std::size_t i = 0; i <= n; ++i) {
    const Real& next = outside ? c[i] : c[n - i];
    v.slope = v.slope * w + v.p;
    v.p = v.p * w;
    v.p.re += next;
    v.size = v.size * length + abs(next);
  }
  if (outside) {  // p(z) = zⁿ q(1/z) gives p′(z) = zⁿ⁻¹ (n q(w) − w q′(w))
    const Complex<Real> degree{Real(static_cast<double>(n)), Real(0)};
    v.slope = (degree * v.p - w * v.slope) * w;
  }
  return v;
}

/// Aberth's iteration on all roots of a polynomial at once, in place, until each correction is
/// `enough` of its root or the value is nothing but rounding. Returns the number of evaluations.
template <class Real>
long long iterate_aberth(const std::vector<Real>& c, std::vector<Complex<Real>>& roots,
                         const Real& enough, const Real& unit, const StopToken& stop) {
  constexpr int most_sweeps = 200;
  std::vector<bool> settled(roots.size(), false);
  const Complex<Real> one{Real(1), Real(0)};
  const Real rounding = unit * Real(static_cast<double>(4 * c.size()));
  long long evaluations = 0;
  bool moving = true;
  for (int sweep = 0; sweep < most_sweeps && moving; ++sweep) {
    moving = false;
    for (std::size_t i = 0; i < roots.size(); ++i) {
      if (settled[i]) continue;
      stop.check();
      const PolynomialValue<Real> v = evaluate(c, roots[i]);
      ++evaluations;
      if (absolute(v.p) <= rounding * v.size) {
        settled[i] = true;
        continue;
      }
      Complex<Real> repulsion;
      for (std::size_t j = 0; j < roots.size(); ++j)
        if (j != i) repulsion = repulsion + one / (roots[i] - roots[j]);
      const Complex<Real> step = v.p / (v.slope - v.p * repulsion);
      roots[i] = roots[i] - step;
      settled[i] = absolute(step) <= enough * absolute(roots[i]);
      moving = moving || !settled[i];
    }
  }
  return evaluations;
}

}  // namespace mathtool::math
