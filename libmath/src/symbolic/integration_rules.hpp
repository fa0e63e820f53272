#pragma once

#include <string>

#include "antiderivative_search.hpp"
#include "canonical.hpp"

namespace mathtool::math {

// The rules by which antiderivatives are found. Each returns ∫ f dx, or null where it does not
// apply or leads nowhere.

using IntegrationRule = Form (*)(const Form& f, const std::string& x, AntiderivativeSearch& search);

/// Sums term by term, constant factors in front.
Form by_linearity(const Form& f, const std::string& x, AntiderivativeSearch& search);
/// (a x + b)^n and a^(b x + c).
Form by_power_rule(const Form& f, const std::string& x, AntiderivativeSearch& search);
/// Elementary functions of a x + b.
Form by_table(const Form& f, const std::string& x, AntiderivativeSearch& search);

/// Quotients of polynomials with rational coefficients.
Form by_partial_fractions(const Form& f, const std::string& x, AntiderivativeSearch& search);
/// Polynomials over different linear factors with any constants.
Form by_linear_denominators(const Form& f, const std::string& x, AntiderivativeSearch& search);
/// (A x + B)/(a x^2 + b x + c) with any constants.
Form by_quadratic_denominator(const Form& f, const std::string& x, AntiderivativeSearch& search);

/// Polynomials times exp of a quadratic, which leave the error function; rational functions times
/// exp of polynomials.
Form by_exponential_ansatz(const Form& f, const std::string& x, AntiderivativeSearch& search);
/// exp(a x + b) sin(c x + d) and the like.
Form by_exponential_times_wave(const Form& f, const std::string& x, AntiderivativeSearch& search);

/// Products of sines and cosines as sums.
Form by_sums_of_angles(const Form& f, const std::string& x, AntiderivativeSearch& search);
/// Rational functions of sin and cos, sinh and cosh by t = cos, sin, tan, tan(x/2).
Form by_trigonometric_substitution(const Form& f, const std::string& x,
                                   AntiderivativeSearch& search);

/// Rational functions and the square root of a quadratic.
Form by_root_of_quadratic(const Form& f, const std::string& x, AntiderivativeSearch& search);
/// t = ((a x + b)/(c x + d))^(1/n), where that leaves a rational function.
Form by_rationalising(const Form& f, const std::string& x, AntiderivativeSearch& search);
/// The same whatever it leaves.
Form by_root_substitution(const Form& f, const std::string& x, AntiderivativeSearch& search);

/// f = g(u) u'.
Form by_substitution(const Form& f, const std::string& x, AntiderivativeSearch& search);
/// x = exp(t), where log(x) stands.
Form by_exponential_substitution(const Form& f, const std::string& x, AntiderivativeSearch& search);
/// ∫ u dv = u v − ∫ v du for a polynomial times exp, waves, logarithms or inverse functions.
Form by_polynomial_parts(const Form& f, const std::string& x, AntiderivativeSearch& search);
/// The same for other products.
Form by_parts(const Form& f, const std::string& x, AntiderivativeSearch& search);

/// abs(a x + b) with a sign that is constant on either side.
Form by_sides(const Form& f, const std::string& x, AntiderivativeSearch& search);
/// Products multiplied out, common factors taken out, hyperbolic functions as exponentials.
Form by_rewriting(const Form& f, const std::string& x, AntiderivativeSearch& search);

}  // namespace mathtool::math
