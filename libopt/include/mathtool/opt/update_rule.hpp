#pragma once

#include <Eigen/Core>
#include <concepts>

namespace mathtool::opt {

/// n parameters or their gradient: double for minimisation, float for networks.
template <std::floating_point T>
using Parameters = Eigen::Matrix<T, Eigen::Dynamic, 1>;

/// A first-order rule: settings, and apart from them a state that `init` makes and `step` moves
/// along with x. Hence one object minimises a function and trains a network, and a state can be
/// saved and resumed.
///
/// A rule R has `template <std::floating_point T> struct State`, `init(x)`, `step(state, gradient,
/// x)` and `validate()`, which throws DomainError on a setting that makes no sense.
template <class R, class T>
concept UpdateRule = std::floating_point<T> &&
    requires(const R& rule, typename R::template State<T>& state, const Parameters<T>& gradient,
             Parameters<T>& x) {
  { rule.init(x) } -> std::same_as<typename R::template State<T>>;
  rule.step(state, gradient, x);
  rule.validate();
};

}  // namespace mathtool::opt
