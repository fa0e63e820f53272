#include "mathtool/opt/rules/adadelta.hpp"

#include "kernel_range.hpp"

namespace mathtool::opt {
namespace {

template <class T>
MATHTOOL_MULTIVERSION void adadelta(std::ptrdiff_t n, T rate, T kept, T taken, T epsilon,
                                    const T* __restrict g, T* __restrict s, T* __restrict u,
                                    T* __restrict x) {
  for (std::ptrdiff_t i = 0; i < n; ++i) {
    s[i] = kept * s[i] + taken * (g[i] * g[i]);
    const T d = std::sqrt(u[i] + epsilon) / std::sqrt(s[i] + epsilon) * g[i];
    u[i] = kept * u[i] + taken * (d * d);
    x[i] -= rate * d;
  }
}

}  // namespace

template <std::floating_point T>
void Adadelta::step(RuleState<T>& state, ConstParametersRef<T> gradient, ParametersRef<T> x) const {
  const std::ptrdiff_t n = kernel_range<T>("adadelta", state, 2, gradient, x);
  ++state.steps;
  adadelta<T>(n, static_cast<T>(learning_rate), static_cast<T>(rho), static_cast<T>(1 - rho),
              static_cast<T>(epsilon), gradient.data(), state.memory[0].data(),
              state.memory[1].data(), x.data());
}

MATHTOOL_RULE_STEP(Adadelta);

}  // namespace mathtool::opt
