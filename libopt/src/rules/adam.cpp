#include "mathtool/opt/rules/adam.hpp"

#include <algorithm>

#include "kernel_range.hpp"
#include "mathtool/opt/rules/adamw.hpp"
#include "mathtool/opt/rules/amsgrad.hpp"

namespace mathtool::opt {
namespace {

/// What is the same for all coordinates. Differences from 1 are taken in double: 1 - 0.999f has
/// lost half of its digits.
template <class T>
struct AdamNumbers {
  template <class Rule>
  AdamNumbers(const Rule& rule, std::int64_t steps, double decay)
      : kept1(static_cast<T>(rule.beta1)),
        taken1(static_cast<T>(1 - rule.beta1)),
        kept2(static_cast<T>(rule.beta2)),
        taken2(static_cast<T>(1 - rule.beta2)),
        rate(static_cast<T>(rule.learning_rate /
                            (1 - std::pow(rule.beta1, static_cast<double>(steps))))),
        root(static_cast<T>(std::sqrt(1 - std::pow(rule.beta2, static_cast<double>(steps))))),
        epsilon(static_cast<T>(rule.epsilon)),
        shrink(static_cast<T>(1 - rule.learning_rate * decay)) {}

  T kept1, taken1, kept2, taken2, rate, root, epsilon, shrink;
};

/// w is read where `largest`.
template <class T, bool largest>
MATHTOOL_MULTIVERSION void adam(std::ptrdiff_t n, AdamNumbers<T> c, const T* __restrict g,
                                T* __restrict m, T* __restrict v, [[maybe_unused]] T* __restrict w,
                                T* __restrict x) {
  for (std::ptrdiff_t i = 0; i < n; ++i) {
    m[i] = c.kept1 * m[i] + c.taken1 * g[i];
    v[i] = c.kept2 * v[i] + c.taken2 * (g[i] * g[i]);
    T square = v[i];
    if constexpr (largest) square = w[i] = std::max(w[i], square);
    x[i] = c.shrink * x[i] - c.rate * (m[i] / (std::sqrt(square) / c.root + c.epsilon));
  }
}

}  // namespace

template <std::floating_point T>
void Adam::step(RuleState<T>& state, ConstParametersRef<T> gradient, ParametersRef<T> x) const {
  const std::ptrdiff_t n = kernel_range<T>("adam", state, 2, gradient, x);
  adam<T, false>(n, {*this, ++state.steps, 0}, gradient.data(), state.memory[0].data(),
                 state.memory[1].data(), nullptr, x.data());
}

template <std::floating_point T>
void AmsGrad::step(RuleState<T>& state, ConstParametersRef<T> gradient, ParametersRef<T> x) const {
  const std::ptrdiff_t n = kernel_range<T>("amsgrad", state, 3, gradient, x);
  adam<T, true>(n, {*this, ++state.steps, 0}, gradient.data(), state.memory[0].data(),
                state.memory[1].data(), state.memory[2].data(), x.data());
}

template <std::floating_point T>
void AdamW::step(RuleState<T>& state, ConstParametersRef<T> gradient, ParametersRef<T> x) const {
  const std::ptrdiff_t n = kernel_range<T>("adamw", state, 2, gradient, x);
  adam<T, false>(n, {*this, ++state.steps, weight_decay}, gradient.data(), state.memory[0].data(),
                 state.memory[1].data(), nullptr, x.data());
}

MATHTOOL_RULE_STEP(Adam);
MATHTOOL_RULE_STEP(AmsGrad);
MATHTOOL_RULE_STEP(AdamW);

}  // namespace mathtool::opt
