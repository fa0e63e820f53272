#include "mathtool/opt/rules/gradient_descent.hpp"

#include "kernel_range.hpp"
#include "mathtool/opt/rules/momentum.hpp"
#include "mathtool/opt/rules/nesterov.hpp"
#include "mathtool/opt/rules/sgd.hpp"

namespace mathtool::opt {
namespace {

template <class T>
MATHTOOL_MULTIVERSION void descend(std::ptrdiff_t n, T rate, const T* __restrict g,
                                   T* __restrict x) {
  for (std::ptrdiff_t i = 0; i < n; ++i) x[i] -= rate * g[i];
}

template <class T>
MATHTOOL_MULTIVERSION void roll(std::ptrdiff_t n, T rate, T kept, T taken, const T* __restrict g,
                                T* __restrict v, T* __restrict x) {
  for (std::ptrdiff_t i = 0; i < n; ++i) {
    v[i] = kept * v[i] + taken * g[i];
    x[i] -= rate * v[i];
  }
}

template <class T>
MATHTOOL_MULTIVERSION void roll_ahead(std::ptrdiff_t n, T rate, T kept, T taken, T ahead,
                                      const T* __restrict g, T* __restrict v, T* __restrict x) {
  for (std::ptrdiff_t i = 0; i < n; ++i) {
    v[i] = kept * v[i] + taken * g[i];
    x[i] -= rate * (g[i] + ahead * v[i]);
  }
}

}  // namespace

template <std::floating_point T>
void GradientDescent::step(RuleState<T>& state, ConstParametersRef<T> gradient,
                           ParametersRef<T> x) const {
  const std::ptrdiff_t n = kernel_range<T>("gd", state, 0, gradient, x);
  ++state.steps;
  descend<T>(n, static_cast<T>(learning_rate), gradient.data(), x.data());
}

template <std::floating_point T>
void Sgd::step(RuleState<T>& state, ConstParametersRef<T> gradient, ParametersRef<T> x) const {
  const std::ptrdiff_t n = kernel_range<T>("sgd", state, momentum > 0 ? 1 : 0, gradient, x);
  const T rate = static_cast<T>(learning_rate), mu = static_cast<T>(momentum);
  const T taken = state.steps == 0 ? T(1) : static_cast<T>(1 - dampening);
  ++state.steps;
  if (momentum == 0)
    descend<T>(n, rate, gradient.data(), x.data());
  else if (nesterov)
    roll_ahead<T>(n, rate, mu, taken, mu, gradient.data(), state.memory[0].data(), x.data());
  else
    roll<T>(n, rate, mu, taken, gradient.data(), state.memory[0].data(), x.data());
}

template <std::floating_point T>
void Momentum::step(RuleState<T>& state, ConstParametersRef<T> gradient, ParametersRef<T> x) const {
  const std::ptrdiff_t n = kernel_range<T>("momentum", state, 1, gradient, x);
  ++state.steps;
  roll<T>(n, static_cast<T>(learning_rate), static_cast<T>(momentum), T(1), gradient.data(),
          state.memory[0].data(), x.data());
}

template <std::floating_point T>
void Nesterov::step(RuleState<T>& state, ConstParametersRef<T> gradient, ParametersRef<T> x) const {
  const std::ptrdiff_t n = kernel_range<T>("nesterov", state, 1, gradient, x);
  ++state.steps;
  const T mu = static_cast<T>(momentum);
  roll_ahead<T>(n, static_cast<T>(learning_rate), mu, T(1), mu, gradient.data(),
                state.memory[0].data(), x.data());
}

MATHTOOL_RULE_STEP(GradientDescent);
MATHTOOL_RULE_STEP(Sgd);
MATHTOOL_RULE_STEP(Momentum);
MATHTOOL_RULE_STEP(Nesterov);

}  // namespace mathtool::opt
