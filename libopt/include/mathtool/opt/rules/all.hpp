#pragma once

#include <map>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "mathtool/opt/rules/adadelta.hpp"
#include "mathtool/opt/rules/adagrad.hpp"
#include "mathtool/opt/rules/adam.hpp"
#include "mathtool/opt/rules/adamw.hpp"
#include "mathtool/opt/rules/amsgrad.hpp"
#include "mathtool/opt/rules/gradient_descent.hpp"
#include "mathtool/opt/rules/momentum.hpp"
#include "mathtool/opt/rules/nadam.hpp"
#include "mathtool/opt/rules/nesterov.hpp"
#include "mathtool/opt/rules/rmsprop.hpp"
#include "mathtool/opt/rules/settings.hpp"
#include "mathtool/opt/rules/sgd.hpp"

namespace mathtool::opt {

/// One of the rules that a program may be asked for by name.
using AnyRule = std::variant<GradientDescent, Sgd, Momentum, Nesterov, Adagrad, Adadelta, RmsProp,
                             Adam, AmsGrad, AdamW, NAdam>;

struct RuleInfo {
  std::string_view name = {}, summary = {};
  std::vector<SettingInfo> settings = {};  ///< `learning_rate` first
};

/// All rules, plain ones first.
std::span<const RuleInfo> rules();

/// The rule of this name, with its defaults except for the settings named.
/// Throws: DomainError for an unknown rule or setting, with the nearest one; for a value out of
/// range.
AnyRule make_rule(std::string_view name, const std::map<std::string, double>& settings = {});

/// The settings of a rule by name; switches are 0 or 1.
std::map<std::string, double> settings_of(const AnyRule& rule);

}  // namespace mathtool::opt
