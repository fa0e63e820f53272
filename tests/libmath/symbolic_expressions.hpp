#pragma once

#include <string>
#include <utility>
#include <vector>

#include "mathtool/math/expression/expression.hpp"
#include "mathtool/math/random/uniform.hpp"

namespace mathtool::test {

/// Random formulas in x, defined and smooth for all x: what could leave a domain is given an
/// argument that cannot.
class SmoothExpressions {
 public:
  explicit SmoothExpressions(std::uint64_t seed) : random_(seed) {}

  math::Expression next(int levels) {
    using math::Expression;
    using math::Operator;
    const auto make = [](Operator op, std::vector<Expression> operands) {
      return Expression(Expression::Operation{op, std::move(operands)});
    };
    const auto call = [](std::string function, Expression argument) {
      return Expression(Expression::Call{std::move(function), {std::move(argument)}});
    };
    const auto number = [](double value) { return Expression(Expression::Number{value}); };
    const auto above_one = [&] {
      return make(Operator::add, {number(1), make(Operator::power, {next(levels - 1), number(2)})});
    };
    if (levels <= 1)
      return pick(3) == 0 ? number(static_cast<double>(1 + pick(5)))
                          : Expression(Expression::Variable{"x"});
    switch (pick(10)) {
      case 0: return make(Operator::add, {next(levels - 1), next(levels - 1)});
      case 1: return make(Operator::subtract, {next(levels - 1), next(levels - 1)});
      case 2:
      case 3: return make(Operator::multiply, {next(levels - 1), next(levels - 1)});
      case 4: return make(Operator::divide, {next(levels - 1), above_one()});
      case 5:
        return make(Operator::power, {next(levels - 1), number(static_cast<double>(2 + pick(3)))});
      case 6: return call("log", above_one());
      case 7: return call("sqrt", above_one());
      default: {
        static const std::vector<std::string> bounded = {"sin", "cos", "atan", "tanh", "erf"};
        return call(bounded[pick(bounded.size())], next(levels - 1));
      }
    }
  }

  double point() { return 4 * math::uniform(random_) - 2; }

 private:
  std::size_t pick(std::size_t n) {
    return static_cast<std::size_t>(math::uniform_index(random_, n));
  }

  math::Philox random_;
};

}  // namespace mathtool::test
