#include "cli/series/expression_curves.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "cli/constant_expression.hpp"
#include "cli/distribution/numeric_verbs.hpp"
#include "cli/first_few.hpp"
#include "cli/series/curve.hpp"
#include "mathtool/math/error.hpp"
#include "mathtool/math/expression/block_evaluator.hpp"
#include "mathtool/math/expression/parse_expression.hpp"

namespace mathtool::cli {
namespace {

using math::BlockEvaluator;
using math::Expression;

/// The one name in all expressions that is no constant; x when there is none.
std::string free_variable(const std::vector<Expression>& expressions) {
  const auto& constants = math::elementary_functions().constants;
  std::vector<std::string> names;
  for (const Expression& expression : expressions)
    for (const std::string& name : variables(expression))
      if (constants.count(name) == 0 && std::find(names.begin(), names.end(), name) == names.end())
        names.push_back(name);
  require(names.size() <= 1, "a curve has one variable, but there are {}", first_few(names));
  return names.empty() ? "x" : names[0];
}

math::Kernel kernel_of(const math::ScalarFunction<double>& function) {
  return
      [apply = function.apply](std::span<const double* const> arguments, std::span<double> result) {
        std::vector<double> numbers(arguments.size());
        for (std::size_t i = 0; i < result.size(); ++i) {
          for (std::size_t k = 0; k < numbers.size(); ++k) numbers[k] = arguments[k][i];
          result[i] = apply(numbers);
        }
      };
}

/// Of elementary functions and the verbs of distributions.
BlockEvaluator evaluator_of(const Expression& expression,
                            const std::vector<math::VariableType>& variable,
                            std::string_view source) {
  math::FunctionTable table = math::elementary_functions();
  math::ScalarFunctions<double> functions = math::scalar_functions(math::elementary_functions());
  const Expression numeric = with_numeric_verbs(expression, {&variable[0].name, 1}, functions);
  for (const auto& [name, function] : functions.functions)
    if (table.functions.count(name) == 0)
      table.functions[name] = {function.min_arguments, function.max_arguments, kernel_of(function)};
  return BlockEvaluator(numeric, variable, table, source);
}

Curve curve_of(const BlockEvaluator& evaluator, const Limits& range) {
  BlockEvaluator::Scratch scratch;
  const auto evaluate = [&](std::span<const double> x, std::span<double> y) {
    std::vector<math::ValueColumn> columns;
    if (!evaluator.used().empty()) columns.push_back(math::NumberColumn{x.data()});
    evaluator.evaluate(columns, y, scratch);
  };
  return sample_curve(evaluate, range.first, range.second);
}

bool has_value(const Curve& curve) {
  return std::any_of(curve.y.begin(), curve.y.end(), [](double y) { return std::isfinite(y); });
}

}  // namespace

Limits parse_range(const std::string& text) {
  const std::size_t colon = text.find(':');
  require(colon != text.npos, "--range is LOW:HIGH, as in -5:5 or 0:2pi, got '{}'", text);
  const Limits range{constant_expression(text.substr(0, colon), "--range"),
                     constant_expression(text.substr(colon + 1), "--range")};
  require(range.first < range.second && std::isfinite(range.second - range.first),
          "--range needs finite numbers LOW < HIGH, got '{}'", text);
  return range;
}

PlotContent expression_curves(const std::vector<std::string>& texts, const Limits& range,
                              Mark mark) {
  constexpr std::string_view source = "EXPR";
  PlotContent content;
  std::vector<Expression> expressions;
  for (const std::string& text : texts) {
    math::ParsedExpression parsed = math::parse_expression(text, {.source = source});
    expressions.push_back(with_plain_distributions(parsed.expression));
    content.notes.insert(content.notes.end(), parsed.notes.begin(), parsed.notes.end());
  }
  const std::vector<math::VariableType> variable{{free_variable(expressions)}};
  Panel panel{.x_label = variable[0].name};
  if (texts.size() == 1) panel.y_label = texts[0];
  std::vector<Curve> curves;
  for (std::size_t i = 0; i < expressions.size(); ++i) {
    curves.push_back(curve_of(evaluator_of(expressions[i], variable, source), range));
    const Curve& curve = curves.back();
    if (!has_value(curve))
      content.notes.push_back(
          fmt::format("{} has no finite value from {} to {}", texts[i], range.first, range.second));
    content.series.push_back({texts[i], curve.x, curve.y});
    panel.series.push_back(
        {.name = texts.size() > 1 ? texts[i] : "", .mark = mark, .x = curve.x, .y = curve.y});
  }
  panel.y_limits = readable_limits(curves);
  if (panel.y_limits)
    content.figure.notes.push_back(
        fmt::format("the y axis is cut to {:.3g} ... {:.3g}: few values "
                    "lie beyond",
                    panel.y_limits->first, panel.y_limits->second));
  content.figure.panels.push_back(std::move(panel));
  return content;
}

}  // namespace mathtool::cli
