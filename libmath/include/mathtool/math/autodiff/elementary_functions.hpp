#pragma once

#include <cmath>

#include "mathtool/math/autodiff/binary_functions.hpp"
#include "mathtool/math/autodiff/differentiable.hpp"
#include "mathtool/math/autodiff/piecewise_functions.hpp"
#include "mathtool/math/autodiff/polygamma.hpp"

/// The elementary functions of every Differentiable number, each written once: its value and its
/// slope, both over any scalar, so that higher derivatives follow by nesting. Where a function is
/// undefined both are NaN; where its tangent is vertical (sqrt at 0, asin at 1) the slope is
/// infinite.
namespace mathtool::math {
namespace detail {

/// 1/cosh² x without overflow, and with all its digits where tanh² x rounds to 1.
template <class T>
T sech_squared(const T& x) {
  using std::exp;
  const T decay = exp(x < 0 ? T(2 * x) : T(-2 * x)), denominator = 1 + decay;
  return 4 * decay / (denominator * denominator);
}

/// 2/√π · exp(-x²), the slope of erf.
template <class T>
T gauss_density(const T& x) {
  using std::atan, std::exp, std::sqrt;
  return exp(-x * x) / sqrt(atan(T(1)));
}

}  // namespace detail

template <Differentiable S>
S exp(const S& x) {
  using std::exp;
  return S::chain(
      x, [](const auto& v) { return exp(v); }, [](const auto&, const auto& y) { return y; });
}

template <Differentiable S>
S expm1(const S& x) {
  using std::expm1, std::exp;
  return S::chain(
      x, [](const auto& v) { return expm1(v); }, [](const auto& v, const auto&) { return exp(v); });
}

template <Differentiable S>
S log(const S& x) {
  using std::log;
  return S::chain(
      x, [](const auto& v) { return log(v); }, [](const auto& v, const auto&) { return 1 / v; });
}

template <Differentiable S>
S log1p(const S& x) {
  using std::log1p;
  return S::chain(
      x, [](const auto& v) { return log1p(v); },
      [](const auto& v, const auto&) { return 1 / (1 + v); });
}

template <Differentiable S>
S log2(const S& x) {
  using std::log2, std::log;
  return S::chain(
      x, [](const auto& v) { return log2(v); },
      []<class T>(const T& v, const auto&) { return 1 / (v * log(T(2))); });
}

template <Differentiable S>
S log10(const S& x) {
  using std::log10, std::log;
  return S::chain(
      x, [](const auto& v) { return log10(v); },
      []<class T>(const T& v, const auto&) { return 1 / (v * log(T(10))); });
}

template <Differentiable S>
S sqrt(const S& x) {
  using std::sqrt;
  return S::chain(
      x, [](const auto& v) { return sqrt(v); }, [](const auto&, const auto& y) { return 0.5 / y; });
}

template <Differentiable S>
S cbrt(const S& x) {
  using std::cbrt;
  return S::chain(
      x, [](const auto& v) { return cbrt(v); },
      [](const auto&, const auto& y) { return 1 / (3 * y * y); });
}

template <Differentiable S>
S sin(const S& x) {
  using std::sin, std::cos;
  return S::chain(
      x, [](const auto& v) { return sin(v); }, [](const auto& v, const auto&) { return cos(v); });
}

template <Differentiable S>
S cos(const S& x) {
  using std::cos, std::sin;
  return S::chain(
      x, [](const auto& v) { return cos(v); }, [](const auto& v, const auto&) { return -sin(v); });
}

template <Differentiable S>
S tan(const S& x) {
  using std::tan;
  return S::chain(
      x, [](const auto& v) { return tan(v); },
      [](const auto&, const auto& y) { return 1 + y * y; });
}

template <Differentiable S>
S asin(const S& x) {
  using std::asin, std::sqrt;
  return S::chain(
      x, [](const auto& v) { return asin(v); },
      [](const auto& v, const auto&) { return 1 / sqrt((1 - v) * (1 + v)); });
}

template <Differentiable S>
S acos(const S& x) {
  using std::acos, std::sqrt;
  return S::chain(
      x, [](const auto& v) { return acos(v); },
      [](const auto& v, const auto&) { return -1 / sqrt((1 - v) * (1 + v)); });
}

template <Differentiable S>
S atan(const S& x) {
  using std::atan;
  return S::chain(
      x, [](const auto& v) { return atan(v); },
      [](const auto& v, const auto&) { return 1 / (1 + v * v); });
}

template <Differentiable S>
S sinh(const S& x) {
  using std::sinh, std::cosh;
  return S::chain(
      x, [](const auto& v) { return sinh(v); }, [](const auto& v, const auto&) { return cosh(v); });
}

template <Differentiable S>
S cosh(const S& x) {
  using std::cosh, std::sinh;
  return S::chain(
      x, [](const auto& v) { return cosh(v); }, [](const auto& v, const auto&) { return sinh(v); });
}

template <Differentiable S>
S tanh(const S& x) {
  using std::tanh;
  return S::chain(
      x, [](const auto& v) { return tanh(v); },
      [](const auto& v, const auto&) { return detail::sech_squared(v); });
}

template <Differentiable S>
S asinh(const S& x) {
  using std::asinh, std::hypot;
  return S::chain(
      x, [](const auto& v) { return asinh(v); },
      []<class T>(const T& v, const auto&) { return 1 / hypot(v, T(1)); });
}

template <Differentiable S>
S acosh(const S& x) {
  using std::acosh, std::sqrt;
  return S::chain(
      x, [](const auto& v) { return acosh(v); },
      [](const auto& v, const auto&) { return 1 / (sqrt(v - 1) * sqrt(v + 1)); });
}

template <Differentiable S>
S atanh(const S& x) {
  using std::atanh;
  return S::chain(
      x, [](const auto& v) { return atanh(v); },
      [](const auto& v, const auto&) { return 1 / ((1 - v) * (1 + v)); });
}

template <Differentiable S>
S erf(const S& x) {
  using std::erf;
  return S::chain(
      x, [](const auto& v) { return erf(v); },
      [](const auto& v, const auto&) { return detail::gauss_density(v); });
}

template <Differentiable S>
S erfc(const S& x) {
  using std::erfc;
  return S::chain(
      x, [](const auto& v) { return erfc(v); },
      [](const auto& v, const auto&) { return -detail::gauss_density(v); });
}

template <Differentiable S>
S tgamma(const S& x) {
  using std::tgamma;
  return S::chain(
      x, [](const auto& v) { return tgamma(v); },
      [](const auto& v, const auto& y) { return y * digamma(v); });
}

/// ln |Γ(x)|
template <Differentiable S>
S lgamma(const S& x) {
  using std::lgamma;
  return S::chain(
      x, [](const auto& v) { return lgamma(v); },
      [](const auto& v, const auto&) { return digamma(v); });
}

}  // namespace mathtool::math
