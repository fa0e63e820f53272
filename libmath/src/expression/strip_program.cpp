#include "strip_program.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <cstdint>
#include <map>
#include <unordered_map>
#include <utility>

#include "mathtool/math/closest_match.hpp"
#include "mathtool/math/error.hpp"
#include "mathtool/math/expression/formula_error.hpp"
#include "operator_kernels.hpp"
#include "operators.hpp"
#include "source_text.hpp"

namespace mathtool::math {
namespace {

/// A part of an expression in a message.
std::string shown(const Expression& expression) {
  constexpr std::size_t longest = 60;
  const std::string text = to_string(expression);
  return text.size() <= longest ? text : text.substr(0, longest) + "...";
}

class Compiler {
 public:
  Compiler(std::span<const VariableType> variables, const FunctionTable& functions,
           std::string_view source)
      : variables_(variables), functions_(functions), source_(source) {
    for (std::size_t i = variables.size(); i-- > 0;) positions_[variables[i].name] = i;
  }

  StripProgram compile(const Expression& expression) {
    for (const std::string& name : math::variables(expression))
      if (const auto found = positions_.find(name); found != positions_.end())
        program_.used.push_back(static_cast<Index>(found->second));
    std::sort(program_.used.begin(), program_.used.end());
    if (type_of(expression) == ValueType::text)
      refuse(expression, fmt::format("the result, {}, is text; compare it with another text, as in "
                                     "{} == \"a\"",
                                     shown(expression), shown(expression)));
    program_.result = number(expression);
    return std::move(program_);
  }

 private:
  using Register = std::size_t;

  Register number(const Expression& expression);
  Register operation(const Expression& expression, const Expression::Operation& operation);
  Register call(const Expression& expression, const Expression::Call& call);
  Register variable(const Expression& expression, const std::string& name);
  StripProgram::TextOperand text(const Expression& expression) const;

  ValueType type_of(const Expression& expression) const;
  StripProgram::LoadColumn column(std::size_t position) const;
  const Function& function(const Expression& expression, const Expression::Call& call) const;
  [[noreturn]] void refuse_name(const Expression& expression, const std::string& name) const;

  [[noreturn]] void refuse(const Expression& where, const std::string& message) const {
    const std::string place = where.column() == 0 ? "" : fmt::format("column {}: ", where.column());
    throw FormulaError(fmt::format("{}: {}{}", source_, place, printable(message)), where.column());
  }

  /// Registers that hold no value any more are filled again, but never by the step that reads them.
  Register emit(decltype(StripProgram::Step::action) action,
                const std::vector<Register>& released = {}) {
    if (free_.empty()) free_.push_back(program_.registers++);
    const Register result = free_.back();
    free_.pop_back();
    program_.steps.push_back({std::move(action), result});
    for (const Register done : released)
      if (!is_kept(done)) free_.push_back(done);
    return result;
  }

  /// A register of its own, so that it is filled once and not strip by strip.
  Register constant_register(double value) {
    for (const auto& [known, result] : program_.constants)
      if (std::bit_cast<std::uint64_t>(known) == std::bit_cast<std::uint64_t>(value)) return result;
    program_.constants.push_back({value, program_.registers});
    return program_.registers++;
  }
  /// A column is loaded once for each strip, however often it is read.
  Register column_register(StripProgram::LoadColumn load) {
    const auto [place, fresh] = loaded_.emplace(load.column, program_.registers);
    if (fresh) {
      program_.steps.push_back({load, place->second});
      ++program_.registers;
    }
    return place->second;
  }
  bool is_kept(Register place) const {
    const auto holds = [place](const auto& entry) { return entry.result == place; };
    const auto holds_column = [place](const auto& entry) { return entry.second == place; };
    return std::any_of(program_.constants.begin(), program_.constants.end(), holds) ||
           std::any_of(loaded_.begin(), loaded_.end(), holds_column);
  }

  std::span<const VariableType> variables_;
  const FunctionTable& functions_;
  std::string_view source_;
  std::unordered_map<std::string_view, std::size_t> positions_ = {};
  StripProgram program_ = {};
  std::vector<Register> free_ = {};
  std::map<std::size_t, Register> loaded_ = {};  ///< columns
};

ValueType Compiler::type_of(const Expression& expression) const {
  if (expression.as<Expression::Text>()) return ValueType::text;
  const auto* name = expression.as<Expression::Variable>();
  const auto found = name ? positions_.find(name->name) : positions_.end();
  return found == positions_.end() ? ValueType::number : variables_[found->second].type;
}

StripProgram::LoadColumn Compiler::column(std::size_t position) const {
  const auto found =
      std::lower_bound(program_.used.begin(), program_.used.end(), static_cast<Index>(position));
  return {static_cast<std::size_t>(found - program_.used.begin())};
}

Compiler::Register Compiler::number(const Expression& expression) {
  if (type_of(expression) == ValueType::text)
    refuse(expression, fmt::format("{} is text where a number must stand", shown(expression)));
  if (const auto* constant = expression.as<Expression::Number>())
    return constant_register(constant->value);
  if (const auto* name = expression.as<Expression::Variable>())
    return variable(expression, name->name);
  if (const auto* made = expression.as<Expression::Operation>())
    return operation(expression, *made);
  if (const auto* called = expression.as<Expression::Call>()) return call(expression, *called);
  refuse(expression, fmt::format("{} is a matrix where a number must stand", shown(expression)));
}

Compiler::Register Compiler::variable(const Expression& expression, const std::string& name) {
  if (const auto found = positions_.find(name); found != positions_.end())
    return column_register(column(found->second));
  if (const auto found = functions_.constants.find(name); found != functions_.constants.end())
    return constant_register(found->second);
  refuse_name(expression, name);
}

void Compiler::refuse_name(const Expression& expression, const std::string& name) const {
  if (functions_.functions.count(name) > 0)
    refuse(expression, fmt::format("'{0}' is a function; write {0}(...)", name));
  std::vector<std::string> names;
  for (const VariableType& variable : variables_) names.push_back(variable.name);
  for (const auto& [constant, value] : functions_.constants) names.push_back(constant);
  refuse(expression, fmt::format("no variable '{}'{}", name, did_you_mean(name, names)));
}

/// Texts on one side only are refused; elsewhere than in comparisons `number` refuses them.
Compiler::Register Compiler::operation(const Expression& expression,
                                       const Expression::Operation& operation) {
  const auto& operands = operation.operands;
  if (syntax_of(operation.op).strength == Strength::comparison) {
    const ValueType left = type_of(operands[0]), right = type_of(operands[1]);
    if (left != right)
      refuse(expression,
             fmt::format("{} is {} and {} is {}; only like can be compared with like",
                         shown(operands[0]), left == ValueType::text ? "text" : "a number",
                         shown(operands[1]), right == ValueType::text ? "text" : "a number"));
    if (left == ValueType::text)
      return emit(StripProgram::CompareTexts{operation.op, text(operands[0]), text(operands[1])});
  }
  const Kernel& kernel = kernel_of(operation.op);
  if (!kernel) refuse(expression, fmt::format("{} is no number", shown(expression)));
  Register result = number(operands[0]);
  if (operands.size() == 1) return emit(StripProgram::Apply{kernel, {result}}, {result});
  for (std::size_t i = 1; i < operands.size(); ++i) {
    const Register right = number(operands[i]);
    result = emit(StripProgram::Apply{kernel, {result, right}}, {result, right});
  }
  return result;
}

StripProgram::TextOperand Compiler::text(const Expression& expression) const {
  if (const auto* literal = expression.as<Expression::Text>()) return literal->value;
  return column(positions_.at(expression.as<Expression::Variable>()->name));
}

Compiler::Register Compiler::call(const Expression& expression, const Expression::Call& call) {
  const Function& called = function(expression, call);
  std::vector<Register> arguments;
  for (const Expression& argument : call.arguments) arguments.push_back(number(argument));
  return emit(StripProgram::Apply{called.kernel, arguments}, arguments);
}

const Function& Compiler::function(const Expression& expression,
                                   const Expression::Call& call) const {
  if (positions_.count(call.function) > 0 && functions_.functions.count(call.function) == 0)
    refuse(expression,
           fmt::format("'{0}' is no function; for a product write {0} * (...)", call.function));
  try {
    return functions_.find(call.function, call.arguments.size());
  } catch (const DomainError& error) { refuse(expression, error.what()); }
}

}  // namespace

StripProgram compile(const Expression& expression, std::span<const VariableType> variables,
                     const FunctionTable& functions, std::string_view source) {
  constexpr std::size_t most_registers = 4096;
  StripProgram program = Compiler(variables, functions, source).compile(expression);
  require(program.registers <= most_registers,
          "{}: more than {} intermediate results at a time; split the expression", source,
          most_registers);
  return program;
}

}  // namespace mathtool::math
