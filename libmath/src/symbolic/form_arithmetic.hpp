#pragma once

#include "canonical.hpp"

namespace mathtool::math {

// Canonical forms put together as one writes them.

inline Form operator+(const Form& a, const Form& b) { return sum_of({a, b}); }
inline Form operator*(const Form& a, const Form& b) { return product_of({a, b}); }
inline Form operator-(const Form& a) { return product_of({whole_form(-1), a}); }
inline Form operator-(const Form& a, const Form& b) { return sum_of({a, -b}); }

inline Form reciprocal(const Form& a) { return power_of(a, whole_form(-1)); }
inline Form operator/(const Form& a, const Form& b) { return a * reciprocal(b); }

inline Form rational_form(const Rational& value) { return number_form({value}); }
inline Form raised(const Form& base, int exponent) { return power_of(base, whole_form(exponent)); }
inline Form square_root(const Form& a) { return power_of(a, rational_form(Rational(1, 2))); }

/// log(abs(u)), or log(u) where u is plainly positive.
inline Form logarithm_of_size(const Form& u) { return call_of("log", {call_of("abs", {u})}); }

}  // namespace mathtool::math
