#pragma once

#include <cmath>
#include <limits>
#include <utility>

#include "mathtool/math/autodiff/polygamma.hpp"
#include "mathtool/math/autodiff/taylor_arithmetic.hpp"

/// The functions of a power series whose slope depends on their own value. Each solves a
/// differential equation: y' = g x' means that k yₖ = Σⱼ j xⱼ gₖ₋ⱼ over j = 1..k, so that a
/// coefficient of y follows from earlier ones of g. All others follow from their slope.
/// Ref: Griewank and Walther, Evaluating Derivatives (2008), tables 13.1 and 13.2.
namespace mathtool::math {
namespace detail {

/// y' = y x' from y₀.
template <class T>
TaylorSeries<T> exponential(const TaylorSeries<T>& x, const T& first) {
  TaylorSeries<T> y(first);
  for (int k = 1; k <= x.order(); ++k) y.append(integrated_coefficient(k, x, y));
  return y;
}

/// u' = v x' and v' = sign · u x': sine and cosine for sign = -1, the hyperbolic ones for 1.
template <class T>
std::pair<TaylorSeries<T>, TaylorSeries<T>> sine_pair(const TaylorSeries<T>& x, const T& u0,
                                                      const T& v0, int sign) {
  TaylorSeries<T> u(u0), v(v0);
  for (int k = 1; k <= x.order(); ++k) {
    u.append(integrated_coefficient(k, x, v));
    v.append(sign * integrated_coefficient(k, x, u));
  }
  return {u, v};
}

/// y' = s x' and s' = sign · 2 y y': tangent, s = 1 + y², for sign = 1; the hyperbolic one,
/// s = 1 - y², for -1.
template <class T>
TaylorSeries<T> tangent(const TaylorSeries<T>& x, const T& y0, const T& s0, int sign) {
  TaylorSeries<T> y(y0), s(s0);
  for (int k = 1; k <= x.order(); ++k) {
    y.append(integrated_coefficient(k, x, s));
    s.append(2 * sign * integrated_coefficient(k, y, y));
  }
  return y;
}

/// xⁿ by repeated squaring.
template <class T>
TaylorSeries<T> whole_power(TaylorSeries<T> x, int n) {
  TaylorSeries<T> y(1);
  for (; n > 0; n /= 2) {
    if (n % 2 == 1) y = y * x;
    if (n > 1) x = x * x;
  }
  return y;
}

/// x^r from y₀ = x₀^r by x y' = r y x'. A zero of x of order m becomes one of order r m, and what
/// is beyond has no expansion: it is NaN.
template <class T>
TaylorSeries<T> power(const TaylorSeries<T>& x, const T& r, const T& first) {
  TaylorSeries<T> y(first);
  int zeros = 0;
  while (zeros <= x.order() && x[zeros] == 0) ++zeros;
  for (int k = 1; k <= x.order(); ++k) {
    T sum(0);
    for (int j = 1; j <= k; ++j) sum = sum + (r * j - (k - j)) * x[j] * y[k - j];
    if (zeros == 0)
      y.append(sum / (k * x[0]));
    else
      y.append(k < r * zeros ? T(0) : std::numeric_limits<T>::quiet_NaN());
  }
  return y;
}

}  // namespace detail

template <class T>
TaylorSeries<T> exp(const TaylorSeries<T>& x) {
  using std::exp;
  return detail::exponential(x, exp(x.value()));
}

template <class T>
TaylorSeries<T> sqrt(const TaylorSeries<T>& x) {
  using std::sqrt;
  return detail::power(x, T(0.5), T(sqrt(x.value())));
}

template <class T>
TaylorSeries<T> cbrt(const TaylorSeries<T>& x) {
  using std::cbrt;
  return detail::power(x, T(T(1) / 3), T(cbrt(x.value())));
}

/// Powers that are whole numbers go through 0; so do their derivatives.
template <class T, ConstantFor<TaylorSeries<T>> C>
TaylorSeries<T> pow(const TaylorSeries<T>& x, const C& exponent) {
  using std::abs, std::floor, std::pow;
  constexpr int largest = 1 << 20;  // beyond, a power of what is not near 1 is 0 or infinite anyway
  const T n(exponent), first = pow(x.value(), n);
  const bool whole = n >= 0 && n <= largest && n == floor(n);
  const bool lost = abs(first) < std::numeric_limits<T>::min();  // an x near 0: no way back from 0
  if (whole && (n <= 32 || lost)) return detail::whole_power(x, static_cast<int>(n));
  return detail::power(x, n, first);
}

template <class T, ConstantFor<TaylorSeries<T>> C>
TaylorSeries<T> pow(const C& base, const TaylorSeries<T>& x) {
  using std::log, std::pow;
  const T a(base), first = pow(a, x.value());
  const T rate = first == 0 ? T(0) : T(log(a));
  return detail::exponential(x * rate, first);
}

template <class T>
TaylorSeries<T> pow(const TaylorSeries<T>& a, const TaylorSeries<T>& b) {
  using std::pow;
  if (!b.varies()) return pow(a, b.value());
  if (!a.varies()) return pow(a.value(), b);
  return detail::exponential(b * log(a), T(pow(a.value(), b.value())));
}

template <class T>
TaylorSeries<T> hypot(const TaylorSeries<T>& a, const TaylorSeries<T>& b) {
  using std::abs, std::hypot;
  const T larger = abs(a.value()) < abs(b.value()) ? abs(b.value()) : abs(a.value());
  const T scale = larger > 0 ? larger : T(1);
  const TaylorSeries<T> u = a / scale, v = b / scale;
  return scale * detail::power(u * u + v * v, T(0.5), T(hypot(u.value(), v.value())));
}

template <class T>
TaylorSeries<T> sin(const TaylorSeries<T>& x) {
  using std::cos, std::sin;
  return detail::sine_pair<T>(x, sin(x.value()), cos(x.value()), -1).first;
}

template <class T>
TaylorSeries<T> cos(const TaylorSeries<T>& x) {
  using std::cos, std::sin;
  return detail::sine_pair<T>(x, sin(x.value()), cos(x.value()), -1).second;
}

template <class T>
TaylorSeries<T> sinh(const TaylorSeries<T>& x) {
  using std::cosh, std::sinh;
  return detail::sine_pair<T>(x, sinh(x.value()), cosh(x.value()), 1).first;
}

template <class T>
TaylorSeries<T> cosh(const TaylorSeries<T>& x) {
  using std::cosh, std::sinh;
  return detail::sine_pair<T>(x, sinh(x.value()), cosh(x.value()), 1).second;
}

template <class T>
TaylorSeries<T> tan(const TaylorSeries<T>& x) {
  using std::tan;
  const T y = tan(x.value());
  return detail::tangent<T>(x, y, 1 + y * y, 1);
}

template <class T>
TaylorSeries<T> tanh(const TaylorSeries<T>& x) {
  using std::tanh;
  return detail::tangent<T>(x, tanh(x.value()), detail::sech_squared(x.value()), -1);
}

template <class T>
TaylorSeries<T> tgamma(const TaylorSeries<T>& x) {
  using std::tgamma;
  return detail::exponential(lgamma(x), T(tgamma(x.value())));
}

/// By composition with its own expansion Σ ψₙ₊ₖ(x₀)/k! hᵏ.
template <class T>
TaylorSeries<T> polygamma(int order, const TaylorSeries<T>& x) {
  T factorial(1);
  TaylorSeries<T> c(polygamma(order, x.value()));
  for (int k = 1; k <= x.order(); ++k) {
    factorial = factorial * k;
    c.append(polygamma(order + k, x.value()) / factorial);
  }
  const TaylorSeries<T> h = x - x.value();
  TaylorSeries<T> sum(c[x.order()]);
  for (int k = x.order() - 1; k >= 0; --k) sum = sum * h + c[k];
  return sum;
}

template <class T>
TaylorSeries<T> fmod(const TaylorSeries<T>& a, const TaylorSeries<T>& b) {
  using std::fmod, std::round;
  const T rest = fmod(a.value(), b.value());
  const TaylorSeries<T> line = a - b * T(round((a.value() - rest) / b.value()));
  return TaylorSeries<T>::tabulate(line.order(), [&](int k) { return k == 0 ? rest : line[k]; });
}

}  // namespace mathtool::math
