#include "operators.hpp"

#include <algorithm>
#include <array>

namespace mathtool::math {
namespace {

constexpr std::array operator_table = {
    OperatorSyntax{Operator::equation, "=", Fixity::infix, Strength::equation, false},
    OperatorSyntax{Operator::logical_or, "||", Fixity::infix, Strength::disjunction, true},
    OperatorSyntax{Operator::logical_and, "&&", Fixity::infix, Strength::conjunction, true},
    OperatorSyntax{Operator::logical_not, "!", Fixity::prefix, Strength::logical_negation, false},
    OperatorSyntax{Operator::equal, "==", Fixity::infix, Strength::comparison, false},
    OperatorSyntax{Operator::not_equal, "!=", Fixity::infix, Strength::comparison, false},
    OperatorSyntax{Operator::less, "<", Fixity::infix, Strength::comparison, false},
    OperatorSyntax{Operator::less_equal, "<=", Fixity::infix, Strength::comparison, false},
    OperatorSyntax{Operator::greater, ">", Fixity::infix, Strength::comparison, false},
    OperatorSyntax{Operator::greater_equal, ">=", Fixity::infix, Strength::comparison, false},
    OperatorSyntax{Operator::add, "+", Fixity::infix, Strength::sum, true},
    OperatorSyntax{Operator::subtract, "-", Fixity::infix, Strength::sum, false},
    OperatorSyntax{Operator::multiply, "*", Fixity::infix, Strength::product, true},
    OperatorSyntax{Operator::divide, "/", Fixity::infix, Strength::product, false},
    OperatorSyntax{Operator::modulo, "%", Fixity::infix, Strength::product, false},
    OperatorSyntax{Operator::elementwise_multiply, ".*", Fixity::infix, Strength::product, false},
    OperatorSyntax{Operator::elementwise_divide, "./", Fixity::infix, Strength::product, false},
    OperatorSyntax{Operator::negate, "-", Fixity::prefix, Strength::negation, false},
    OperatorSyntax{Operator::power, "^", Fixity::infix, Strength::power, false},
    OperatorSyntax{Operator::elementwise_power, ".^", Fixity::infix, Strength::power, false},
    OperatorSyntax{Operator::factorial, "!", Fixity::postfix, Strength::postfix, false},
    OperatorSyntax{Operator::transpose, "'", Fixity::postfix, Strength::postfix, false},
    OperatorSyntax{Operator::element, "[]", Fixity::bracket, Strength::postfix, false},
};

}  // namespace

const OperatorSyntax& syntax_of(Operator op) {
  return *std::find_if(operator_table.begin(), operator_table.end(),
                       [op](const OperatorSyntax& syntax) { return syntax.op == op; });
}

const OperatorSyntax* find_operator(std::string_view symbol, Fixity fixity) {
  const auto found =
      std::find_if(operator_table.begin(), operator_table.end(), [&](const OperatorSyntax& syntax) {
        return syntax.symbol == symbol && syntax.fixity == fixity;
      });
  return found == operator_table.end() ? nullptr : &*found;
}

}  // namespace mathtool::math
