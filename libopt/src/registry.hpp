#pragma once

#include <fmt/format.h>

#include <cmath>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

#include "mathtool/math/closest_match.hpp"
#include "mathtool/math/error.hpp"
#include "mathtool/opt/rules/settings.hpp"

// What the registries of rules and of methods share: kinds that are known by name, each with the
// settings that its own table lists.

namespace mathtool::opt {

template <class Kind>
double setting_value(const Kind& kind, const Setting<Kind>& setting) {
  return std::visit([&](auto member) { return static_cast<double>(kind.*member); }, setting.member);
}

template <class Kind>
std::vector<SettingInfo> setting_infos() {
  std::vector<SettingInfo> infos;
  for (const Setting<Kind>& setting : Kind::settings()) {
    const bool is_switch = std::holds_alternative<bool Kind::*>(setting.member);
    const bool is_real = std::holds_alternative<double Kind::*>(setting.member);
    infos.push_back({setting.name, setting_value(Kind{}, setting), is_switch,
                     !is_switch && !is_real, is_switch ? "0 or 1" : to_string(setting.range),
                     setting.meaning});
  }
  return infos;
}

template <class Kind>
std::map<std::string, double> setting_values(const Kind& kind) {
  std::map<std::string, double> values;
  for (const Setting<Kind>& setting : Kind::settings())
    values.emplace(setting.name, setting_value(kind, setting));
  return values;
}

/// Throws: DomainError for a setting that there is not, with the nearest one, and for a number that
/// is not whole where it must be.
template <class Kind>
void set(Kind& kind, const std::string& name, double value) {
  std::vector<std::string> names;
  for (const Setting<Kind>& setting : Kind::settings()) {
    names.emplace_back(setting.name);
    if (setting.name != name) continue;
    std::visit(
        [&](auto member) {
          using T = std::remove_cvref_t<decltype(kind.*member)>;
          if constexpr (std::is_same_v<T, bool>) {
            require(value == 0 || value == 1, "{}: {} must be 0 or 1, got {}", Kind::name, name,
                    value);
          } else if constexpr (std::is_integral_v<T>) {
            // Beyond 2⁵³ a double no longer tells one whole number from the next.
            const double limit = std::is_same_v<T, int> ? 2147483647.0 : 0x1p53;
            require(value == std::floor(value) && std::abs(value) <= limit &&
                        (std::is_signed_v<T> || value >= 0),
                    "{}: {} must be a whole number{}, got {}", Kind::name, name,
                    std::is_signed_v<T> ? "" : " >= 0", value);
          }
          kind.*member = static_cast<T>(value);
        },
        setting.member);
    return;
  }
  throw DomainError(names.empty()
                        ? fmt::format("{} has no settings, but '{}' was given", Kind::name, name)
                        : fmt::format("{} has no setting '{}'{}; it has {}", Kind::name, name,
                                      did_you_mean(name, names), fmt::join(names, ", ")));
}

/// Calls f with each alternative of a variant, at its defaults.
template <class Variant, class F>
void for_each_alternative(F&& f) {
  [&]<std::size_t... i>(std::index_sequence<i...>) {
    (f(std::variant_alternative_t<i, Variant>{}), ...);
  }
  (std::make_index_sequence<std::variant_size_v<Variant>>());
}

/// The alternative of this name with the settings named, validated. `what` is it: "rule".
template <class Variant>
Variant make_named(std::string_view what, std::string_view name,
                   const std::map<std::string, double>& settings) {
  std::optional<Variant> made;
  std::vector<std::string> names;
  for_each_alternative<Variant>([&]<class Kind>(Kind kind) {
    names.emplace_back(Kind::name);
    if (Kind::name != name) return;
    for (const auto& [setting, value] : settings) set(kind, setting, value);
    kind.validate();
    made = std::move(kind);
  });
  if (!made)
    throw DomainError(fmt::format("there is no {} '{}'{}; there are {}", what, name,
                                  did_you_mean(name, names), fmt::join(names, ", ")));
  return *std::move(made);
}

}  // namespace mathtool::opt
