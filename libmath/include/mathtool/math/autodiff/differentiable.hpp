#pragma once

#include <cmath>
#include <compare>
#include <concepts>
#include <type_traits>

namespace mathtool::math {

/// True for the numbers that carry derivatives with them: Dual, Var and TaylorSeries. Each has
///     S::Value           the number it is made of, perhaps itself such a type
///     x.value()          the value of the function so far
///     x.varies()         whether it is more than a constant
///     S::chain(x, value, slope) and S::chain(a, b, value, slope_a, slope_b)
///                        a function applied to x, or to a and b, by the chain rule
/// and an implicit constructor from constants.
template <class S>
inline constexpr bool is_differentiable = false;

template <class S>
concept Differentiable = is_differentiable<S>;

/// What may stand beside an S as a constant: numbers and, where S is nested, its inner type.
template <class C, class S>
concept ConstantFor = Differentiable<S> && std::convertible_to<const C&, typename S::Value>;

/// Two different types of which one is a constant for the other.
template <class A, class B>
concept MixedDifferentiable = ConstantFor<A, B> || ConstantFor<B, A>;

/// Whichever of the two carries the derivatives.
template <class A, class B>
using Carrier = std::conditional_t<ConstantFor<B, A>, A, B>;

/// The plain number within: what a function would have returned without derivatives.
template <class T>
auto value_of(const T& x) {
  if constexpr (Differentiable<T>)
    return value_of(x.value());
  else
    return x;
}

/// Whether x is 0 and all its derivatives with it.
template <class T>
bool is_zero(const T& x) {
  if constexpr (Differentiable<T>)
    return is_zero(x.value()) && !x.varies();
  else
    return x == 0;
}

/// Comparisons see values alone, so that a branch goes the way that it goes for plain numbers.
template <Differentiable S>
bool operator==(const S& a, const S& b) {
  return a.value() == b.value();
}
template <Differentiable S, ConstantFor<S> C>
bool operator==(const S& a, const C& b) {
  return a.value() == b;
}
template <Differentiable S>
std::partial_ordering operator<=>(const S& a, const S& b) {
  return a <=> b.value();
}
template <Differentiable S, ConstantFor<S> C>
std::partial_ordering operator<=>(const S& a, const C& b) {
  if (a.value() < b) return std::partial_ordering::less;
  if (a.value() > b) return std::partial_ordering::greater;
  return a.value() == b ? std::partial_ordering::equivalent : std::partial_ordering::unordered;
}

template <Differentiable S>
bool isnan(const S& x) {
  using std::isnan;
  return isnan(x.value());
}
template <Differentiable S>
bool isfinite(const S& x) {
  using std::isfinite;
  return isfinite(x.value());
}

template <Differentiable S, class C>
requires std::same_as<S, C> || ConstantFor<C, S> S& operator+=(S& a, const C& b) {
  return a = a + b;
}
template <Differentiable S, class C>
requires std::same_as<S, C> || ConstantFor<C, S> S& operator-=(S& a, const C& b) {
  return a = a - b;
}
template <Differentiable S, class C>
requires std::same_as<S, C> || ConstantFor<C, S> S& operator*=(S& a, const C& b) {
  return a = a * b;
}
template <Differentiable S, class C>
requires std::same_as<S, C> || ConstantFor<C, S> S& operator/=(S& a, const C& b) {
  return a = a / b;
}

}  // namespace mathtool::math
