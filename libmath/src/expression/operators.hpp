#pragma once

#include <optional>
#include <string_view>

#include "mathtool/math/expression/expression.hpp"

namespace mathtool::math {

enum class Fixity { prefix, infix, postfix, bracket };

/// How strongly operators bind; those of one strength stand on one level of the grammar.
enum class Strength {
  equation = 1,
  disjunction,
  conjunction,
  logical_negation,
  comparison,
  sum,
  product,
  negation,
  power,
  postfix,
  atom  ///< numbers, names, calls, parentheses
};

constexpr Strength next(Strength strength) {
  return static_cast<Strength>(static_cast<int>(strength) + 1);
}

/// How an operator is written.
struct OperatorSyntax {
  Operator op;
  std::string_view symbol;
  Fixity fixity;
  Strength strength;
  bool chains;  ///< one node takes all operands of a + b + c
};

const OperatorSyntax& syntax_of(Operator op);
const OperatorSyntax* find_operator(std::string_view symbol, Fixity fixity);

}  // namespace mathtool::math
