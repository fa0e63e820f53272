#pragma once

#include <cmath>

#include "mathtool/math/autodiff/differentiable.hpp"

/// Functions with corners and steps. Between them the slope is exact; at them it is the one that
/// each comment states, since there is no derivative.
namespace mathtool::math {

/// -1, 0 or 1; NaN for NaN. For plain numbers too, which have no such function in <cmath>.
template <class T>
T sign(const T& x) {
  if constexpr (Differentiable<T>)
    return sign(x.value());
  else
    return x > 0 ? T(1) : x < 0 ? T(-1) : x;
}

/// |x|, with slope 0 at 0.
template <Differentiable S>
S abs(const S& x) {
  using std::abs;
  return S::chain(
      x, [](const auto& v) { return abs(v); }, [](const auto& v, const auto&) { return sign(v); });
}

/// The nearest whole numbers have slope 0, at their steps too.
template <Differentiable S>
S floor(const S& x) {
  using std::floor;
  return floor(x.value());
}
template <Differentiable S>
S ceil(const S& x) {
  using std::ceil;
  return ceil(x.value());
}
template <Differentiable S>
S round(const S& x) {
  using std::round;
  return round(x.value());
}
template <Differentiable S>
S trunc(const S& x) {
  using std::trunc;
  return trunc(x.value());
}

/// a - b·trunc(a/b); at the steps the slopes are those of the side towards larger |a|.
template <Differentiable S>
S fmod(const S& a, const S& b) {
  using std::fmod, std::round;
  return S::chain(
      a, b, [](const auto& u, const auto& v) { return fmod(u, v); },
      []<class T>(const T&, const T&, const auto&) { return T(1); },
      [](const auto& u, const auto& v, const auto& y) { return -round((u - y) / v); });
}

/// The smaller and the larger, with its slope; of equals the first; NaN if either is NaN.
template <Differentiable S>
S min(const S& a, const S& b) {
  return b < a || isnan(b) ? b : a;
}
template <Differentiable S>
S max(const S& a, const S& b) {
  return a < b || isnan(b) ? b : a;
}

template <class A, class B>
requires MixedDifferentiable<A, B> Carrier<A, B> fmod(const A& a, const B& b) {
  return fmod(Carrier<A, B>(a), Carrier<A, B>(b));
}
template <class A, class B>
requires MixedDifferentiable<A, B> Carrier<A, B> min(const A& a, const B& b) {
  return min(Carrier<A, B>(a), Carrier<A, B>(b));
}
template <class A, class B>
requires MixedDifferentiable<A, B> Carrier<A, B> max(const A& a, const B& b) {
  return max(Carrier<A, B>(a), Carrier<A, B>(b));
}

}  // namespace mathtool::math
