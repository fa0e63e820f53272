#include "mathtool/opt/constraints/all.hpp"

#include "../registry.hpp"

namespace mathtool::opt {

std::span<const ConstrainedMethodInfo> constrained_methods() {
  static const std::vector<ConstrainedMethodInfo> all = [] {
    std::vector<ConstrainedMethodInfo> infos;
    for_each_alternative<AnyConstrainedMethod>([&]<class M>(const M&) {
      infos.push_back({M::name, M::summary, setting_infos<M>()});
    });
    return infos;
  }();
  return all;
}

AnyConstrainedMethod make_constrained_method(std::string_view name,
                                             const std::map<std::string, double>& settings) {
  return make_named<AnyConstrainedMethod>("method", name, settings);
}

ConstrainedMinimum minimize(const ConstrainedProblem& problem, const VecRef& x0,
                            const AnyConstrainedMethod& method, const ConstrainedOptions& options) {
  return std::visit([&](const auto& m) { return minimize(problem, x0, m, options); }, method);
}

}  // namespace mathtool::opt
