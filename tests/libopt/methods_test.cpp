#include <algorithm>
#include <set>

#include "mathtool/opt/methods/all.hpp"
#include "support/problems/classical_problems.hpp"
#include "support/tolerance.hpp"

// The registry of methods, and what holds for every one that it names.

using namespace mathtool;

TEST_CASE("methods: the registry knows every name that users may type", "[opt]") {
  std::set<std::string_view> names;
  for (const opt::MethodInfo& method : opt::methods()) {
    CHECK(names.insert(method.name).second);
    CHECK(!method.summary.empty());
    for (const opt::SettingInfo& setting : method.settings) {
      INFO(method.name << " " << setting.name);
      CHECK(!setting.meaning.empty());
      CHECK(!setting.range.empty());
    }
  }
  for (const char* name : {"gd", "adam", "nadam", "newton-cg", "trust", "nelder-mead", "brent",
                           "de", "multistart", "auto"})
    CHECK(names.count(name) == 1);
  CHECK(opt::methods().back().name == "auto");
}

TEST_CASE("methods: what each needs is said", "[opt]") {
  const auto info = [](std::string_view name) {
    const auto all = opt::methods();
    return *std::find_if(all.begin(), all.end(), [&](const auto& m) { return m.name == name; });
  };
  CHECK(info("adam").kind == opt::MethodKind::rule);
  CHECK(info("adam").uses_gradient);
  CHECK(info("trust").kind == opt::MethodKind::newton);
  CHECK(info("trust").uses_hessian);
  CHECK(!info("nelder-mead").uses_gradient);
  CHECK(info("brent").one_variable);
  CHECK(info("de").needs_bounds);
  CHECK(info("multistart").needs_bounds);
  CHECK(!info("auto").needs_bounds);
}

TEST_CASE("methods: made by name with settings, real, whole and switches", "[opt]") {
  const opt::AnyMethod trust = opt::make_method("trust", {{"radius", 0.5}, {"dense", 7}});
  CHECK(std::get<opt::Trust>(trust).radius == 0.5);
  CHECK(std::get<opt::Trust>(trust).dense == 7);
  CHECK(opt::settings_of(trust).at("dense") == 7);
  const auto de =
      std::get<opt::DifferentialEvolution>(opt::make_method("de", {{"seed", 12}, {"polish", 0}}));
  CHECK(de.seed == 12);
  CHECK(!de.polish);
  CHECK(std::get<opt::Adam>(opt::make_method("adam", {{"beta1", 0.5}})).beta1 == 0.5);
}

TEST_CASE("methods: what the registry does not know is named with the nearest", "[opt]") {
  CHECK_THROWS_WITH(opt::make_method("nelder-meat"),
                    ContainsSubstring("did you mean 'nelder-mead"));
  CHECK_THROWS_WITH(opt::make_method("trust", {{"radios", 1}}),
                    ContainsSubstring("did you mean 'radius'"));
  CHECK_THROWS_WITH(opt::make_method("trust", {{"dense", 2.5}}),
                    ContainsSubstring("dense must be a whole number, got 2.5"));
  CHECK_THROWS_WITH(opt::make_method("de", {{"seed", -1}}), ContainsSubstring(">= 0"));
  CHECK_THROWS_WITH(opt::make_method("de", {{"seed", 1e300}}), ContainsSubstring("whole number"));
  CHECK_THROWS_WITH(opt::make_method("trust", {{"radius", -1}}), ContainsSubstring("> 0, got -1"));
}

TEST_CASE(
    "methods x problems: values are those of f, the box holds, the counts are right, the same "
    "run twice",
    "[opt][law]") {
  for (const test::Problem& problem : test::classical_problems())
    for (const opt::MethodInfo& info : opt::methods()) {
      if (info.kind == opt::MethodKind::rule) continue;  // rule_laws_test
      if (info.one_variable && problem.start.size() > 1) continue;
      INFO(info.name << " on " << problem.name);
      const Index n = problem.start.size();
      // A box with the minimiser inside; the minimum of others may differ.
      const Vec& goal = problem.minimisers.front();
      const opt::Box box{goal.cwiseMin(problem.start).array() - 1.5,
                         goal.cwiseMax(problem.start).array() + 1};
      std::int64_t calls = 0;
      bool inside = true;
      double lowest = std::numeric_limits<double>::infinity();
      const auto f = [&](const Vec& x, Vec& gradient) {
        ++calls;
        inside = inside && box.contains(x);
        const double value = problem.f(x, gradient);
        lowest = std::min(lowest, value);
        return value;
      };
      double last = std::numeric_limits<double>::infinity();
      bool falls = true, consistent = true;
      opt::MinimizeOptions options{.stopping = {.max_iterations = 2000, .max_evaluations = 20'000},
                                   .box = box};
      options.observe = [&](const opt::Iterate& now) {
        Vec gradient(n);
        consistent = consistent && problem.f(now.x, gradient) == now.value &&
                     (now.gradient.size() == 0 || now.gradient == gradient);
        // A rise of a few roundings is allowed where the gradient falls.
        falls = falls && now.value <= last + 1e-14 * std::abs(last);
        last = now.value;
        return opt::Flow::keep_going;
      };
      const opt::AnyMethod method = opt::make_method(info.name);
      const opt::Minimum m = opt::minimize(f, problem.start, method, options);
      INFO(m.reason);
      CHECK(m.evaluations == calls);
      CHECK(m.evaluations <= 20'000);
      CHECK(inside);
      CHECK(consistent);
      CHECK(falls);
      CHECK(!m.reason.empty());
      CHECK(m.value <= lowest + 1e-12 * (1 + std::abs(lowest)));
      const bool quick =
          info.kind == opt::MethodKind::newton || info.kind == opt::MethodKind::automatic;
      const bool exact = m.status == Status::converged && info.kind != opt::MethodKind::line_search;
      CHECK((!quick || exact));
      CHECK((!exact || m.value - problem.minimum <= 1e-7));
      const opt::Minimum again = opt::minimize(f, problem.start, method, options);
      CHECK(again.x == m.x);
      CHECK(again.evaluations == m.evaluations);
    }
}
