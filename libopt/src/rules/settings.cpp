#include "mathtool/opt/rules/settings.hpp"

#include <cmath>

#include "mathtool/math/error.hpp"

namespace mathtool::opt {

std::string to_string(SettingRange range) {
  switch (range) {
    case SettingRange::positive: return "> 0";
    case SettingRange::not_negative: return ">= 0";
    case SettingRange::fraction: return "in [0, 1)";
  }
  return "?";
}

void check_setting(std::string_view rule, std::string_view name, double value, SettingRange range) {
  bool ok = std::isfinite(value);
  switch (range) {
    case SettingRange::positive: ok = ok && value > 0; break;
    case SettingRange::not_negative: ok = ok && value >= 0; break;
    case SettingRange::fraction: ok = ok && 0 <= value && value < 1; break;
  }
  require(ok, "{}: {} must be {}, got {}", rule, name, to_string(range), value);
}

}  // namespace mathtool::opt
