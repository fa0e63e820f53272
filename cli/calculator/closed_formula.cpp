// A formula with everything that is known put in, to be differentiated, compiled or shown.

#include <fmt/core.h>

#include <algorithm>
#include <utility>

#include "cli/calculator/calculator.hpp"
#include "cli/calculator/call_level.hpp"
#include "cli/calculator/constants.hpp"
#include "cli/calculator/distribution_functions.hpp"
#include "cli/calculator/number_functions.hpp"
#include "cli/calculator/refusal.hpp"
#include "cli/distribution/distribution_formula.hpp"

namespace mathtool::cli {

using math::Expression;

Expression Calculator::close(const Expression& expression, const Scope& scope,
                             std::span<const std::string> free) {
  Meanings meanings;
  for (const auto& [name, value] : scope) meanings.insert_or_assign(name, to_expression(value));
  for (const std::string& name : free)
    meanings.insert_or_assign(name, Expression(Expression::Variable{name}));
  return closed(expression, meanings);
}

Expression Calculator::closed(const Expression& expression, const Meanings& meanings) {
  if (const auto* variable = expression.as<Expression::Variable>()) {
    if (const auto found = meanings.find(variable->name); found != meanings.end())
      return found->second;
    if (const auto found = variables_.find(variable->name); found != variables_.end())
      return to_expression(found->second);
    if (constants().count(variable->name) > 0) return expression;
    if (variable->name.starts_with('@')) return to_expression(file_column(variable->name));
    Scope known;
    for (const auto& [name, meaning] : meanings) known.insert_or_assign(name, Rational(0));
    refuse_name(expression, variable->name, known);
  }
  if (const auto* call = expression.as<Expression::Call>())
    return closed_call(expression, *call, meanings);
  std::vector<Expression> parts = children(expression);
  for (Expression& part : parts) part = closed(part, meanings);
  return with_children(expression, std::move(parts));
}

/// Of a function of formulas, which binds some names of `inside`.
Expression Calculator::closed_argument(const Expression::Call& call, std::size_t place,
                                       const Meanings& meanings, const Meanings& inside) {
  const Expression& argument = call.arguments[place];
  const auto* variable = argument.as<Expression::Variable>();
  if (distribution_place(call.function, call.arguments.size()) == place) {
    const auto meaning = variable ? meanings.find(variable->name) : meanings.end();
    const bool known = meaning == meanings.end() ? variable && knows(variable->name, {})
                                                 : meaning->second != argument;
    if (means_distribution(*this, call.function, argument, known))
      return closed_distribution(
          argument, [&](const Expression& parameter) { return closed(parameter, meanings); });
  }
  const std::vector<std::string> words = {"left", "right", "sequence"};
  if (variable && std::find(words.begin(), words.end(), variable->name) != words.end())
    return argument;
  return closed(argument, inside);
}

Expression Calculator::closed_call(const Expression& expression, const Expression::Call& call,
                                   const Meanings& meanings) {
  constexpr int most_inlined = 40;  // a function that calls itself is left to be evaluated
  const std::string& name = call.function;
  std::vector<Expression> arguments = call.arguments;
  const auto formula = formula_functions().find(name);
  if (formula != formula_functions().end()) {
    require_count(name, arguments.size(), formula->second.min_arguments,
                  formula->second.max_arguments);
    // What it binds gets a name of its own, so that it is not mistaken for one of the same name
    // outside.
    Meanings inner = meanings;
    std::vector<std::pair<std::string, std::string>> renamed;
    for (const std::string& bound : bound_variables(name, arguments)) {
      renamed.emplace_back(bound, fmt::format("{}{}{}", bound, bound_mark, ++fresh_));
      inner.insert_or_assign(bound, Expression(Expression::Variable{renamed.back().second}));
    }
    for (std::size_t i = 0; i < arguments.size(); ++i)
      arguments[i] = closed_argument(call, i, meanings, inner);
    if (!formula->second.inline_formula)
      return Expression(Expression::Call{name, std::move(arguments)}, expression.column());
    const Expression result = formula->second.inline_formula(*this, arguments);
    const auto outside = [&](Expression part) {  // what was bound means again what it does there
      for (const auto& [outer, fresh] : renamed)
        if (contains(part, fresh))
          part = substitute(part, fresh, closed(Expression(Expression::Variable{outer}), meanings));
      return part;
    };
    const auto* kept = result.as<Expression::Call>();
    if (!kept || kept->function != name) return outside(result);
    constexpr std::size_t place = 3;  // diff(f, x, n, at): of its parts, where to take it
    arguments[place] = outside(arguments[place]);
    return Expression(Expression::Call{name, std::move(arguments)}, expression.column());
  }
  for (Expression& argument : arguments) argument = closed(argument, meanings);
  if (const auto user = functions_.find(name); user != functions_.end() && depth_ < most_inlined) {
    const CallLevel level(*this, name);
    const auto count = static_cast<int>(user->second.parameters.size());
    require_count(name, arguments.size(), count, count);
    Meanings inner;
    for (std::size_t i = 0; i < arguments.size(); ++i)
      inner.insert_or_assign(user->second.parameters[i], arguments[i]);
    return closed(user->second.body, inner);
  }
  if (!is_number_function(name) && name != "if" && value_functions().count(name) == 0 &&
      functions_.count(name) == 0)
    refuse_function(expression, name);
  // What is only taken apart, never evaluated, must make sense all the same.
  if (is_number_function(name) && value_functions().count(name) == 0 &&
      !names_distribution(expression))
    (void)number_functions().find(name, arguments.size());
  return Expression(Expression::Call{name, std::move(arguments)}, expression.column());
}

}  // namespace mathtool::cli
