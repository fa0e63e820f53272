#include "mathtool/opt/rules/nadam.hpp"

#include "kernel_range.hpp"

namespace mathtool::opt {
namespace {

template <class T>
struct NAdamNumbers {
  T kept1, taken1, kept2, taken2, gradient_rate, mean_rate, correction, epsilon;
};

template <class T>
MATHTOOL_MULTIVERSION void nadam(std::ptrdiff_t n, NAdamNumbers<T> c, const T* __restrict g,
                                 T* __restrict m, T* __restrict v, T* __restrict x) {
  for (std::ptrdiff_t i = 0; i < n; ++i) {
    m[i] = c.kept1 * m[i] + c.taken1 * g[i];
    v[i] = c.kept2 * v[i] + c.taken2 * (g[i] * g[i]);
    const T r = std::sqrt(v[i] / c.correction) + c.epsilon;
    x[i] -= (c.gradient_rate * g[i] + c.mean_rate * m[i]) / r;
  }
}

}  // namespace

template <std::floating_point T>
void NAdam::step(RuleState<T>& state, ConstParametersRef<T> gradient, ParametersRef<T> x) const {
  const std::ptrdiff_t n = kernel_range<T>("nadam", state, 2, gradient, x);
  require<DimensionError>(state.numbers.size() == 1, "nadam: the state belongs to another rule");
  const double t = static_cast<double>(++state.steps);
  const auto look_ahead = [&](double step) {
    return beta1 * (1 - 0.5 * std::pow(0.96, step * momentum_decay));
  };
  const double mu = look_ahead(t), next = look_ahead(t + 1);
  const double product = state.numbers[0] *= mu;
  const NAdamNumbers<T> numbers{static_cast<T>(beta1),
                                static_cast<T>(1 - beta1),
                                static_cast<T>(beta2),
                                static_cast<T>(1 - beta2),
                                static_cast<T>(learning_rate * (1 - mu) / (1 - product)),
                                static_cast<T>(learning_rate * next / (1 - product * mu * next)),
                                static_cast<T>(1 - std::pow(beta2, t)),
                                static_cast<T>(epsilon)};
  nadam<T>(n, numbers, gradient.data(), state.memory[0].data(), state.memory[1].data(), x.data());
}

MATHTOOL_RULE_STEP(NAdam);

}  // namespace mathtool::opt
