#include <array>
#include <cmath>
#include <string>
#include <vector>

#include "mathtool/math/error.hpp"
#include "mathtool/math/types.hpp"
#include "mathtool/opt/rules/all.hpp"
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

TEST_CASE("sgd: three steps computed by hand, the first velocity undampened", "[opt]") {
  // v: 2, 0.5·2 + 0.5·1 = 1.5, 0.75 + 0.5·0.25 = 0.875
  const auto path = three_steps(opt::Sgd{.learning_rate = 0.25, .momentum = 0.5, .dampening = 0.5});
  CHECK(path == std::array{0.5, 0.125, -0.09375});
}

TEST_CASE("nesterov: three steps computed by hand", "[opt]") {
  // v: 2, 1 + 0.5, 0.75 − 0.125; x: 1 − (2 + 1)/4, 0.25 − (0.5 + 0.75)/4, −0.0625 − 0.1875/4
  const auto path = three_steps(opt::Nesterov{.learning_rate = 0.25, .momentum = 0.5});
  CHECK(path == std::array{0.25, -0.0625, -0.109375});
}

TEST_CASE("adagrad: three steps computed by hand", "[opt]") {
  // s: 4, 4 + 1, 5 + (2x)²
  const auto path = three_steps(opt::Adagrad{.learning_rate = 0.5, .epsilon = 1e-300});
  CHECK(path[0] == 0.5);
  const double second = 0.5 - 0.5 / std::sqrt(5.0);
  CHECK_NEAR(path[1], second, 1e-15);
  CHECK_NEAR(path[2], second - second / std::sqrt(5 + 4 * second * second), 1e-15);
}

TEST_CASE("adadelta: three steps computed by hand", "[opt]") {
  // ρ = 1/2, ε = 1.   s = 2, d = 2/√3, u = 2/3
  const auto path = three_steps(opt::Adadelta{.rho = 0.5, .epsilon = 1});
  const double first = 1 - 2 / std::sqrt(3.0);
  CHECK_NEAR(path[0], first, 1e-15);
  // s = 1 + (2x)²/2, d = √(5/3) / √(s + 1) · 2x
  const double s = 1 + 2 * first * first, d = std::sqrt(5.0 / 3) / std::sqrt(s + 1) * 2 * first;
  const double second = first - d;
  CHECK_NEAR(path[1], second, 1e-15);
  const double s3 = s / 2 + 2 * second * second, u = (2.0 / 3) / 2 + d * d / 2;
  CHECK_NEAR(path[2], second - std::sqrt(u + 1) / std::sqrt(s3 + 1) * 2 * second, 1e-15);
}

TEST_CASE("rmsprop: three steps computed by hand", "[opt]") {
  // s: 4/4 = 1, 3/4 + 1/4 = 1, 3/4 + 1/16
  const auto path =
      three_steps(opt::RmsProp{.learning_rate = 0.25, .alpha = 0.75, .epsilon = 1e-300});
  CHECK(path[0] == 0.5);
  CHECK(path[1] == 0.25);
  CHECK_NEAR(path[2], 0.25 - 0.125 / std::sqrt(0.8125), 1e-15);
}

TEST_CASE("amsgrad: three steps computed by hand", "[opt]") {
  // As Adam above, but in the third step the mean square, below 1, is replaced by the largest, 1.
  const auto path = three_steps(
      opt::AmsGrad{.learning_rate = 0.5, .beta1 = 0.5, .beta2 = 0.75, .epsilon = 1e-300});
  const double second = 0.5 - std::sqrt(7.0) / 6;
  CHECK_NEAR(path[0], 0.5, 1e-15);
  CHECK_NEAR(path[1], second, 1e-15);
  CHECK_NEAR(path[2], second - 0.5 * ((0.5 + second) / (7.0 / 8)) / std::sqrt(64.0 / 37), 1e-15);
}

TEST_CASE("adamw: three steps computed by hand", "[opt]") {
  // η λ = 1/4: x shrinks to 3/4 before each step.
  const auto path = three_steps(opt::AdamW{
      .learning_rate = 0.5, .beta1 = 0.5, .beta2 = 0.75, .epsilon = 1e-300, .weight_decay = 0.5});
  CHECK_NEAR(path[0], 0.25, 1e-15);
  // g = 1/2: m = 1/2 + 1/4, v = 3/4 + 1/16; corrections 3/4 and 7/16
  const double second = 0.1875 - 0.5 / std::sqrt(0.8125 * 16 / 7);
  CHECK_NEAR(path[1], second, 1e-15);
  const double m = 0.375 + second, v = 0.75 * 0.8125 + second * second;
  CHECK_NEAR(path[2], 0.75 * second - 0.5 * (m * 8 / 7) / std::sqrt(v * 64 / 37), 1e-15);
}

TEST_CASE("nadam: three steps computed by hand", "[opt]") {
  // ψ = 0: μ = 1/4 in all steps. M μ μ: 1/64, 1/256, 1/1024.
  const auto path = three_steps(opt::NAdam{
      .learning_rate = 0.5, .beta1 = 0.5, .beta2 = 0.75, .epsilon = 1e-300, .momentum_decay = 0});
  // m = v = 1, √(v/(1/4)) = 2: (2 + 1/4 · 64/63) / 2 / 2
  const double first = 0.5 - 4.0 / 63;
  CHECK_NEAR(path[0], first, 1e-15);
  double m = 0.5 + first, v = 0.75 + first * first;
  const double second =
      first - 0.5 * (0.75 * 2 * first * 16 / 15 + 0.25 * m * 256 / 255) / std::sqrt(v * 16 / 7);
  CHECK_NEAR(path[1], second, 1e-15);
  m = m / 2 + second, v = 0.75 * v + second * second;
  CHECK_NEAR(path[2],
             second - 0.5 * (0.75 * 2 * second * 64 / 63 + 0.25 * m * 1024 / 1023) /
                          std::sqrt(v * 64 / 37),
             1e-15);
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

TEST_CASE("rules: the registry knows names, settings and defaults", "[opt]") {
  std::vector<std::string> names;
  for (const opt::RuleInfo& rule : opt::rules()) {
    names.emplace_back(rule.name);
    CHECK(rule.settings.at(0).name == "learning_rate");
    CHECK(!rule.summary.empty());
    for (const opt::SettingInfo& setting : rule.settings) CHECK(!setting.meaning.empty());
  }
  // The names that users type.
  CHECK(names == std::vector<std::string>{"gd", "sgd", "momentum", "nesterov", "adagrad",
                                          "adadelta", "rmsprop", "adam", "amsgrad", "adamw",
                                          "nadam"});
  const opt::AnyRule adam = opt::make_rule("adam", {{"beta1", 0.5}});
  CHECK(std::get<opt::Adam>(adam).beta1 == 0.5);
  CHECK(std::get<opt::Adam>(adam).beta2 == 0.999);
  CHECK(opt::settings_of(adam).at("epsilon") == 1e-8);
  CHECK(std::get<opt::RmsProp>(opt::make_rule("rmsprop", {{"centered", 1}})).centered);
}

TEST_CASE("rules: what the registry does not know is named with the nearest", "[opt]") {
  CHECK_THROWS_WITH(opt::make_rule("adamm"), ContainsSubstring("did you mean 'adam"));
  CHECK_THROWS_WITH(opt::make_rule("adam", {{"beta", 0.5}}),
                    ContainsSubstring("did you mean 'beta1'"));
  CHECK_THROWS_WITH(opt::make_rule("adam", {{"beta1", 1.5}}),
                    ContainsSubstring("in [0, 1), got 1.5"));
  CHECK_THROWS_WITH(opt::make_rule("rmsprop", {{"centered", 2}}), ContainsSubstring("0 or 1"));
}

TEST_CASE("rules: a state of another size or another rule is refused", "[opt]") {
  Vec x = Vec::Ones(3), gradient = Vec::Ones(2);
  auto state = opt::Adam{}.init(x);
  CHECK_THROWS_AS(opt::Adam{}.step(state, gradient, x), DimensionError);
  gradient = Vec::Ones(3);
  CHECK_THROWS_AS(opt::AmsGrad{}.step(state, gradient, x), DimensionError);
  CHECK_THROWS_AS(opt::NAdam{}.step(state, gradient, x), DimensionError);
}
