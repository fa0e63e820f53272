#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "canonical.hpp"

namespace mathtool::math {

bool is_call(const Form& form, std::string_view function);

/// Calls `visit` with each part of a formula and with the whole, each as often as it stands there.
void for_each_part(const Form& form, const std::function<void(const Form&)>& visit);

/// The formula with each part for which `replacement` is not null put in its place, from the whole
/// to its parts.
Form replace_where(const Form& form, const std::function<Form(const Form&)>& replacement);

/// The formula with a symbol replaced.
Form replaced(const Form& form, const std::string& symbol, const Form& replacement);

/// Products of sums and whole powers of sums multiplied out, at every level but inside of
/// functions. Null where that takes more than a few hundred terms.
Form expanded(const Form& form);

/// Sums as products of what their terms have in common: exp(x) + x exp(x) is exp(x) (1 + x). The
/// factors of a product likewise.
Form with_common_factors(const Form& form);

/// c0, c1, ... of a polynomial c0 + c1 x + ... whose coefficients are free of x; none when it is no
/// polynomial or its degree is higher than `most`.
std::optional<std::vector<Form>> coefficients_in(const Form& form, const std::string& x, int most);

/// p = quotient · q + remainder for polynomials by their coefficients, the constant ones first.
/// Pre: q has a leading coefficient that is not 0.
struct FormDivision {
  std::vector<Form> quotient, remainder;
};
FormDivision divide(std::vector<Form> p, const std::vector<Form>& q);

/// c0 + c1 x + ...
Form polynomial_of(const std::vector<Form>& coefficients, const Form& x);

/// Factors of a product; the formula itself where it is none.
std::vector<Form> factors_of(const Form& form);

/// A product as what does not depend on x and the rest.
struct Separated {
  Form constant, rest;
};
Separated separated(const Form& product, const std::string& x);

}  // namespace mathtool::math
