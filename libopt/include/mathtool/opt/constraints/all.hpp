#pragma once

#include <map>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "mathtool/opt/constraints/minimize.hpp"
#include "mathtool/opt/methods/augmented_lagrangian.hpp"
#include "mathtool/opt/methods/lagrange_newton.hpp"
#include "mathtool/opt/methods/sqp.hpp"
#include "mathtool/opt/rules/settings.hpp"

namespace mathtool::opt {

/// Whatever minimises under constraints and may be asked for by name.
using AnyConstrainedMethod = std::variant<Sqp, AugmentedLagrangian, LagrangeNewton>;

struct ConstrainedMethodInfo {
  std::string_view name = {}, summary = {};
  std::vector<SettingInfo> settings = {};
};

std::span<const ConstrainedMethodInfo> constrained_methods();

/// The method of this name, with its defaults except for the settings named.
/// Throws: DomainError for an unknown method or setting, with the nearest one; for a value out of
/// range.
AnyConstrainedMethod make_constrained_method(std::string_view name,
                                             const std::map<std::string, double>& settings = {});

/// As `minimize` with the method itself, which is compiled only once.
ConstrainedMinimum minimize(const ConstrainedProblem& problem, const VecRef& x0,
                            const AnyConstrainedMethod& method,
                            const ConstrainedOptions& options = {});

}  // namespace mathtool::opt
