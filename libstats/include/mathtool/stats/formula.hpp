#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "mathtool/math/expression/expression.hpp"

namespace mathtool::stats {

/// What stands between the operators of a formula.
struct FormulaVariable {
  enum class Kind {
    column,      ///< `x`: a column as it is, a factor where it holds texts
    factor,      ///< `C(g)`
    polynomial,  ///< `poly(x, 3)`; `x^2` is one with the second power alone
    expression,  ///< anything else over columns: `log(x)`, `(a*b)`
    others       ///< `.`, every column that the response does not use
  };
  Kind kind = Kind::column;
  std::string label = {};     ///< its text without blanks: the name of its coefficients
  std::string text = {};      ///< as written
  std::string column = {};    ///< of kinds column, factor and polynomial
  int degree = 1;             ///< of a polynomial
  bool only_highest = false;  ///< of a polynomial: x^degree without those below
  std::optional<math::Expression> expression = {};  ///< of kind expression
  int position = 0;                                 ///< of its first character, from 1
};

/// Variables that are multiplied, in order of first appearance in the formula.
using FormulaTerm = std::vector<FormulaVariable>;

/// A model formula as read, before it meets a table.
struct Formula {
  std::string text = {};
  FormulaVariable response = {};
  std::vector<FormulaTerm> terms = {};    ///< as written, products spread out; may repeat
  std::vector<FormulaTerm> removed = {};  ///< behind a minus
  bool intercept = true;
};

/// Reads `response ~ terms`. Terms stand between + and -, which takes a term away; `- 1` or `+ 0`
/// is a model without intercept. In a term, `a:b` multiplies, and `a*b` at the top level is a + b +
/// a:b. What stands in parentheses is arithmetic: `(a*b)` is one column.
///
/// Throws: math::FormulaError with the place of what cannot be read.
/// Ref:    Wilkinson & Rogers, Symbolic description of factorial models (1973); Chambers & Hastie,
///         Statistical Models in S (1992), §2.3.
Formula parse_formula(std::string_view text);

}  // namespace mathtool::stats
