#include "mathtool/opt/rules/all.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <utility>

#include "mathtool/math/closest_match.hpp"
#include "mathtool/math/error.hpp"

namespace mathtool::opt {
namespace {

template <class Rule>
double value_of(const Rule& rule, const Setting<Rule>& setting) {
  return std::visit([&](auto member) { return static_cast<double>(rule.*member); }, setting.member);
}

template <class Rule>
RuleInfo info_of() {
  RuleInfo info{Rule::name, Rule::summary, {}};
  for (const Setting<Rule>& setting : Rule::settings()) {
    const bool is_switch = std::holds_alternative<bool Rule::*>(setting.member);
    info.settings.push_back({setting.name, value_of(Rule{}, setting), is_switch,
                             is_switch ? "0 or 1" : to_string(setting.range), setting.meaning});
  }
  return info;
}

/// Calls f with each kind of rule, at its defaults.
template <class F, std::size_t... i>
void for_each_rule(F&& f, std::index_sequence<i...>) {
  (f(std::variant_alternative_t<i, AnyRule>{}), ...);
}
template <class F>
void for_each_rule(F&& f) {
  for_each_rule(std::forward<F>(f), std::make_index_sequence<std::variant_size_v<AnyRule>>());
}

template <class Rule>
void set(Rule& rule, const std::string& name, double value) {
  std::vector<std::string> names;
  for (const Setting<Rule>& setting : Rule::settings()) {
    names.emplace_back(setting.name);
    if (setting.name != name) continue;
    if (const auto* number = std::get_if<double Rule::*>(&setting.member)) {
      rule.** number = value;
    } else {
      require(value == 0 || value == 1, "{}: {} must be 0 or 1, got {}", Rule::name, name, value);
      rule.*std::get<bool Rule::*>(setting.member) = value == 1;
    }
    return;
  }
  throw DomainError(fmt::format("{} has no setting '{}'{}; it has {}", Rule::name, name,
                                did_you_mean(name, names), fmt::join(names, ", ")));
}

}  // namespace

std::span<const RuleInfo> rules() {
  static const std::vector<RuleInfo> all = [] {
    std::vector<RuleInfo> infos;
    for_each_rule([&]<class Rule>(const Rule&) { infos.push_back(info_of<Rule>()); });
    return infos;
  }();
  return all;
}

AnyRule make_rule(std::string_view name, const std::map<std::string, double>& settings) {
  std::optional<AnyRule> made;
  std::vector<std::string> names;
  for_each_rule([&]<class Rule>(Rule rule) {
    names.emplace_back(Rule::name);
    if (Rule::name != name) return;
    for (const auto& [setting, value] : settings) set(rule, setting, value);
    rule.validate();
    made = rule;
  });
  if (!made)
    throw DomainError(fmt::format("there is no rule '{}'{}; there are {}", name,
                                  did_you_mean(name, names), fmt::join(names, ", ")));
  return *made;
}

std::map<std::string, double> settings_of(const AnyRule& rule) {
  return std::visit(
      []<class Rule>(const Rule& r) {
        std::map<std::string, double> result;
        for (const Setting<Rule>& setting : Rule::settings())
          result.emplace(setting.name, value_of(r, setting));
        return result;
      },
      rule);
}

}  // namespace mathtool::opt
