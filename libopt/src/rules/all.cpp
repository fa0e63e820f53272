#include "mathtool/opt/rules/all.hpp"

#include "../registry.hpp"

namespace mathtool::opt {

std::span<const RuleInfo> rules() {
  static const std::vector<RuleInfo> all = [] {
    std::vector<RuleInfo> infos;
    for_each_alternative<AnyRule>([&]<class Rule>(const Rule&) {
      infos.push_back({Rule::name, Rule::summary, setting_infos<Rule>()});
    });
    return infos;
  }();
  return all;
}

AnyRule make_rule(std::string_view name, const std::map<std::string, double>& settings) {
  return make_named<AnyRule>("rule", name, settings);
}

std::map<std::string, double> settings_of(const AnyRule& rule) {
  return std::visit([](const auto& r) { return setting_values(r); }, rule);
}

}  // namespace mathtool::opt
