#pragma once

#include <cmath>
#include <cstddef>

#include "mathtool/math/error.hpp"
#include "mathtool/math/multiversion.hpp"
#include "mathtool/opt/update_rule.hpp"

namespace mathtool::opt {

/// The length over which a kernel runs, after a check that all its vectors have it.
template <std::floating_point T>
std::ptrdiff_t kernel_range(const char* rule, const RuleState<T>& state, std::size_t vectors,
                            ConstParametersRef<T> gradient, ParametersRef<T> x) {
  require<DimensionError>(gradient.size() == x.size(), "{}: {} parameters, a gradient of {}", rule,
                          x.size(), gradient.size());
  bool fits = state.memory.size() == vectors;
  for (const Parameters<T>& memory : state.memory) fits = fits && memory.size() == x.size();
  require<DimensionError>(fits, "{}: the state was made for other settings or another x", rule);
  return x.size();
}

}  // namespace mathtool::opt

/// The members that take a step, for both kinds of numbers.
#define MATHTOOL_RULE_STEP(Rule)                                                   \
  template void Rule::step<float>(RuleState<float>&, ConstParametersRef<float>,    \
                                  ParametersRef<float>) const;                     \
  template void Rule::step<double>(RuleState<double>&, ConstParametersRef<double>, \
                                   ParametersRef<double>) const
