#pragma once

#include <cmath>

#include "mathtool/math/autodiff/differentiable.hpp"

/// Powers, distances and angles: the smooth functions of two numbers, of which either may be a
/// constant.
namespace mathtool::math {

/// x^n, with slope n x^(n-1) at 0 as well: that of x^1 is 1 and that of x^0 is 0.
template <Differentiable S, ConstantFor<S> C>
S pow(const S& x, const C& exponent) {
  using std::pow;
  const typename S::Value n(exponent);
  return S::chain(
      x, [&n](const auto& v) { return pow(v, n); },
      [&n]<class T>(const T& v, const auto&) { return is_zero(n) ? T(0) : T(n * pow(v, n - 1)); });
}

/// a^x. Where a^x is 0 so is its slope: 0^x is 0 for every x > 0.
template <Differentiable S, ConstantFor<S> C>
S pow(const C& base, const S& x) {
  using std::pow, std::log;
  const typename S::Value a(base);
  return S::chain(
      x, [&a](const auto& v) { return pow(a, v); },
      [&a]<class T>(const T&, const T& y) { return is_zero(y) ? T(0) : T(y * log(a)); });
}

/// a^b. An exponent that does not vary is a constant, so that (-3)^b has a slope in its base; where
/// it varies, the logarithm of a negative base is NaN.
template <Differentiable S>
S pow(const S& a, const S& b) {
  using std::pow, std::log;
  if (!b.varies()) return pow(a, b.value());
  if (!a.varies()) return pow(a.value(), b);
  return S::chain(
      a, b, [](const auto& u, const auto& v) { return pow(u, v); },
      []<class T>(const T& u, const T& v, const T&) {
        return is_zero(v) ? T(0) : T(v * pow(u, v - 1));
      },
      []<class T>(const T& u, const T&, const T& y) { return is_zero(y) ? T(0) : T(y * log(u)); });
}

/// √(a² + b²). At (0, 0), where it has a corner, the slopes are NaN.
template <Differentiable S>
S hypot(const S& a, const S& b) {
  using std::hypot;
  return S::chain(
      a, b, [](const auto& u, const auto& v) { return hypot(u, v); },
      [](const auto& u, const auto&, const auto& y) { return u / y; },
      [](const auto&, const auto& v, const auto& y) { return v / y; });
}

/// The angle of the point (x, y). At the origin the slopes are NaN.
template <Differentiable S>
S atan2(const S& y, const S& x) {
  using std::atan2, std::hypot;
  return S::chain(
      y, x, [](const auto& u, const auto& v) { return atan2(u, v); },
      []<class T>(const T& u, const T& v, const auto&) {
        const T r = hypot(u, v);
        return v / r / r;
      },
      []<class T>(const T& u, const T& v, const auto&) {
        const T r = hypot(u, v);
        return -u / r / r;
      });
}

template <class A, class B>
requires MixedDifferentiable<A, B> Carrier<A, B> hypot(const A& a, const B& b) {
  return hypot(Carrier<A, B>(a), Carrier<A, B>(b));
}
template <class A, class B>
requires MixedDifferentiable<A, B> Carrier<A, B> atan2(const A& y, const B& x) {
  return atan2(Carrier<A, B>(y), Carrier<A, B>(x));
}

}  // namespace mathtool::math
