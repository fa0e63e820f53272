#include <cmath>
#include <functional>
#include <string>
#include <vector>

#include "mathtool/opt/descent.hpp"
#include "mathtool/opt/rules/all.hpp"
#include "support/tolerance.hpp"

// The figures are PyTorch 1.13's own; pytorch_steps.py writes them.

using namespace mathtool;

namespace {

struct Figures {
  std::string name, key;
  std::vector<double> numbers;
};

const std::vector<Figures>& pytorch() {
  static const std::vector<Figures> all = {
#include "pytorch_steps.inc"
  };
  return all;
}

struct Start {
  std::function<double(const Vec&, Vec&)> f;
  Vec x;
};

/// The objectives of pytorch_steps.py.
Start objective(const std::string& name) {
  if (name == "rosenbrock")
    return {[](const Vec& x, Vec& g) {
              const double a = 1 - x[0], b = x[1] - x[0] * x[0];
              g = Vec{{-2 * a - 400 * x[0] * b, 200 * b}};
              return a * a + 100 * b * b;
            },
            Vec{{-1.2, 1.0}}};
  if (name == "bowl")
    return {[](const Vec& x, Vec& g) {
              const double a = x[0] - 1, b = x[1] + 2;
              g = Vec{{2 * a + x[1], 20 * b + x[0]}};
              return a * a + 10 * b * b + x[0] * x[1];
            },
            Vec{{0.5, 0.25}}};
  REQUIRE(name == "logistic");
  return {[](const Vec& x, Vec& g) {
            const Mat X{{1, 0.5}, {-1.5, 2}, {0.25, -1}, {2, 1}, {-0.5, -0.75}, {1.25, -2}};
            const Vec y{{1, 0, 1, 1, 0, 0}};
            const Vec z = X * x;
            g = X.transpose() * (1 / (1 + (-z.array()).exp()) - y.array()).matrix() / 6;
            return ((1 + z.array().exp()).log() - y.array() * z.array()).mean();
          },
          Vec{{0.1, -0.2}}};
}

/// Twenty steps of a rule beside PyTorch's.
template <class Rule>
void check_path(const Rule& rule, const Figures& figures) {
  rule.validate();
  const Start problem = objective(figures.key);
  Vec x = problem.x, gradient(2);
  auto state = rule.init(x);
  REQUIRE(figures.numbers.size() == 40);
  for (std::size_t step = 0; step < 20; ++step) {
    problem.f(x, gradient);
    rule.step(state, gradient, x);
    INFO(figures.name << " on " << figures.key << ", step " << step + 1);
    CHECK_NEAR(x[0], figures.numbers[2 * step], 1e-12);
    CHECK_NEAR(x[1], figures.numbers[2 * step + 1], 1e-12);
  }
}

/// All paths of one name, three objectives.
template <class Rule>
void check_rule(const std::string& name, const Rule& rule) {
  int found = 0;
  for (const Figures& figures : pytorch())
    if (figures.name == name) {
      check_path(rule, figures);
      ++found;
    }
  CHECK(found == 3);
}

}  // namespace

TEST_CASE("rules: the first 20 steps of gradient descent and momentum are PyTorch's", "[opt]") {
  check_rule("gd", opt::GradientDescent{.learning_rate = 1e-3});
  check_rule("gd", opt::Sgd{.learning_rate = 1e-3});
  check_rule("sgd", opt::Sgd{.learning_rate = 1e-3, .momentum = 0.8, .dampening = 0.25});
  check_rule("sgd nesterov", opt::Sgd{.learning_rate = 1e-3, .momentum = 0.8, .nesterov = true});
  check_rule("momentum", opt::Momentum{.learning_rate = 1e-3});
  check_rule("nesterov", opt::Nesterov{.learning_rate = 1e-3});
}

TEST_CASE("rules: the first 20 steps of adagrad, adadelta and rmsprop are PyTorch's", "[opt]") {
  check_rule("adagrad", opt::Adagrad{});
  check_rule("adagrad decay",
             opt::Adagrad{.learning_rate = 0.1, .rate_decay = 0.05, .initial_sum = 0.5});
  check_rule("adadelta", opt::Adadelta{});
  check_rule("rmsprop", opt::RmsProp{});
  check_rule("rmsprop centered", opt::RmsProp{.centered = true});
  check_rule("rmsprop momentum", opt::RmsProp{.learning_rate = 1e-3, .momentum = 0.9});
  check_rule("rmsprop both",
             opt::RmsProp{.learning_rate = 1e-3, .alpha = 0.9, .momentum = 0.9, .centered = true});
}

TEST_CASE("rules: the first 20 steps of adam and its relatives are PyTorch's", "[opt]") {
  check_rule("adam", opt::Adam{});
  check_rule("adam fast",
             opt::Adam{.learning_rate = 0.05, .beta1 = 0.8, .beta2 = 0.95, .epsilon = 1e-6});
  check_rule("amsgrad", opt::AmsGrad{});
  check_rule("amsgrad fast", opt::AmsGrad{.learning_rate = 0.3, .beta1 = 0.8, .beta2 = 0.9});
  check_rule("adamw", opt::AdamW{});
  check_rule("adamw fast", opt::AdamW{.learning_rate = 0.05, .weight_decay = 0.1});
  check_rule("nadam", opt::NAdam{});
  check_rule("nadam fast", opt::NAdam{.learning_rate = 0.05, .momentum_decay = 0.1});
}

TEST_CASE("descent: penalties and clipping are PyTorch's", "[opt]") {
  check_rule("adam l2",
             opt::Descent<opt::Adam>{.rule = {.learning_rate = 0.05}, .penalty = {.l2 = 0.1}});
  // Decay apart from the gradient, around Adam, is AdamW.
  check_rule("adamw fast", opt::Descent<opt::Adam>{.rule = {.learning_rate = 0.05},
                                                   .penalty = {.decoupled = 0.1}});
  const opt::GradientDescent plain{.learning_rate = 0.1};
  check_rule("clip norm",
             opt::Descent<opt::GradientDescent>{.rule = plain, .clipping = {.global_norm = 0.5}});
  check_rule("clip norm",
             opt::Descent<opt::GradientDescent>{.rule = plain, .clipping = {.norm = 0.5}});
  check_rule("clip value",
             opt::Descent<opt::GradientDescent>{.rule = plain, .clipping = {.value = 0.5}});
}

TEST_CASE("schedules: the first 20 rates are PyTorch's", "[opt]") {
  // The values that the plateau is told, as in pytorch_steps.py.
  const std::vector<double> told = {5, 4,   4,   4.1, 4,   3.9999, 3.9, 3.9, 3.9, 3.9,
                                    3, 3.1, 3.2, 3.3, 3.4, 3.5,    2,   2,   2,   2};
  int found = 0;
  for (const Figures& figures : pytorch()) {
    if (figures.name != "schedule") continue;
    ++found;
    const opt::Schedule schedule = opt::parse_schedule(figures.key, 20);
    opt::ScheduleState state;
    for (std::size_t t = 0; t < 20; ++t) {
      INFO(figures.key << ", step " << t);
      CHECK_NEAR(schedule.rate(0.5, state), figures.numbers[t], 1e-12);
      schedule.advance(0.5, told[t], state);
    }
  }
  CHECK(found == 10);
}
