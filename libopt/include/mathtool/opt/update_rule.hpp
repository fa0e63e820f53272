#pragma once

#include <Eigen/Core>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <type_traits>
#include <vector>

namespace mathtool::opt {

/// n parameters or their gradient: double for minimisation, float for networks.
template <std::floating_point T>
using Parameters = Eigen::Matrix<T, Eigen::Dynamic, 1>;

/// Views of such, which take a vector or a map of any buffer.
template <std::floating_point T>
using ParametersRef = std::type_identity_t<Eigen::Ref<Parameters<T>>>;
template <std::floating_point T>
using ConstParametersRef = std::type_identity_t<Eigen::Ref<const Parameters<T>>>;

/// What a rule remembers between steps. One type for all of them, so that whoever can save the
/// state of one can save all: vectors as long as x and a few numbers, in the order that the rule
/// states.
template <std::floating_point T>
struct RuleState {
  std::int64_t steps = 0;                  ///< taken
  std::vector<Parameters<T>> memory = {};  ///< n each
  std::vector<double> numbers = {};
};

/// The state before the first step of a rule with so many vectors, which begin at 0.
template <std::floating_point T>
RuleState<T> blank_state(Eigen::Index n, std::size_t vectors) {
  return {0, std::vector<Parameters<T>>(vectors, Parameters<T>::Zero(n)), {}};
}

/// A first-order rule: settings, and apart from them a state that `init` makes and `step` moves
/// along with x. Hence one object minimises a function and trains a network, and a state can be
/// saved and resumed. `step` takes any learning rate: at 0, x stays where it is.
template <class R, class T>
concept UpdateRule = std::floating_point<T> &&
    requires(const R& rule, typename R::template State<T>& state, const Parameters<T>& gradient,
             Parameters<T>& x) {
  { rule.init(gradient) } -> std::same_as<typename R::template State<T>>;
  rule.step(state, gradient, x);
  rule.validate();  // throws DomainError on a setting that makes no sense
};

}  // namespace mathtool::opt
