#include "mathtool/opt/rules/adagrad.hpp"

#include "kernel_range.hpp"

namespace mathtool::opt {
namespace {

template <class T>
MATHTOOL_MULTIVERSION void adagrad(std::ptrdiff_t n, T rate, T epsilon, const T* __restrict g,
                                   T* __restrict s, T* __restrict x) {
  for (std::ptrdiff_t i = 0; i < n; ++i) {
    s[i] += g[i] * g[i];
    x[i] -= rate * (g[i] / (std::sqrt(s[i]) + epsilon));
  }
}

}  // namespace

template <std::floating_point T>
void Adagrad::step(RuleState<T>& state, ConstParametersRef<T> gradient, ParametersRef<T> x) const {
  const std::ptrdiff_t n = kernel_range<T>("adagrad", state, 1, gradient, x);
  const double rate = learning_rate / (1 + static_cast<double>(state.steps++) * rate_decay);
  adagrad<T>(n, static_cast<T>(rate), static_cast<T>(epsilon), gradient.data(),
             state.memory[0].data(), x.data());
}

MATHTOOL_RULE_STEP(Adagrad);

}  // namespace mathtool::opt
