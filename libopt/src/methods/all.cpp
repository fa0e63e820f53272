#include "mathtool/opt/methods/all.hpp"

#include "../registry.hpp"

namespace mathtool::opt {
namespace {

template <class M>
MethodInfo method_info() {
  MethodInfo info{M::name, M::summary, setting_infos<M>(), MethodKind::line_search};
  if constexpr (UpdateRule<M, double>) info.kind = MethodKind::rule;
  if constexpr (requires { M::kind; }) info.kind = M::kind;
  if constexpr (requires { M::uses_gradient; }) info.uses_gradient = M::uses_gradient;
  if constexpr (requires { M::uses_hessian; }) info.uses_hessian = M::uses_hessian;
  if constexpr (requires { M::needs_bounds; }) info.needs_bounds = M::needs_bounds;
  if constexpr (requires { M::one_variable; }) info.one_variable = M::one_variable;
  return info;
}

}  // namespace

std::string_view to_string(MethodKind kind) {
  switch (kind) {
    case MethodKind::rule: return "rule";
    case MethodKind::line_search: return "line search";
    case MethodKind::newton: return "newton";
    case MethodKind::derivative_free: return "derivative-free";
    case MethodKind::global: return "global";
    case MethodKind::automatic: return "automatic";
  }
  return "?";
}

std::span<const MethodInfo> methods() {
  static const std::vector<MethodInfo> all = [] {
    std::vector<MethodInfo> infos;
    for_each_alternative<AnyMethod>([&]<class M>(const M&) { infos.push_back(method_info<M>()); });
    return infos;
  }();
  return all;
}

AnyMethod make_method(std::string_view name, const std::map<std::string, double>& settings) {
  return make_named<AnyMethod>("method", name, settings);
}

std::map<std::string, double> settings_of(const AnyMethod& method) {
  return std::visit([](const auto& m) { return setting_values(m); }, method);
}

Minimum minimize(Objective f, const VecRef& x0, const AnyMethod& method,
                 const MinimizeOptions& options) {
  return std::visit([&](const auto& m) { return minimize(f, x0, m, options); }, method);
}

}  // namespace mathtool::opt
