#include "cli/minimize/minimization_problem.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <optional>

#include "cli/first_few.hpp"
#include "cli/named_values.hpp"
#include "cli/nesting.hpp"
#include "mathtool/math/closest_match.hpp"
#include "mathtool/math/constants.hpp"
#include "mathtool/math/error.hpp"
#include "mathtool/math/expression/parse_expression.hpp"

namespace mathtool::cli {
namespace {

using math::Expression;
using math::Operator;

/// A constraint divided at its sign.
struct Sides {
  std::string left, right;
  char relation;  ///< '=', '<' of <=, '>' of >=
};

Sides divide(const std::string& text) {
  std::optional<Sides> sides;
  const auto refuse = [&](std::string_view why) {
    throw DomainError(fmt::format("--subject-to: '{}' {}", text, why));
  };
  Nesting nesting;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    const bool sign = c == '=' || c == '<' || c == '>';
    if (!sign || nesting.depth() > 0 || nesting.quoted()) {
      nesting.step(c);
      continue;
    }
    if (sides) refuse("has two signs; give each of them an option of its own");
    const char next = i + 1 < text.size() ? text[i + 1] : ' ';
    if (c == '=' && (next == '<' || next == '>'))
      refuse(fmt::format("is no constraint: write {0}= instead of ={0}", next));
    const std::size_t length = next == '=' ? 2 : 1;
    if (c != '=' && length == 1)
      refuse(fmt::format("has no boundary that could be reached; write {}=", c));
    if (i > 0 && text[i - 1] == '!') refuse("is no constraint: it needs =, <= or >=");
    sides = Sides{text.substr(0, i), text.substr(i + length), c};
    i += length - 1;
  }
  if (!sides) refuse("is no constraint: it needs =, <= or >=");
  return *sides;
}

Expression parsed(Calculator& calculator, const std::string& text, std::string_view source,
                  std::vector<std::string>& variables, std::vector<std::string>& notes) {
  math::ParsedExpression read =
      math::parse_expression(text, {.source = source, .calculator = true});
  for (std::string& note : read.notes) notes.push_back(std::move(note));
  const std::vector<std::string> unknown = calculator.unknown_names(read.expression, {});
  Expression closed = calculator.close(read.expression, {}, unknown);
  for (const std::string& name : math::variables(closed)) {
    const bool free = std::find(unknown.begin(), unknown.end(), name) != unknown.end();
    const bool known = std::find(variables.begin(), variables.end(), name) != variables.end();
    if (free && !known) variables.push_back(name);
    if (!free && name == "i") notes.emplace_back("i is the imaginary unit, not a variable");
  }
  return closed;
}

}  // namespace

MinimizationProblem::MinimizationProblem(Calculator& calculator, const MinimizationTexts& texts)
    : text_(texts.formula) {
  const Expression f = parsed(calculator, texts.formula, "EXPR", variables_, notes_);
  struct Difference {
    Expression g;
    char relation;
  };
  std::vector<Difference> differences;
  for (const std::string& text : texts.constraints) {
    const Sides sides = divide(text);
    const Expression left = parsed(calculator, sides.left, "--subject-to", variables_, notes_);
    const Expression right = parsed(calculator, sides.right, "--subject-to", variables_, notes_);
    const bool turned = sides.relation == '>';
    differences.push_back(
        {Expression(Expression::Operation{
             Operator::subtract, turned ? std::vector{right, left} : std::vector{left, right}}),
         sides.relation});
  }
  require(!variables_.empty(), "'{}' has no variables; for its value see mathtool calc",
          texts.formula);
  read_bounds(texts.bounds);
  objective_.emplace_back(calculator, f, variables_, box_);
  for (std::size_t i = 0; i < differences.size(); ++i)
    constraints_.push_back({FormulaObjective(calculator, differences[i].g, variables_, box_),
                            differences[i].relation == '=', differences[i].relation == '>',
                            texts.constraints[i]});
  read_start(texts.start);
  if (!exact())
    notes_.push_back(
        "a function in the formula has no known derivative: gradients are taken by "
        "differences");
}

bool MinimizationProblem::exact() const {
  return objective_.front().exact() &&
         std::all_of(constraints_.begin(), constraints_.end(),
                     [](const SideCondition& side) { return side.g.exact(); });
}

opt::ConstrainedProblem MinimizationProblem::with_constraints() const {
  opt::ConstrainedProblem problem{.f = objective(), .box = box_};
  for (const SideCondition& side : constraints_)
    problem.constraints.push_back({side.g.objective(), side.equality, side.text, side.turned});
  return problem;
}

Index MinimizationProblem::index_of(const std::string& name, std::string_view option) const {
  const auto place = std::find(variables_.begin(), variables_.end(), name);
  require(place != variables_.end(), "{}: '{}' is no variable of the formula{}; it has {}", option,
          name, did_you_mean(name, variables_), first_few(variables_));
  return place - variables_.begin();
}

void MinimizationProblem::read_bounds(const std::vector<std::string>& texts) {
  const Index n = std::ssize(variables_);
  const std::vector<NamedRange> ranges = named_ranges(texts, "--bounds");
  if (ranges.empty()) return;
  box_ = {Vec::Constant(n, -infinity), Vec::Constant(n, infinity)};
  for (const NamedRange& range : ranges) {
    const Index i = index_of(range.name, "--bounds");
    box_.low[i] = range.low, box_.high[i] = range.high;
  }
}

void MinimizationProblem::read_start(const std::vector<std::string>& texts) {
  start_ = Vec::Constant(std::ssize(variables_), not_a_number);
  for (const NamedValue& given : named_values(texts, "--start")) {
    start_[index_of(given.name, "--start")] = given.value;
  }
  std::vector<std::string> missing, moved;
  for (Index i = 0; i < start_.size(); ++i) {
    const std::string& name = variables_[static_cast<std::size_t>(i)];
    if (std::isnan(start_[i])) {
      missing.push_back(name);
      start_[i] = 0;
    }
    if (box_.unbounded()) continue;
    const double inside = std::clamp(start_[i], box_.low[i], box_.high[i]);
    if (inside != start_[i]) moved.push_back(fmt::format("{} = {}", name, inside));
    start_[i] = inside;
  }
  if (!missing.empty())
    notes_.push_back(fmt::format("no --start for {}: {} at 0", first_few(missing),
                                 missing.size() == 1 ? "it begins" : "they begin"));
  if (!moved.empty())
    notes_.push_back(fmt::format("the start is moved into the bounds: {}", first_few(moved)));
}

}  // namespace mathtool::cli
