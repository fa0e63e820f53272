#include "mathtool/opt/rules/rmsprop.hpp"

#include "kernel_range.hpp"

namespace mathtool::opt {
namespace {

template <class T>
struct RmsPropNumbers {
  T rate, kept, taken, epsilon, momentum;
};

/// a is read where `centered`, v where `rolling`.
template <class T, bool centered, bool rolling>
MATHTOOL_MULTIVERSION void rmsprop(std::ptrdiff_t n, RmsPropNumbers<T> c, const T* __restrict g,
                                   T* __restrict s, [[maybe_unused]] T* __restrict a,
                                   [[maybe_unused]] T* __restrict v, T* __restrict x) {
  for (std::ptrdiff_t i = 0; i < n; ++i) {
    s[i] = c.kept * s[i] + c.taken * (g[i] * g[i]);
    T spread = s[i];
    if constexpr (centered) {
      a[i] = c.kept * a[i] + c.taken * g[i];
      spread -= a[i] * a[i];
    }
    T d = g[i] / (std::sqrt(spread) + c.epsilon);
    if constexpr (rolling) d = v[i] = c.momentum * v[i] + d;
    x[i] -= c.rate * d;
  }
}

}  // namespace

template <std::floating_point T>
void RmsProp::step(RuleState<T>& state, ConstParametersRef<T> gradient, ParametersRef<T> x) const {
  const bool rolling = momentum > 0;
  const std::size_t vectors = 1 + (centered ? 1 : 0) + (rolling ? 1 : 0);
  const std::ptrdiff_t n = kernel_range<T>("rmsprop", state, vectors, gradient, x);
  ++state.steps;
  const RmsPropNumbers<T> numbers{static_cast<T>(learning_rate), static_cast<T>(alpha),
                                  static_cast<T>(1 - alpha), static_cast<T>(epsilon),
                                  static_cast<T>(momentum)};
  const auto kernel = centered ? (rolling ? rmsprop<T, true, true> : rmsprop<T, true, false>)
                               : (rolling ? rmsprop<T, false, true> : rmsprop<T, false, false>);
  kernel(n, numbers, gradient.data(), state.memory[0].data(),
         centered ? state.memory[1].data() : nullptr,
         rolling ? state.memory.back().data() : nullptr, x.data());
}

MATHTOOL_RULE_STEP(RmsProp);

}  // namespace mathtool::opt
