#pragma once

#include <string>
#include <string_view>
#include <variant>

namespace mathtool::opt {

/// The inequality that a setting must satisfy.
enum class SettingRange {
  positive,      ///< > 0
  not_negative,  ///< ≥ 0
  fraction       ///< in [0, 1)
};

std::string to_string(SettingRange range);

/// One setting of a rule: what help, checks and saved models know of it follows from this.
template <class Rule>
struct Setting {
  std::string_view name;
  std::variant<double Rule::*, bool Rule::*> member;
  SettingRange range = SettingRange::positive;  ///< of a number
  std::string_view meaning = {};
};

/// Throws: DomainError with rule, setting and value.
void check_setting(std::string_view rule, std::string_view name, double value, SettingRange range);

/// Checks all settings of a rule against their ranges.
template <class Rule>
void check_settings(const Rule& rule) {
  for (const Setting<Rule>& setting : Rule::settings())
    if (const auto* number = std::get_if<double Rule::*>(&setting.member))
      check_setting(Rule::name, setting.name, rule.**number, setting.range);
}

}  // namespace mathtool::opt
