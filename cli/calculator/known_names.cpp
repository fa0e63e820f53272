// Which names mean something, and what is said of those that do not.

#include <fmt/core.h>

#include "cli/calculator/calculator.hpp"
#include "cli/calculator/constants.hpp"
#include "cli/calculator/number_functions.hpp"
#include "cli/calculator/refusal.hpp"
#include "cli/distribution/distribution_formula.hpp"
#include "mathtool/math/closest_match.hpp"

namespace mathtool::cli {
namespace {

using math::Expression;

template <class Map>
void add_names(const Map& map, std::vector<std::string>& names) {
  for (const auto& [name, meaning] : map) names.push_back(name);
}

}  // namespace

std::vector<std::string> Calculator::names() const {
  std::vector<std::string> names;
  add_names(variables_, names);
  add_names(functions_, names);
  add_names(constants(), names);
  add_names(formula_functions(), names);
  add_names(value_functions(), names);
  add_names(number_functions().functions, names);
  for (const stats::DistributionFamily& family : stats::distribution_families())
    names.emplace_back(family.name);
  return names;
}

std::vector<std::string> Calculator::unknown_names(const Expression& expression,
                                                   const Scope& scope) const {
  std::vector<std::string> names = variables(expression);
  std::erase_if(names, [&](const std::string& name) {
    return scope.count(name) > 0 || variables_.count(name) > 0 || constants().count(name) > 0 ||
           functions_.count(name) > 0 || name.starts_with('@');
  });
  return names;
}

void Calculator::refuse_name(const Expression& expression, const std::string& name,
                             const Scope& scope) const {
  if (functions_.count(name) > 0 || is_number_function(name) || value_functions().count(name) > 0 ||
      formula_functions().count(name) > 0)
    refuse(expression, fmt::format("'{0}' is a function; write {0}(...)", name));
  std::vector<std::string> known;
  add_names(scope, known);
  add_names(variables_, known);
  add_names(constants(), known);
  refuse(expression, fmt::format("unknown name '{}'{}", name, did_you_mean(name, known)));
}

void Calculator::refuse_function(const Expression& expression, const std::string& name) const {
  if (variables_.count(name) > 0 || constants().count(name) > 0)
    refuse(expression, fmt::format("'{0}' is no function; for a product write {0} * (...)", name));
  if (names_distribution(expression))
    refuse(expression,
           fmt::format("'{0}' is a distribution; write cdf({0}(...), x), mean({0}(...))", name));
  refuse(expression, fmt::format("unknown function '{}'{}", name, did_you_mean(name, names())));
}

}  // namespace mathtool::cli
