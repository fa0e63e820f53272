#pragma once

#include <cmath>
#include <complex>

#include "real_functions.hpp"

namespace mathtool::math {

/// Each elementary function once, for every kind of number that finds its namesake by the types of
/// its arguments: visit.unary("sin", f), visit.binary("hypot", f). These have a derivative wherever
/// they are defined, and a meaning for complex numbers.
template <class Visit>
void for_each_analytic(Visit&& visit) {
  // clang-format off
  visit.unary("exp", [](const auto& x) { using std::exp; return exp(x); });
  visit.unary("log", [](const auto& x) { using std::log; return log(x); });
  visit.unary("ln", [](const auto& x) { using std::log; return log(x); });
  visit.unary("log10", [](const auto& x) { using std::log10; return log10(x); });
  visit.unary("sqrt", [](const auto& x) { using std::sqrt; return sqrt(x); });
  visit.unary("sin", [](const auto& x) { using std::sin; return sin(x); });
  visit.unary("cos", [](const auto& x) { using std::cos; return cos(x); });
  visit.unary("tan", [](const auto& x) { using std::tan; return tan(x); });
  visit.unary("asin", [](const auto& x) { using std::asin; return asin(x); });
  visit.unary("acos", [](const auto& x) { using std::acos; return acos(x); });
  visit.unary("atan", [](const auto& x) { using std::atan; return atan(x); });
  visit.unary("sinh", [](const auto& x) { using std::sinh; return sinh(x); });
  visit.unary("cosh", [](const auto& x) { using std::cosh; return cosh(x); });
  visit.unary("tanh", [](const auto& x) { using std::tanh; return tanh(x); });
  visit.unary("asinh", [](const auto& x) { using std::asinh; return asinh(x); });
  visit.unary("acosh", [](const auto& x) { using std::acosh; return acosh(x); });
  visit.unary("atanh", [](const auto& x) { using std::atanh; return atanh(x); });
  // clang-format on
}

/// Those of real numbers alone.
template <class Visit>
void for_each_real(Visit&& visit) {
  // clang-format off
  visit.unary("expm1", [](const auto& x) { using std::expm1; return expm1(x); });
  visit.unary("log1p", [](const auto& x) { using std::log1p; return log1p(x); });
  visit.unary("log2", [](const auto& x) { using std::log2; return log2(x); });
  visit.unary("cbrt", [](const auto& x) { using std::cbrt; return cbrt(x); });
  visit.unary("erf", [](const auto& x) { using std::erf; return erf(x); });
  visit.unary("erfc", [](const auto& x) { using std::erfc; return erfc(x); });
  visit.unary("gamma", [](const auto& x) { using std::tgamma; return tgamma(x); });
  visit.unary("abs", [](const auto& x) { using std::abs; return abs(x); });
  visit.unary("floor", [](const auto& x) { using std::floor; return floor(x); });
  visit.unary("ceil", [](const auto& x) { using std::ceil; return ceil(x); });
  visit.unary("round", [](const auto& x) { using std::round; return round(x); });
  visit.unary("trunc", [](const auto& x) { using std::trunc; return trunc(x); });
  visit.unary("lgamma", [](const auto& x) { return math::log_gamma(x); });
  visit.unary("sign", [](const auto& x) { return math::sign_of(x); });
  visit.binary("atan2", [](const auto& y, const auto& x) { using std::atan2; return atan2(y, x); });
  visit.binary("hypot", [](const auto& x, const auto& y) { using std::hypot; return hypot(x, y); });
  visit.binary("mod", [](const auto& x, const auto& y) { return math::modulo(x, y); });
  // clang-format on
}

}  // namespace mathtool::math
