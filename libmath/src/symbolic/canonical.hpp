#pragma once

#include <memory>
#include <string>
#include <vector>

#include "coefficient.hpp"
#include "mathtool/math/expression/expression.hpp"

namespace mathtool::math {

struct Canonical;
/// A formula in one fixed shape, so that equal ones are found equal. Shared, never changed.
using Form = std::shared_ptr<const Canonical>;

/// Sums know no sums, products no products, quotients are powers, differences are negative terms,
/// roots are powers of 1/n; like terms and like factors stand together, in the order of their keys.
struct Canonical {
  enum class Kind {
    number,   ///< `number`
    symbol,   ///< `name`
    sum,      ///< of `parts`, two or more
    product,  ///< of `number` and `parts`, none of which is a number
    power,    ///< parts[0]^parts[1]
    call,     ///< the function `name` of `parts`
    other     ///< what has no algebra (`<`, `!`, a matrix, a text): `shape` made of `parts`
  };
  Kind kind = Kind::number;
  Coefficient number = {};
  std::string name = {};
  std::vector<Form> parts = {};
  Expression shape = Expression(Expression::Number{});
  std::string key = {};  ///< the same for equal formulas alone
};

/// For kinds that have no rules of their own; `key` is filled in.
Form with_key(Canonical form);

Form number_form(const Coefficient& number);
Form whole_form(int number);
Form symbol_form(const std::string& name);
Form sum_of(const std::vector<Form>& terms);
Form product_of(const std::vector<Form>& factors);
Form power_of(const Form& base, const Form& exponent);
Form call_of(const std::string& function, std::vector<Form> arguments);

/// Throws: nothing of its own; what has no algebra stays as it is, with canonical parts.
Form canonical(const Expression& expression);

/// As a person writes it: a - b, a/b, sqrt(a).
Expression readable(const Form& form);

/// Whether it stands for this whole number.
bool is(const Form& form, int whole);

/// A term as its coefficient and the rest, which is 1 for a number.
std::pair<Coefficient, Form> split_coefficient(const Form& term);

/// A factor as base and exponent, exponent 1 for what is no power.
std::pair<Form, Form> split_power(const Form& factor);

/// Whether the symbol stands in it.
bool depends_on(const Form& form, const std::string& symbol);

}  // namespace mathtool::math
