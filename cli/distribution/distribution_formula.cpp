#include "cli/distribution/distribution_formula.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "mathtool/math/closest_match.hpp"
#include "mathtool/stats/distributions/all.hpp"

namespace mathtool::cli {
namespace {

using math::Expression;
using stats::Form;
using stats::Parameter;

constexpr int deepest = 100;  ///< distributions within each other

/// The name before the parentheses, or alone; null where there is none.
const std::string* family_name(const Expression& expression) {
  if (const auto* call = expression.as<Expression::Call>()) return &call->function;
  if (const auto* variable = expression.as<Expression::Variable>()) return &variable->name;
  return nullptr;
}

const stats::DistributionFamily& family_of(const Expression& written) {
  const std::string* name = family_name(written);
  require(name, "a distribution must stand here, as normal(0, 1), not {}", to_string(written));
  return stats::find_distribution_family(*name);
}

bool is_list(Form form) {
  return form == Form::list || form == Form::rest || form == Form::distributions;
}

bool holds_distributions(Form form) {
  return form == Form::distribution || form == Form::distributions;
}

/// The entries of what was written out as [a, b], or the one formula.
std::vector<Expression> written_out(const Expression& list) {
  return list.as<Expression::Matrix>() ? children(list) : std::vector<Expression>{list};
}

/// The formulas given for each parameter: for the one that takes the rest, several.
using Slots = std::vector<std::vector<Expression>>;

/// The place of "name" in name = value.
std::optional<std::size_t> named_place(const Expression& argument,
                                       const stats::DistributionFamily& family) {
  const auto* equation = argument.as<Expression::Operation>();
  if (!equation || equation->op != math::Operator::equation) return {};
  const auto* name = equation->operands[0].as<Expression::Variable>();
  const std::string given = name ? name->name : to_string(equation->operands[0]);
  const auto found = std::ranges::find(family.parameters, given, &Parameter::name);
  if (found != family.parameters.end())
    return static_cast<std::size_t>(found - family.parameters.begin());
  std::vector<std::string> names;
  for (const Parameter& parameter : family.parameters) names.emplace_back(parameter.name);
  throw DomainError(fmt::format("{} has no parameter '{}'{}; it has {}", family.name, given,
                                did_you_mean(given, names), fmt::join(names, ", ")));
}

Slots slots_of(const stats::DistributionFamily& family, const std::vector<Expression>& arguments) {
  Slots slots(family.parameters.size());
  bool named = false;
  std::size_t position = 0;
  for (const Expression& argument : arguments) {
    std::size_t place = std::min(position++, slots.size());
    const bool rest = !slots.empty() && family.parameters.back().form == Form::rest;
    if (rest) place = std::min(place, slots.size() - 1);
    const std::optional<std::size_t> by_name = named_place(argument, family);
    require(by_name || !named, "{}: after the first named parameter all are name = value",
            family.name);
    if (by_name) place = *by_name;
    named = by_name.has_value();
    require(place < slots.size(), "{} takes {} parameter{}, got {}", family.name, slots.size(),
            slots.size() == 1 ? "" : "s", arguments.size());
    require(slots[place].empty() || (rest && !named), "{}: {} is given twice", family.name,
            family.parameters[place].name);
    slots[place].push_back(named ? children(argument)[1] : argument);
  }
  return slots;
}

template <class... D>
bool has_name(std::string_view name, std::tuple<D...>*) {
  return ((D::name == name) || ...);
}

Expression joined(std::vector<Expression> entries) {
  return Expression(Expression::Matrix{{std::move(entries)}});
}

}  // namespace

bool names_distribution(const Expression& expression) {
  const std::string* name = family_name(expression);
  if (!name) return false;
  const auto is_named = [&](const auto& family) {
    return family.name == *name || std::ranges::count(family.aliases, *name) > 0;
  };
  return std::ranges::any_of(stats::distribution_families(), is_named) ||
         std::ranges::any_of(stats::multivariate_families(), is_named);
}

DistributionFormula::DistributionFormula(const Expression& written)
    : DistributionFormula(written, 0) {}

DistributionFormula::DistributionFormula(const Expression& written, int depth)
    : family_(&family_of(written)) {
  require(depth < deepest, "more than {} distributions within each other", deepest);
  const auto* call = written.as<Expression::Call>();
  const Slots slots = slots_of(*family_, call ? call->arguments : std::vector<Expression>{});
  for (std::size_t i = 0; i < slots.size(); ++i)
    arguments_.push_back(argument(family_->parameters[i], slots[i], depth));
}

DistributionFormula::Argument DistributionFormula::argument(const Parameter& parameter,
                                                            const std::vector<Expression>& written,
                                                            int depth) const {
  require(!written.empty() || parameter.standard, "{} needs {}, its {}", family_->name,
          parameter.name, parameter.meaning);
  require(parameter.form != Form::matrix, "{} is a distribution of vectors", family_->name);
  if (written.empty()) return {.numbers = {Expression(Expression::Number{*parameter.standard})}};
  std::vector<Expression> items;
  for (const Expression& item : written)
    for (Expression& entry : is_list(parameter.form) ? written_out(item) : std::vector{item})
      items.push_back(std::move(entry));
  if (!holds_distributions(parameter.form)) return {.numbers = std::move(items)};
  Argument made;
  for (const Expression& item : items)
    made.distributions.push_back(DistributionFormula(item, depth + 1));
  return made;
}

DistributionFormula DistributionFormula::with(
    FunctionRef<Expression(const Expression& parameter)> meaning) const {
  DistributionFormula other = *this;
  for (std::size_t i = 0; i < arguments_.size(); ++i) {
    std::vector<Expression>& numbers = other.arguments_[i].numbers;
    numbers.clear();
    for (const Expression& number : arguments_[i].numbers)
      for (Expression& entry : is_list(family_->parameters[i].form) ? written_out(meaning(number))
                                                                    : std::vector{meaning(number)})
        numbers.push_back(std::move(entry));
    for (DistributionFormula& inner : other.arguments_[i].distributions)
      inner = inner.with(meaning);
  }
  return other;
}

std::vector<Expression> DistributionFormula::parameters() const {
  std::vector<Expression> all;
  const auto add = [&](const std::vector<Expression>& more) {
    all.insert(all.end(), more.begin(), more.end());
  };
  for (const Argument& argument : arguments_) {
    add(argument.numbers);
    for (const DistributionFormula& inner : argument.distributions) add(inner.parameters());
  }
  return all;
}

Expression DistributionFormula::expression() const {
  Expression::Call call{std::string(family_->name), {}};
  for (std::size_t i = 0; i < arguments_.size(); ++i) {
    std::vector<Expression> items = arguments_[i].numbers;
    for (const DistributionFormula& inner : arguments_[i].distributions)
      items.push_back(inner.expression());
    const Form form = family_->parameters[i].form;
    if (is_list(form) && form != Form::rest) items = {joined(std::move(items))};
    call.arguments.insert(call.arguments.end(), items.begin(), items.end());
  }
  return Expression(std::move(call));
}

bool DistributionFormula::discrete() const {
  if (has_name(family_->name, static_cast<stats::DiscreteDistributions*>(nullptr))) return true;
  return std::ranges::any_of(arguments_, [](const Argument& argument) {
    return std::ranges::any_of(argument.distributions, &DistributionFormula::discrete);
  });
}

stats::AnyDistribution DistributionFormula::distribution(
    FunctionRef<std::vector<double>(const Expression& parameter)> numbers) const {
  std::vector<stats::Argument> values;
  for (std::size_t i = 0; i < arguments_.size(); ++i) {
    const auto& [name, domain, meaning, standard, form] = family_->parameters[i];
    std::vector<double> reals;
    for (const Expression& formula : arguments_[i].numbers)
      for (const double x : numbers(formula)) reals.push_back(x);
    std::vector<stats::AnyDistribution> inner;
    for (const DistributionFormula& formula : arguments_[i].distributions)
      inner.push_back(formula.distribution(numbers));
    require(is_list(form) || reals.size() + inner.size() == 1, "{}: {} is one number, not {}",
            family_->name, name, reals.size());
    if (form == Form::distributions)
      values.emplace_back(std::move(inner));
    else if (form == Form::distribution)
      values.emplace_back(inner[0]);
    else if (is_list(form))
      values.emplace_back(std::move(reals));
    else
      values.emplace_back(reals[0]);
  }
  return family_->make(values);
}

}  // namespace mathtool::cli
