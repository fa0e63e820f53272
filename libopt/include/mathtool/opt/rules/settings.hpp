#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <type_traits>
#include <variant>

namespace mathtool::opt {

/// The inequality that a setting must satisfy.
enum class SettingRange {
  positive,      ///< > 0
  not_negative,  ///< ≥ 0
  fraction       ///< in [0, 1)
};

std::string to_string(SettingRange range);

/// One setting of a rule or a method: what help, checks and saved models know of it follows from
/// this.
template <class Rule>
struct Setting {
  std::string_view name;
  std::variant<double Rule::*, bool Rule::*, int Rule::*, std::uint64_t Rule::*> member;
  SettingRange range = SettingRange::positive;  ///< of a number
  std::string_view meaning = {};
};

/// A setting as help shows it.
struct SettingInfo {
  std::string_view name = {};
  double default_value = 0;  ///< of a switch 0 or 1
  bool is_switch = false;
  bool is_whole = false;   ///< takes whole numbers alone
  std::string range = {};  ///< "> 0"
  std::string_view meaning = {};
};

/// Throws: DomainError with rule, setting and value.
void check_setting(std::string_view rule, std::string_view name, double value, SettingRange range);

/// Checks all settings of a rule against their ranges.
template <class Rule>
void check_settings(const Rule& rule) {
  for (const Setting<Rule>& setting : Rule::settings())
    std::visit(
        [&](auto member) {
          if constexpr (!std::is_same_v<decltype(member), bool Rule::*>)
            check_setting(Rule::name, setting.name, static_cast<double>(rule.*member),
                          setting.range);
        },
        setting.member);
}

}  // namespace mathtool::opt
