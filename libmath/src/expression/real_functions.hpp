#pragma once

#include <cmath>

namespace mathtool::math {

/// x − y⌊x/y⌋ without the rounding of the quotient: the remainder with the sign of y.
inline double modulo(double x, double y) {
  const double remainder = std::fmod(x, y);
  const bool opposite = remainder != 0 && std::signbit(remainder) != std::signbit(y);
  return opposite ? remainder + y : remainder;
}

template <class T>
T modulo(const T& x, const T& y) {
  using std::floor;
  return x - y * floor(x / y);
}

/// std::lgamma tells the sign by a global variable, which threads would share.
inline double log_gamma(double x) {
  int sign_of_gamma = 0;
  return ::lgamma_r(x, &sign_of_gamma);
}

template <class T>
T log_gamma(const T& x) {
  return lgamma(x);
}

/// Γ(x + 1): of whole numbers from a table, correctly rounded; NaN at its poles.
double factorial(double x);

template <class T>
T factorial(const T& x) {
  return tgamma(T(x + T(1)));
}

/// -1, 0 or 1; NaN of NaN.
template <class T>
T sign_of(const T& x) {
  return x > T(0) ? T(1) : x < T(0) ? T(-1) : T(x - x);
}

}  // namespace mathtool::math
