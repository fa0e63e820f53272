#pragma once

#include <string>
#include <utility>
#include <vector>

#include "mathtool/math/expression/expression.hpp"

namespace mathtool::math {

// Formulas put together as one writes them.

inline Expression operator+(Expression a, Expression b) {
  return Expression(Expression::Operation{Operator::add, {std::move(a), std::move(b)}});
}
inline Expression operator-(Expression a, Expression b) {
  return Expression(Expression::Operation{Operator::subtract, {std::move(a), std::move(b)}});
}
inline Expression operator*(Expression a, Expression b) {
  return Expression(Expression::Operation{Operator::multiply, {std::move(a), std::move(b)}});
}
inline Expression operator/(Expression a, Expression b) {
  return Expression(Expression::Operation{Operator::divide, {std::move(a), std::move(b)}});
}
inline Expression operator-(Expression a) {
  return Expression(Expression::Operation{Operator::negate, {std::move(a)}});
}
inline Expression power(Expression a, Expression b) {
  return Expression(Expression::Operation{Operator::power, {std::move(a), std::move(b)}});
}
inline Expression number(double value) { return Expression(Expression::Number{value}); }
inline Expression variable(std::string name) {
  return Expression(Expression::Variable{std::move(name)});
}
inline Expression call(std::string function, std::vector<Expression> arguments) {
  return Expression(Expression::Call{std::move(function), std::move(arguments)});
}

}  // namespace mathtool::math
