#include <rapidcheck.h>

#include <cmath>
#include <cstring>
#include <vector>

#include "mathtool/opt/descent.hpp"
#include "mathtool/opt/minimize.hpp"
#include "mathtool/opt/rules/all.hpp"
#include "support/problems/classical_problems.hpp"
#include "support/tolerance.hpp"

// Laws of every update rule, on random gradients and on the classical problems.

namespace {

using namespace mathtool;
using opt::Parameters;
using opt::RuleState;

/// Calls f with every rule that the registry has, at its defaults, and with a schedule around it.
template <class F>
void for_each_rule(F&& f) {
  for (const opt::RuleInfo& info : opt::rules())
    std::visit(
        [&]<class Rule>(const Rule& rule) {
          f(rule, std::string(info.name));
          f(opt::Descent<Rule>{.rule = rule,
                               .schedule = opt::parse_schedule("warmup:3+exponential:0.9", 0),
                               .clipping = {.global_norm = 2},
                               .penalty = {.l1 = 0.01, .l2 = 0.1, .decoupled = 0.01}},
            "scheduled " + std::string(info.name));
        },
        opt::make_rule(info.name));
}

/// Random gradients of moderate size, the same for every rule.
std::vector<Vec> random_gradients() {
  const auto n = *rc::gen::inRange<Index>(1, 40);
  std::vector<Vec> gradients(12, Vec(n));
  for (Vec& gradient : gradients)
    for (double& g : gradient) g = *rc::gen::inRange(-1000, 1000) / 128.0;
  return gradients;
}

template <class T, class Rule>
Parameters<T> walk(const Rule& rule, const std::vector<Vec>& gradients) {
  Parameters<T> x = Parameters<T>::Ones(gradients[0].size());
  auto state = rule.init(x);
  for (const Vec& gradient : gradients) rule.step(state, Parameters<T>(gradient.cast<T>()), x);
  return x;
}

/// What a file would hold of a state, and the state read from it.
std::vector<double> saved(const RuleState<double>& state) {
  std::vector<double> file = {static_cast<double>(state.steps),
                              static_cast<double>(state.memory.size())};
  for (const Vec& memory : state.memory) {
    file.push_back(static_cast<double>(memory.size()));
    file.insert(file.end(), memory.begin(), memory.end());
  }
  file.insert(file.end(), state.numbers.begin(), state.numbers.end());
  return file;
}

RuleState<double> loaded(const std::vector<double>& file) {
  RuleState<double> state;
  auto at = file.begin();
  state.steps = static_cast<std::int64_t>(*at++);
  state.memory.resize(static_cast<std::size_t>(*at++));
  for (Vec& memory : state.memory) {
    memory.resize(static_cast<Index>(*at++));
    for (double& entry : memory) entry = *at++;
  }
  state.numbers.assign(at, file.end());
  return state;
}

template <class Rule>
void set_rate(Rule& rule, double rate) {
  if constexpr (requires { rule.learning_rate; })
    rule.learning_rate = rate;
  else
    rule.rule.learning_rate = rate;
}

}  // namespace

TEST_CASE("rules: a state that was saved and loaded goes on to the same iterates", "[opt][law]") {
  CHECK(rc::check([] {
    const std::vector<Vec> gradients = random_gradients();
    for (const opt::RuleInfo& info : opt::rules())
      std::visit(
          [&](const auto& rule) {
            Vec x = Vec::Ones(gradients[0].size());
            auto state = rule.init(x);
            for (std::size_t i = 0; i < gradients.size(); ++i) {
              if (i == 5) state = loaded(saved(state));
              rule.step(state, gradients[i], x);
            }
            RC_ASSERT(x == walk<double>(rule, gradients));
          },
          opt::make_rule(info.name));
  }));
}

TEST_CASE("rules: with a learning rate of 0 x stays where it is", "[opt][law]") {
  CHECK(rc::check([] {
    const std::vector<Vec> gradients = random_gradients();
    for_each_rule([&](auto rule, const std::string&) {
      set_rate(rule, 0);
      RC_ASSERT(walk<double>(rule, gradients) == Vec::Ones(gradients[0].size()));
    });
  }));
}

TEST_CASE("rules: float follows double to its own rounding", "[opt][law]") {
  CHECK(rc::check([] {
    const std::vector<Vec> gradients = random_gradients();
    for_each_rule([&](const auto& rule, const std::string& name) {
      const Vec single = walk<float>(rule, gradients).template cast<double>();
      const Vec twice = walk<double>(rule, gradients);
      RC_LOG() << name;
      // The sizes of 12 steps, each with some ten roundings of 6e-8.
      RC_ASSERT((single - twice).template lpNorm<Eigen::Infinity>() <=
                1e-5 * (1 + (twice.array() - 1).abs().maxCoeff()));
    });
  }));
}

TEST_CASE("rules: a coordinate moves by its own gradient alone, wherever it lies in memory",
          "[opt][law]") {
  CHECK(rc::check([] {
    const std::vector<Vec> gradients = random_gradients();
    const Index n = gradients[0].size(), i = *rc::gen::inRange<Index>(0, n);
    std::vector<Vec> one;
    for (const Vec& gradient : gradients) one.push_back(gradient.segment(i, 1));
    for (const opt::RuleInfo& info : opt::rules())
      std::visit(
          [&](const auto& rule) {
            RC_ASSERT(walk<double>(rule, one)[0] == walk<double>(rule, gradients)[i]);
          },
          opt::make_rule(info.name));
  }));
}

TEST_CASE("rules x problems: the best point is kept, the counts are right, the same run twice",
          "[opt][law]") {
  for (const test::Problem& problem : test::classical_problems())
    for_each_rule([&](auto rule, const std::string& name) {
      INFO(name << " on " << problem.name);
      double best = std::numeric_limits<double>::infinity();
      std::int64_t calls = 0;
      const auto f = [&](const Vec& x, Vec& gradient) {
        ++calls;
        const double value = problem.f(x, gradient);
        if (value < best && gradient.allFinite()) best = value;
        return value;
      };
      const opt::MinimizeOptions options{.stopping = {.max_iterations = 200}};
      const opt::Minimum m = opt::minimize(f, problem.start, rule, options);
      CHECK(m.evaluations == calls);
      CHECK(m.x.allFinite());
      CHECK(!m.reason.empty());
      Vec gradient;
      CHECK(problem.f(m.x, gradient) == m.value);
      if (m.status == Status::converged)
        CHECK(m.value - best <= 1e-6 * (std::abs(m.value) + problem.f(problem.start, gradient)));
      else
        CHECK(m.value == best);
      const opt::Minimum again = opt::minimize(f, problem.start, rule, options);
      CHECK(again.x == m.x);
      CHECK(again.status == m.status);
    });
}

TEST_CASE("rules x problems: with a suitable rate every rule comes near the minimum",
          "[opt][law]") {
  // On convex problems of condition below 10, rate 0.05 and Adagrad's and Adadelta's own pace.
  for (const char* name : {"booth", "logistic regression", "log-sum-exp"}) {
    const test::Problem& problem = test::classical_problem(name);
    for (const opt::RuleInfo& info : opt::rules())
      std::visit(
          [&](auto rule) {
            INFO(info.name << " on " << name);
            const bool slow = info.name == "adadelta" || info.name == "adagrad";
            rule.learning_rate = info.name == "adadelta" ? 20 : slow ? 0.5 : 0.03;
            if constexpr (requires { rule.weight_decay; }) rule.weight_decay = 0;
            const opt::Minimum m =
                opt::minimize(problem.f, problem.start, rule,
                              {.stopping = {.gradient_tol = 1e-4, .max_iterations = 20'000}});
            INFO(m.reason);
            CHECK(m.value - problem.minimum < 1e-3);
          },
          opt::make_rule(info.name));
  }
}
