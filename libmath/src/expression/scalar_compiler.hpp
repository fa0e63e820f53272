#pragma once

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "elementary.hpp"
#include "mathtool/math/closest_match.hpp"
#include "mathtool/math/error.hpp"
#include "mathtool/math/expression/formula_error.hpp"
#include "mathtool/math/expression/scalar_program.hpp"
#include "operators.hpp"
#include "scalar_kind.hpp"
#include "source_text.hpp"

// The template behind ScalarProgram, for the few files that make it for one kind of scalar.

namespace mathtool::math {

/// Walks a tree once and writes the steps that compute it.
template <class T>
class ScalarCompiler {
 public:
  ScalarCompiler(ScalarProgram<T>& program, std::span<const std::string> variables,
                 const ScalarFunctions<T>& functions)
      : program_(program), variables_(variables), functions_(functions) {
    program_.variables_ = variables.size();
  }

  void push(const Expression& expression) {
    std::visit([&](const auto& node) { push(expression, node); }, expression.node());
  }

 private:
  using Code = typename ScalarProgram<T>::Code;

  void push(const Expression&, const Expression::Number& number) {
    push_constant(ScalarKind<T>::number(number));
  }

  void push(const Expression& expression, const Expression::Variable& variable) {
    const auto place = std::find(variables_.begin(), variables_.end(), variable.name);
    if (place != variables_.end())
      return emit({Code::variable, static_cast<int>(place - variables_.begin())}, 1);
    const auto constant = functions_.constants.find(variable.name);
    if (constant == functions_.constants.end()) refuse_name(expression, variable.name);
    push_constant(constant->second);
  }

  void push(const Expression& expression, const Expression::Operation& operation) {
    const auto& operands = operation.operands;
    if (operation.op == Operator::power || operation.op == Operator::elementwise_power)
      return push_power(operands[0], operands[1]);
    push(operands[0]);
    if (operation.op == Operator::negate) return emit({Code::negate}, 0);
    if (operation.op == Operator::transpose) return;  // of a number: itself
    if (operands.size() == 1) return call(operator_function(expression, operation.op), 1);
    for (std::size_t i = 1; i < operands.size(); ++i) {
      push(operands[i]);
      switch (operation.op) {
        case Operator::add: emit({Code::add}, -1); break;
        case Operator::subtract: emit({Code::subtract}, -1); break;
        case Operator::elementwise_multiply:
        case Operator::multiply: emit({Code::multiply}, -1); break;
        case Operator::elementwise_divide:
        case Operator::divide: emit({Code::divide}, -1); break;
        default: call(operator_function(expression, operation.op), 2);
      }
    }
  }

  void push(const Expression& expression, const Expression::Call& called) {
    const auto found = functions_.functions.find(called.function);
    if (found == functions_.functions.end()) {
      std::vector<std::string> names;
      for (const auto& [name, function] : functions_.functions) names.push_back(name);
      refuse(expression, fmt::format("no function '{}'{}", called.function,
                                     did_you_mean(called.function, names)));
    }
    const auto& [least, most, apply] = found->second;
    const int count = static_cast<int>(called.arguments.size());
    if (count < least || count > most)
      refuse(expression, fmt::format("{} does not take {} arguments", called.function, count));
    for (const Expression& argument : called.arguments) push(argument);
    call(apply, count);
  }

  void push(const Expression& expression, const Expression::Text&) {
    refuse(expression, to_string(expression) + " is text where a number must stand");
  }
  void push(const Expression& expression, const Expression::Matrix&) {
    refuse(expression, to_string(expression) + " is a matrix where a number must stand");
  }

  /// Whole exponents are taken by multiplication: exact where the products are, and at 0.
  void push_power(const Expression& base, const Expression& exponent) {
    push(base);
    const std::optional<double> whole = whole_number(exponent);
    if (whole && std::abs(*whole) <= ScalarKind<T>::most_multiplied)
      return emit({Code::whole_power, static_cast<int>(*whole)}, 0);
    push(exponent);
    emit({Code::power}, -1);
  }

  static std::optional<double> whole_number(const Expression& expression) {
    if (const auto* number = expression.as<Expression::Number>())
      return number->written.empty() && number->value == std::floor(number->value)
                 ? std::optional(number->value)
                 : std::nullopt;
    const auto* operation = expression.as<Expression::Operation>();
    if (!operation || operation->op != Operator::negate) return {};
    const std::optional<double> negated = whole_number(operation->operands[0]);
    return negated ? std::optional(-*negated) : std::nullopt;
  }

  std::function<T(std::span<const T>)> operator_function(const Expression& expression,
                                                         Operator op) const {
    if (auto function = ScalarKind<T>::operation(op)) return function;
    refuse(expression,
           fmt::format("{} has no meaning for {}", syntax_of(op).symbol, ScalarKind<T>::name));
  }

  void call(std::function<T(std::span<const T>)> function, int arguments) {
    program_.functions_.push_back(std::move(function));
    emit({Code::call, static_cast<int>(program_.functions_.size() - 1), arguments}, 1 - arguments);
  }

  void push_constant(const T& value) {
    program_.constants_.push_back(value);
    emit({Code::constant, static_cast<int>(program_.constants_.size() - 1)}, 1);
  }

  void emit(typename ScalarProgram<T>::Step step, int growth) {
    program_.steps_.push_back(step);
    height_ += growth;
    program_.depth_ = std::max(program_.depth_, static_cast<std::size_t>(height_));
  }

  [[noreturn]] void refuse_name(const Expression& expression, const std::string& name) const {
    std::vector<std::string> names(variables_.begin(), variables_.end());
    for (const auto& [constant, value] : functions_.constants) names.push_back(constant);
    refuse(expression, fmt::format("no variable '{}'{}", name, did_you_mean(name, names)));
  }

  [[noreturn]] static void refuse(const Expression& where, const std::string& message) {
    const std::string place = where.column() == 0 ? "" : fmt::format("column {}: ", where.column());
    throw FormulaError(place + printable(message), where.column());
  }

  ScalarProgram<T>& program_;
  std::span<const std::string> variables_;
  const ScalarFunctions<T>& functions_;
  int height_ = 0;
};

template <class T>
ScalarProgram<T>::ScalarProgram(const Expression& expression,
                                std::span<const std::string> variables,
                                const ScalarFunctions<T>& functions) {
  ScalarCompiler<T>(*this, variables, functions).push(expression);
}

/// By repeated squaring.
template <class T>
T whole_power(const T& base, int exponent) {
  if (exponent < 0) return T(1) / whole_power(base, -exponent);
  if (exponent == 0) return T(1);
  T square = base;
  while (exponent % 2 == 0) {
    square = square * square;
    exponent /= 2;
  }
  T power = square;
  while (exponent /= 2) {
    square = square * square;
    if (exponent % 2 == 1) power = power * square;
  }
  return power;
}

template <class T>
T ScalarProgram<T>::run(std::span<const T> values, std::vector<T>& stack) const {
  require<DimensionError>(values.size() == variables_, "expression: {} values wanted, got {}",
                          variables_, values.size());
  using std::pow;
  stack.clear();
  stack.reserve(depth_);
  const auto fold = [&](auto&& combine) {
    const T right = std::move(stack.back());
    stack.pop_back();
    stack.back() = combine(stack.back(), right);
  };
  for (const Step& step : steps_) {
    const auto operand = static_cast<std::size_t>(step.operand);
    switch (step.code) {
      case Code::constant: stack.push_back(constants_[operand]); break;
      case Code::variable: stack.push_back(values[operand]); break;
      case Code::add: fold([](const T& x, const T& y) { return T(x + y); }); break;
      case Code::subtract: fold([](const T& x, const T& y) { return T(x - y); }); break;
      case Code::multiply: fold([](const T& x, const T& y) { return T(x * y); }); break;
      case Code::divide: fold([](const T& x, const T& y) { return T(x / y); }); break;
      case Code::negate: stack.back() = T(-stack.back()); break;
      case Code::power: fold([](const T& x, const T& y) { return T(pow(x, y)); }); break;
      case Code::whole_power: stack.back() = whole_power(stack.back(), step.operand); break;
      case Code::call: {
        const auto arguments = static_cast<std::size_t>(step.arguments);
        T result = functions_[operand](std::span<const T>(stack).last(arguments));
        stack.resize(stack.size() - arguments, result);
        stack.push_back(std::move(result));
        break;
      }
    }
  }
  return std::move(stack.back());
}

/// Fills a table with functions of one kind of scalar.
template <class T>
struct TabulateScalar {
  ScalarFunctions<T>& table;

  template <class F>
  void unary(const char* name, F f) const {
    table.functions[name] = {1, 1, [f](std::span<const T> x) { return T(f(x[0])); }};
  }
  template <class F>
  void binary(const char* name, F f) const {
    table.functions[name] = {2, 2, [f](std::span<const T> x) { return T(f(x[0], x[1])); }};
  }
};

template <class T>
const ScalarFunctions<T>& elementary_functions_of() {
  static const ScalarFunctions<T> table = [] {
    ScalarFunctions<T> made;
    for_each_analytic(TabulateScalar<T>{made});
    ScalarKind<T>::tabulate(made);
    return made;
  }();
  return table;
}

}  // namespace mathtool::math
