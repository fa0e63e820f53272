#pragma once

#include <rapidcheck.h>

#include <string>
#include <vector>

#include "mathtool/math/expression/expression.hpp"

namespace mathtool::test {

/// Expressions over numbers and the variables x, y, z: every operator and some functions, at most
/// `levels` deep.
inline rc::Gen<math::Expression> any_expression(int levels) {
  using math::Expression;
  using math::Operator;
  return rc::gen::exec([levels]() -> Expression {
    const int kind = levels <= 1 ? *rc::gen::inRange(0, 2) : *rc::gen::inRange(0, 7);
    const auto part = [levels] { return *any_expression(levels - 1); };
    if (kind == 0)
      return Expression(
          Expression::Number{*rc::gen::element(0.0, 0.5, 1.0, 2.0, 3.0, 1e-300, 12345678.9, 1e22)});
    if (kind == 1)
      return Expression(Expression::Variable{*rc::gen::element<std::string>("x", "y", "z")});
    if (kind == 2)
      return Expression(Expression::Operation{
          *rc::gen::element(Operator::negate, Operator::logical_not, Operator::factorial),
          {part()}});
    if (kind == 3) {
      const auto chain = *rc::gen::element(Operator::add, Operator::multiply, Operator::logical_and,
                                           Operator::logical_or);
      std::vector<Expression> operands;
      for (int n = *rc::gen::inRange(2, 5); n > 0; --n) operands.push_back(part());
      return Expression(Expression::Operation{chain, operands});
    }
    if (kind == 4)
      return *rc::gen::element(Expression(Expression::Call{"abs", {part()}}),
                               Expression(Expression::Call{"max", {part(), part(), part()}}),
                               Expression(Expression::Call{"if", {part(), part(), part()}}));
    const auto pair =
        *rc::gen::element(Operator::subtract, Operator::divide, Operator::modulo, Operator::power,
                          Operator::equal, Operator::not_equal, Operator::less,
                          Operator::less_equal, Operator::greater, Operator::greater_equal);
    return Expression(Expression::Operation{pair, {part(), part()}});
  });
}

}  // namespace mathtool::test

namespace rc {

inline void showValue(const mathtool::math::Expression& expression, std::ostream& out) {
  out << to_string(expression);
}

}  // namespace rc
