#pragma once

#include <array>
#include <concepts>
#include <cstddef>

#include "mathtool/math/autodiff/differentiable.hpp"
#include "mathtool/math/autodiff/elementary_functions.hpp"

namespace mathtool::math {

template <class T = double, std::size_t N = 1>
class Dual;

template <class T, std::size_t N>
inline constexpr bool is_differentiable<Dual<T, N>> = true;

/// A value with its derivatives in N directions: forward differentiation.
///     (u, u') + (v, v') = (u + v, u' + v')
///     (u, u') · (v, v') = (u v, u' v + u v')        f(u, u') = (f(u), f'(u) u')
/// A function of any scalar, given Dual{x, 1}, returns its value and its exact derivative: no step
/// size, no truncation. T is double, FiftyDigits or again a Dual: Dual<Dual<double>> has second
/// derivatives.
///
/// Error:   that of the function itself in T. A derivative of 0 times an infinite slope is NaN,
///          even if it is 0 because the operand is a constant: Var can tell the two apart.
/// Cost:    1 + N to 1 + 3 N multiplications and additions for each of the function's.
/// Ref:     Griewank and Walther, Evaluating Derivatives (2008), chapter 3.
template <class T, std::size_t N>
class Dual {
 public:
  using Value = T;
  using Derivatives = std::array<T, N>;

  Dual() = default;
  template <std::convertible_to<T> C>
  Dual(const C& constant) : value_(constant) {}
  Dual(const T& value, const Derivatives& derivatives) : value_(value), derivatives_(derivatives) {}

  /// The variable of direction k: its derivative in that one is 1, in all others 0.
  static Dual variable(const T& value, std::ptrdiff_t k = 0) {
    Dual x(value);
    x.derivatives_[static_cast<std::size_t>(k)] = T(1);
    return x;
  }

  const T& value() const { return value_; }
  const T& derivative(std::ptrdiff_t k = 0) const {
    return derivatives_[static_cast<std::size_t>(k)];
  }

  /// Whether some derivative is not 0.
  bool varies() const {
    for (const T& d : derivatives_)
      if (!is_zero(d)) return true;
    return false;
  }

  template <class F, class Slope>
  static Dual chain(const Dual& x, F f, Slope slope) {
    const T y = f(x.value_);
    const T s = y == y ? T(slope(x.value_, y)) : y;
    return {y, each([&](std::size_t k) { return s * x.derivatives_[k]; })};
  }
  template <class F, class SlopeA, class SlopeB>
  static Dual chain(const Dual& a, const Dual& b, F f, SlopeA slope_a, SlopeB slope_b) {
    const T y = f(a.value_, b.value_);
    const T s = slope_a(a.value_, b.value_, y), t = slope_b(a.value_, b.value_, y);
    return {y, each([&](std::size_t k) { return s * a.derivatives_[k] + t * b.derivatives_[k]; })};
  }

  friend Dual operator+(const Dual& a) { return a; }
  friend Dual operator-(const Dual& a) {
    return {-a.value_, each([&](std::size_t k) { return -a.derivatives_[k]; })};
  }

  friend Dual operator+(const Dual& a, const Dual& b) {
    return {a.value_ + b.value_,
            each([&](std::size_t k) { return a.derivatives_[k] + b.derivatives_[k]; })};
  }
  friend Dual operator-(const Dual& a, const Dual& b) {
    return {a.value_ - b.value_,
            each([&](std::size_t k) { return a.derivatives_[k] - b.derivatives_[k]; })};
  }
  friend Dual operator*(const Dual& a, const Dual& b) {
    return {a.value_ * b.value_, each([&](std::size_t k) {
              return a.derivatives_[k] * b.value_ + a.value_ * b.derivatives_[k];
            })};
  }
  friend Dual operator/(const Dual& a, const Dual& b) {
    const T q = a.value_ / b.value_;
    return {q, each([&](std::size_t k) {
              return (a.derivatives_[k] - q * b.derivatives_[k]) / b.value_;
            })};
  }

  template <ConstantFor<Dual> C>
  friend Dual operator+(const Dual& a, const C& c) {
    return {a.value_ + c, a.derivatives_};
  }
  template <ConstantFor<Dual> C>
  friend Dual operator+(const C& c, const Dual& a) {
    return {c + a.value_, a.derivatives_};
  }
  template <ConstantFor<Dual> C>
  friend Dual operator-(const Dual& a, const C& c) {
    return {a.value_ - c, a.derivatives_};
  }
  template <ConstantFor<Dual> C>
  friend Dual operator-(const C& c, const Dual& a) {
    return {c - a.value_, each([&](std::size_t k) { return -a.derivatives_[k]; })};
  }
  template <ConstantFor<Dual> C>
  friend Dual operator*(const Dual& a, const C& c) {
    return {a.value_ * c, each([&](std::size_t k) { return a.derivatives_[k] * c; })};
  }
  template <ConstantFor<Dual> C>
  friend Dual operator*(const C& c, const Dual& a) {
    return a * c;
  }
  template <ConstantFor<Dual> C>
  friend Dual operator/(const Dual& a, const C& c) {
    return {a.value_ / c, each([&](std::size_t k) { return a.derivatives_[k] / c; })};
  }
  template <ConstantFor<Dual> C>
  friend Dual operator/(const C& c, const Dual& a) {
    const T q = c / a.value_;
    return {q, each([&](std::size_t k) { return -q * a.derivatives_[k] / a.value_; })};
  }

 private:
  template <class F>
  static Derivatives each(F derivative) {
    Derivatives all;
    for (std::size_t k = 0; k < N; ++k) all[k] = derivative(k);
    return all;
  }

  T value_{};
  Derivatives derivatives_{};
};

}  // namespace mathtool::math
