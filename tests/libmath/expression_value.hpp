#pragma once

#include <cmath>
#include <map>
#include <stdexcept>
#include <string>

#include "mathtool/math/expression/expression.hpp"

namespace mathtool::test {

/// The value of a formula over any scalar, by definition: one node after the other, `log` natural.
template <class S>
S expression_value(const math::Expression& e, const std::map<std::string, S>& variables) {
  using math::Expression, math::Operator;
  using std::abs, std::acos, std::asin, std::atan, std::cos, std::cosh, std::erf, std::exp,
      std::floor, std::log, std::pow, std::sin, std::sinh, std::sqrt, std::tan, std::tanh,
      std::tgamma;
  const auto value = [&](const Expression& part) { return expression_value<S>(part, variables); };

  if (const auto* number = e.as<Expression::Number>()) return S(number->value);
  if (const auto* variable = e.as<Expression::Variable>()) return variables.at(variable->name);
  if (const auto* operation = e.as<Expression::Operation>()) {
    S result = value(operation->operands[0]);
    if (operation->op == Operator::negate) return -result;
    for (std::size_t i = 1; i < operation->operands.size(); ++i) {
      const S operand = value(operation->operands[i]);
      switch (operation->op) {
        case Operator::add: result = result + operand; break;
        case Operator::subtract: result = result - operand; break;
        case Operator::multiply: result = result * operand; break;
        case Operator::divide: result = result / operand; break;
        case Operator::power: result = pow(result, operand); break;
        default: throw std::invalid_argument("an operator without a derivative");
      }
    }
    return result;
  }
  const auto& call = *e.as<Expression::Call>();
  const S x = value(call.arguments[0]);
  if (call.function == "abs") return abs(x);
  if (call.function == "acos") return acos(x);
  if (call.function == "asin") return asin(x);
  if (call.function == "atan") return atan(x);
  if (call.function == "cos") return cos(x);
  if (call.function == "cosh") return cosh(x);
  if (call.function == "erf") return erf(x);
  if (call.function == "exp") return exp(x);
  if (call.function == "floor") return floor(x);
  if (call.function == "gamma") return tgamma(x);
  if (call.function == "log") return log(x);
  if (call.function == "sin") return sin(x);
  if (call.function == "sinh") return sinh(x);
  if (call.function == "sqrt") return sqrt(x);
  if (call.function == "tan") return tan(x);
  if (call.function == "tanh") return tanh(x);
  throw std::invalid_argument("no function " + call.function);
}

}  // namespace mathtool::test
