#pragma once

#include <algorithm>
#include <concepts>
#include <cstddef>
#include <utility>
#include <vector>

#include "mathtool/math/autodiff/differentiable.hpp"
#include "mathtool/math/autodiff/elementary_functions.hpp"
#include "mathtool/math/error.hpp"

namespace mathtool::math {

template <class T = double>
class TaylorSeries;

template <class T>
inline constexpr bool is_differentiable<TaylorSeries<T>> = true;

namespace detail {

/// The coefficient k ≥ 1 of ∫ g x', from coefficients of g below k.
template <class T>
T integrated_coefficient(int k, const TaylorSeries<T>& x, const TaylorSeries<T>& g) {
  T sum = x[1] * g[k - 1];
  for (int j = 2; j <= k; ++j) sum = sum + j * x[j] * g[k - j];
  return sum / k;
}

}  // namespace detail

/// A power series cut off after the term of order n: derivatives of any order in one variable.
///     f(x + h) = c₀ + c₁ h + ... + cₙ hⁿ + O(hⁿ⁺¹),    f⁽ᵏ⁾(x) = k! cₖ
/// A function of any scalar, given the series x + h, returns its own. One coefficient alone is a
/// constant, known to every order; otherwise the shorter of two series decides the order of a
/// result. T is double or FiftyDigits.
///
/// Error:   a few roundings for each coefficient, times the condition of the function.
/// Cost:    n² / 2 multiplications for a product, n² for a quotient or a function, the same again
///          or twice for inverse functions.
/// Ref:     Griewank and Walther, Evaluating Derivatives (2008), section 13.2.
template <class T>
class TaylorSeries {
 public:
  using Value = T;

  TaylorSeries() : coefficients_(1) {}
  template <std::convertible_to<T> C>
  TaylorSeries(const C& constant) : coefficients_(1, T(constant)) {}
  /// Pre: at least one coefficient. Throws: DimensionError.
  explicit TaylorSeries(std::vector<T> coefficients) : coefficients_(std::move(coefficients)) {
    require<DimensionError>(!coefficients_.empty(), "TaylorSeries: no coefficients");
  }

  /// x + h up to hⁿ. Pre: n ≥ 0. Throws: DomainError.
  static TaylorSeries variable(const T& x, int order) {
    require(order >= 0, "TaylorSeries: the order must be >= 0, got {}", order);
    TaylorSeries series = zeros(order);
    series.coefficients_[0] = x;
    if (order > 0) series.coefficients_[1] = T(1);
    return series;
  }

  const T& value() const { return coefficients_[0]; }
  int order() const { return static_cast<int>(coefficients_.size()) - 1; }
  bool varies() const { return coefficients_.size() > 1; }

  /// cₖ. Pre: 0 ≤ k ≤ order, unless the series is a constant: then 0 beyond.
  T operator[](int k) const {
    return k <= order() ? coefficients_[static_cast<std::size_t>(k)] : T(0);
  }
  /// k! cₖ
  T derivative(int k) const {
    T d = (*this)[k];
    for (int j = 2; j <= k; ++j) d = d * j;
    return d;
  }

  /// Raises the order by one.
  void append(const T& next) { coefficients_.push_back(next); }

  /// The series with the coefficients c(0), ..., c(order), called for in this order.
  template <class F>
  static TaylorSeries tabulate(int order, F c) {
    TaylorSeries series = zeros(order);
    for (int k = 0; k <= order; ++k) series.coefficients_[static_cast<std::size_t>(k)] = c(k);
    return series;
  }

  /// y with y(0) = value(x₀) and y' = slope(x) x'. The slope does not see y, of which only y(0) is
  /// known; functions whose slope needs it have a recurrence of their own.
  template <class F, class Slope>
  static TaylorSeries chain(const TaylorSeries& x, F f, Slope slope) {
    const T y = f(x.value());
    if (!x.varies()) return y;
    return integral(y, x, y == y ? slope(x, Unknown{}) : TaylorSeries(y));
  }
  template <class F, class SlopeA, class SlopeB>
  static TaylorSeries chain(const TaylorSeries& a, const TaylorSeries& b, F f, SlopeA slope_a,
                            SlopeB slope_b) {
    const T y = f(a.value(), b.value());
    TaylorSeries sum = y;
    if (a.varies()) sum = sum + integral(T(0), a, slope_a(a, b, Unknown{}));
    if (b.varies()) sum = sum + integral(T(0), b, slope_b(a, b, Unknown{}));
    return sum;
  }

  friend TaylorSeries operator+(const TaylorSeries& a) { return a; }
  friend TaylorSeries operator-(const TaylorSeries& a) {
    return tabulate(a.order(), [&](int k) { return -a[k]; });
  }
  friend TaylorSeries operator+(const TaylorSeries& a, const TaylorSeries& b) {
    return tabulate(common_order(a, b), [&](int k) { return a[k] + b[k]; });
  }
  friend TaylorSeries operator-(const TaylorSeries& a, const TaylorSeries& b) {
    return tabulate(common_order(a, b), [&](int k) { return a[k] - b[k]; });
  }
  friend TaylorSeries operator*(const TaylorSeries& a, const TaylorSeries& b) {
    if (!a.varies()) return a.value() * b;
    if (!b.varies()) return a * b.value();
    return tabulate(common_order(a, b), [&](int k) {
      T sum = a[0] * b[k];
      for (int j = 1; j <= k; ++j) sum = sum + a[j] * b[k - j];
      return sum;
    });
  }
  friend TaylorSeries operator/(const TaylorSeries& a, const TaylorSeries& b) {
    if (!b.varies()) return a / b.value();
    TaylorSeries q = zeros(common_order(a, b));
    for (int k = 0; k <= q.order(); ++k) {
      T rest = a[k];
      for (int j = 1; j <= k; ++j) rest = rest - b[j] * q[k - j];
      q.coefficients_[static_cast<std::size_t>(k)] = rest / b[0];
    }
    return q;
  }

  template <ConstantFor<TaylorSeries> C>
  friend TaylorSeries operator+(const TaylorSeries& a, const C& c) {
    return tabulate(a.order(), [&](int k) { return k == 0 ? T(a[0] + c) : a[k]; });
  }
  template <ConstantFor<TaylorSeries> C>
  friend TaylorSeries operator+(const C& c, const TaylorSeries& a) {
    return a + c;
  }
  template <ConstantFor<TaylorSeries> C>
  friend TaylorSeries operator-(const TaylorSeries& a, const C& c) {
    return tabulate(a.order(), [&](int k) { return k == 0 ? T(a[0] - c) : a[k]; });
  }
  template <ConstantFor<TaylorSeries> C>
  friend TaylorSeries operator-(const C& c, const TaylorSeries& a) {
    return tabulate(a.order(), [&](int k) { return k == 0 ? T(c - a[0]) : T(-a[k]); });
  }
  template <ConstantFor<TaylorSeries> C>
  friend TaylorSeries operator*(const TaylorSeries& a, const C& c) {
    return tabulate(a.order(), [&](int k) { return a[k] * c; });
  }
  template <ConstantFor<TaylorSeries> C>
  friend TaylorSeries operator*(const C& c, const TaylorSeries& a) {
    return a * c;
  }
  template <ConstantFor<TaylorSeries> C>
  friend TaylorSeries operator/(const TaylorSeries& a, const C& c) {
    return tabulate(a.order(), [&](int k) { return a[k] / c; });
  }
  template <ConstantFor<TaylorSeries> C>
  friend TaylorSeries operator/(const C& c, const TaylorSeries& a) {
    return TaylorSeries(c) / a;
  }

 private:
  struct Unknown {};

  static int common_order(const TaylorSeries& a, const TaylorSeries& b) {
    return a.varies() && b.varies() ? std::min(a.order(), b.order())
                                    : std::max(a.order(), b.order());
  }
  static TaylorSeries zeros(int order) {
    return TaylorSeries(std::vector<T>(static_cast<std::size_t>(order) + 1));
  }
  /// y with y(0) = first and y' = slope · x'
  static TaylorSeries integral(const T& first, const TaylorSeries& x, const TaylorSeries& slope) {
    return tabulate(common_order(x, slope), [&](int k) {
      return k == 0 ? first : detail::integrated_coefficient(k, x, slope);
    });
  }

  std::vector<T> coefficients_;
};

}  // namespace mathtool::math
