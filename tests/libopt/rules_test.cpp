#include <array>
#include <cmath>

#include "mathtool/math/error.hpp"
#include "mathtool/math/types.hpp"
#include "mathtool/opt/rules/adam.hpp"
#include "mathtool/opt/rules/gradient_descent.hpp"
#include "mathtool/opt/rules/momentum.hpp"
#include "support/tolerance.hpp"

using namespace mathtool;

namespace {

/// Three steps from x = 1 on f(x) = x², whose gradient is 2 x.
template <class Rule, class T = double>
std::array<double, 3> three_steps(const Rule& rule) {
  opt::Parameters<T> x = opt::Parameters<T>::Ones(1);
  auto state = rule.init(x);
  std::array<double, 3> path{};
  for (double& point : path) {
    const opt::Parameters<T> gradient = 2 * x;
    rule.step(state, gradient, x);
    point = static_cast<double>(x[0]);
  }
  return path;
}

}  // namespace

TEST_CASE("gradient descent: three steps computed by hand", "[opt]") {
  const auto path = three_steps(opt::GradientDescent{.learning_rate = 0.25});
  CHECK(path == std::array{0.5, 0.25, 0.125});
}

TEST_CASE("momentum: three steps computed by hand", "[opt]") {
  // v: 2, 0.5·2 + 1.0 = 2, 0.5·2 + 0 = 1;  x: 0.5, 0, −0.25
  const auto path = three_steps(opt::Momentum{.learning_rate = 0.25, .momentum = 0.5});
  CHECK(path == std::array{0.5, 0.0, -0.25});
}

TEST_CASE("adam: three steps computed by hand", "[opt]") {
  // η = 0.5, β₁ = 0.5, β₂ = 0.75, ε negligible. Gradients 2 x; m and v before their correction:
  //   x = 1:    m = 1,     v = 1;       1 − β₁ = 1/2, 1 − β₂ = 1/4:       2 / √4         → x = 0.5
  //   x = 0.5:  m = 1,     v = 1;       3/4, 7/16:     (4/3) / √(16/7)                   → x = 0.5
  //   − √7/6
  const auto path =
      three_steps(opt::Adam{.learning_rate = 0.5, .beta1 = 0.5, .beta2 = 0.75, .epsilon = 1e-300});
  CHECK_NEAR(path[0], 0.5, 1e-15);
  const double second = 0.5 - std::sqrt(7.0) / 6;
  CHECK_NEAR(path[1], second, 1e-15);
  const double m = 0.5 + second,
               v = 0.75 + second * second;  // gradient 2 x, m and v halved and quartered
  CHECK_NEAR(path[2], second - 0.5 * (m / (7.0 / 8)) / std::sqrt(v / (37.0 / 64)), 1e-15);
}

TEST_CASE("rules: float follows double to its own rounding", "[opt]") {
  const auto single = three_steps<opt::Adam, float>({.learning_rate = 0.1});
  const auto twice = three_steps<opt::Adam, double>({.learning_rate = 0.1});
  for (std::size_t i = 0; i < 3; ++i) CHECK_NEAR(single[i], twice[i], 1e-6);
}

TEST_CASE("rules: settings that make no sense are refused by name", "[opt]") {
  CHECK_THROWS_WITH(opt::Adam{.beta1 = 1.0}.validate(), ContainsSubstring("beta1"));
  CHECK_THROWS_WITH(opt::Adam{.beta2 = -0.1}.validate(), ContainsSubstring("beta2"));
  CHECK_THROWS_WITH(opt::Adam{.epsilon = 0.0}.validate(), ContainsSubstring("epsilon"));
  CHECK_THROWS_WITH(opt::Momentum{.momentum = 1.5}.validate(), ContainsSubstring("momentum"));
  CHECK_THROWS_AS(opt::GradientDescent{.learning_rate = 0.0}.validate(), DomainError);
}
