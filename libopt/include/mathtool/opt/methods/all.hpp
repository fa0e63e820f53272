#pragma once

#include <map>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "mathtool/opt/methods/automatic.hpp"
#include "mathtool/opt/methods/bfgs.hpp"
#include "mathtool/opt/methods/brent.hpp"
#include "mathtool/opt/methods/cg.hpp"
#include "mathtool/opt/methods/differential_evolution.hpp"
#include "mathtool/opt/methods/lbfgs.hpp"
#include "mathtool/opt/methods/lbfgsb.hpp"
#include "mathtool/opt/methods/method_kind.hpp"
#include "mathtool/opt/methods/multistart.hpp"
#include "mathtool/opt/methods/nelder_mead.hpp"
#include "mathtool/opt/methods/newton_cg.hpp"
#include "mathtool/opt/methods/steepest_descent.hpp"
#include "mathtool/opt/methods/trust.hpp"
#include "mathtool/opt/minimize.hpp"
#include "mathtool/opt/rules/all.hpp"
#include "mathtool/opt/rules/settings.hpp"

namespace mathtool::opt {

namespace detail {

template <class A, class B>
struct Joined;
template <class... A, class... B>
struct Joined<std::variant<A...>, std::variant<B...>> {
  using type = std::variant<A..., B...>;
};

}  // namespace detail

/// Whatever minimises without constraints other than bounds and may be asked for by name: the rules
/// and the methods.
using AnyMethod = detail::Joined<
    AnyRule, std::variant<SteepestDescent, Cg, Bfgs, Lbfgs, Lbfgsb, NewtonCg, Trust, NelderMead,
                          Brent, DifferentialEvolution, Multistart, Automatic>>::type;

struct MethodInfo {
  std::string_view name = {}, summary = {};
  std::vector<SettingInfo> settings = {};
  MethodKind kind = MethodKind::rule;
  bool uses_gradient = true;
  bool uses_hessian = false;  ///< is better with it
  bool needs_bounds = false;  ///< finite ones of every variable
  bool one_variable = false;  ///< and no more
};

/// All of them: rules first, `auto` last.
std::span<const MethodInfo> methods();

/// The method of this name, with its defaults except for the settings named.
/// Throws: DomainError for an unknown method or setting, with the nearest one; for a value out of
/// range.
AnyMethod make_method(std::string_view name, const std::map<std::string, double>& settings = {});

/// The settings of a method by name; switches are 0 or 1.
std::map<std::string, double> settings_of(const AnyMethod& method);

/// As `minimize` with the method itself, which is compiled only once.
Minimum minimize(Objective f, const VecRef& x0, const AnyMethod& method,
                 const MinimizeOptions& options = {});

}  // namespace mathtool::opt
