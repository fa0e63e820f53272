#include <algorithm>
#include <cmath>
#include <fstream>
#include <limits>
#include <nlohmann/json.hpp>
#include <numbers>

#include "mathtool/math/calculus/find_root.hpp"
#include "mathtool/math/error.hpp"
#include "mathtool/math/ode/solve_ode.hpp"
#include "real_function.hpp"
#include "support/catch.hpp"
#include "support/reference_data.hpp"
#include "support/tolerance.hpp"
#include "support/vectors.hpp"

using namespace mathtool;
using namespace mathtool::math;
using std::numbers::pi;
using test::vec;

namespace {

double number(const nlohmann::json& value) {
  return value.is_number() ? value.get<double>()
                           : test::RealFunction(value.get<std::string>(), {})({});
}

void oscillate(double, const Vec& y, Vec& slope) {
  slope[0] = y[1];
  slope[1] = -y[0];
}

/// Converged, and every component within its own error bound.
void check_solution(const OdeSolution& solution, const Vec& expected) {
  INFO(to_string(solution.method) << ", " << solution.steps << " steps: " << solution.reason);
  CHECK(solution.status == Status::converged);
  REQUIRE(solution.y.size() == expected.size());
  for (Index i = 0; i < expected.size(); ++i)
    CHECK_NEAR(solution.y[i], expected[i], solution.error[i]);
}

}  // namespace

TEST_CASE("solve_ode: the reference problems lie within their error bounds, to 1e-11") {
  REQUIRE_REFERENCE_DATA(data);
  const auto file = nlohmann::json::parse(std::ifstream(data / "calculus" / "ode.json"));
  for (const auto& entry : file.at("ivp")) {
    const auto n = entry.at("equations").size();
    std::vector<std::string> names = {"t"};
    for (std::size_t i = 1; i <= n; ++i) names.push_back("y" + std::to_string(i));
    std::vector<test::RealFunction> equations;
    Vec y0(static_cast<Index>(n)), expected(static_cast<Index>(n));
    for (std::size_t i = 0; i < n; ++i) {
      equations.emplace_back(entry.at("equations")[i].get<std::string>(), names);
      y0[static_cast<Index>(i)] = number(entry.at("y0")[i]);
      expected[static_cast<Index>(i)] = std::stod(entry.at("y_t1")[i].get<std::string>());
    }
    std::vector<double> values(n + 1);
    const auto f = [&](double t, const Vec& y, Vec& slope) {
      values[0] = t;
      std::copy(y.begin(), y.end(), values.begin() + 1);
      for (std::size_t i = 0; i < n; ++i) slope[static_cast<Index>(i)] = equations[i](values);
    };
    const double t0 = number(entry.at("t0")), t1 = number(entry.at("t1"));
    for (const OdeMethod method : {OdeMethod::automatic, OdeMethod::radau}) {
      INFO(entry.at("name").get<std::string>());
      const OdeSolution solution = solve_ode(f, t0, y0, t1, {.method = method});
      check_solution(solution, expected);
      CHECK(solution.error.lpNorm<Eigen::Infinity>() <=
            1e-11 * std::max(1.0, expected.lpNorm<Eigen::Infinity>()));
    }
  }
}

TEST_CASE("solve_ode: shooting solves the reference boundary value problems") {
  REQUIRE_REFERENCE_DATA(data);
  const auto file = nlohmann::json::parse(std::ifstream(data / "calculus" / "ode.json"));
  const auto& problems = file.at("bvp");
  // y″ = y is linear: y(1) grows in proportion to the slope at 0.
  const auto growth = [](double, const Vec& y, Vec& slope) {
    slope[0] = y[1];
    slope[1] = y[0];
  };
  const double unit = solve_ode(growth, 0, vec({0, 1}), 1).y[0];
  const OdeSolution half = solve_ode(growth, 0, vec({0, 1 / unit}), 0.5);
  CHECK_NEAR(half.y[0], std::stod(problems.at(0).at("value").get<std::string>()), 1e-14);

  const auto at_one = [](double lambda) {
    const auto f = [&](double, const Vec& y, Vec& slope) {
      slope[0] = y[1];
      slope[1] = -lambda * y[0];
    };
    return solve_ode(f, 0, vec({0, 1}), 1).y[0];
  };
  for (std::size_t k = 0; k < 3; ++k) {
    const double expected = std::stod(problems.at(1).at("value")[k].get<std::string>());
    const Root eigenvalue = find_root(at_one, 0.9 * expected, 1.1 * expected);
    CHECK_NEAR(eigenvalue.value, expected, 1e-12 * expected);
  }
}

TEST_CASE("solve_ode: every method agrees with the closed form, forwards and backwards") {
  for (const OdeMethod method : {OdeMethod::dormand_prince, OdeMethod::dop853, OdeMethod::radau})
    for (const double t1 : {3.0, -3.0}) {
      const OdeSolution solution =
          solve_ode(oscillate, 0, vec({1, 0}), t1, {.method = method, .trajectory = true});
      check_solution(solution, vec({std::cos(t1), -std::sin(t1)}));
      CHECK(solution.method == method);
      CHECK(solution.t == t1);
      CHECK(solution.trajectory.start() == 0.0);
      CHECK(solution.trajectory.end() == t1);
      double error = 0;
      for (int i = 0; i <= 300; ++i) {
        const double t = t1 * i / 300;
        error = std::max(error, std::abs(solution.trajectory(t)[0] - std::cos(t)));
      }
      INFO(to_string(method) << " between the steps: " << error);
      CHECK(error <= 1e-11);
      CHECK(std::isnan(solution.trajectory(1.01 * t1)[0]));
      CHECK(static_cast<std::int64_t>(solution.trajectory.times().size()) == solution.steps + 1);
    }
}

TEST_CASE("solve_ode: the error bound holds from loose to tight tolerances") {
  for (const double tolerance : {1e-3, 1e-5, 1e-7, 1e-9, 1e-11}) {
    const OdeSolution solution =
        solve_ode(oscillate, 0, vec({1, 0}), 20 * pi, {.rel_tol = tolerance, .abs_tol = tolerance});
    INFO("tolerance " << tolerance);
    check_solution(solution, vec({1, 0}));
    CHECK(solution.error.maxCoeff() <= 2 * tolerance);
  }
}

TEST_CASE("solve_ode: stiff problems are recognised and cost few steps") {
  const auto f = [](double t, const Vec& y, Vec& slope) {
    slope[0] = -1e6 * (y[0] - std::cos(t)) - std::sin(t);
  };
  const OdeSolution solution = solve_ode(f, 0, vec({1}), 2);
  check_solution(solution, vec({std::cos(2.0)}));
  CHECK(solution.method == OdeMethod::radau);
  CHECK(solution.steps < 2000);
  const OdeSolution given =
      solve_ode(f, 0, vec({1}), 2, {.method = OdeMethod::radau, .jacobian = [](double, const Vec&) {
                                      return Mat::Constant(1, 1, -1e6).eval();
                                    }});
  check_solution(given, vec({std::cos(2.0)}));
  CHECK(given.evaluations < solution.evaluations);
}

TEST_CASE("solve_ode: solutions that end before t1 say where and why") {
  const auto square = [](double, const Vec& y, Vec& slope) { slope[0] = y[0] * y[0]; };
  const OdeSolution blow_up = solve_ode(square, 0, vec({1}), 2);  // y = 1/(1 − t)
  CHECK(blow_up.status == Status::divergent);
  CHECK_NEAR(blow_up.t, 1.0, 1e-9);
  const auto tangent = [](double, const Vec& y, Vec& slope) { slope[0] = 1 + y[0] * y[0]; };
  CHECK_NEAR(solve_ode(tangent, 0, vec({0}), 2).t, pi / 2, 1e-9);
  CHECK(solve_ode(square, 0, vec({1}), 0.999).status == Status::converged);

  const auto growth = [](double, const Vec& y, Vec& slope) { slope[0] = y[0]; };
  const OdeSolution overflow = solve_ode(growth, 0, vec({1}), 1000);
  CHECK(overflow.status == Status::not_finite);
  CHECK_THAT(overflow.reason, ContainsSubstring("range of a double"));

  const auto circle = [](double, const Vec& y, Vec& slope) { slope[0] = -0.5 / y[0]; };
  const OdeSolution end = solve_ode(circle, 0, vec({1}), 2);  // y = sqrt(1 − t)
  CHECK(end.status == Status::stalled);
  CHECK_NEAR(end.t, 1.0, 1e-9);

  const auto root = [](double, const Vec& y, Vec& slope) { slope[0] = -std::sqrt(y[0]) - 1; };
  CHECK(solve_ode(root, 0, vec({1}), 2).status == Status::not_finite);
  const auto nothing = [](double, const Vec&, Vec& slope) { slope[0] = std::nan(""); };
  CHECK(solve_ode(nothing, 0, vec({1}), 2).status == Status::not_finite);
}

TEST_CASE("solve_ode: unstable problems and spent budgets are not converged") {
  const auto unstable = [](double t, const Vec& y, Vec& slope) {
    slope[0] = 20 * (y[0] - std::cos(t)) - std::sin(t);  // errors grow by e⁴⁰, y = cos t
  };
  const OdeSolution lost = solve_ode(unstable, 0, vec({1}), 2);
  CHECK(lost.status == Status::suspicious);
  CHECK(std::abs(lost.y[0] - std::cos(2.0)) <= lost.error[0]);

  const OdeSolution budget = solve_ode(oscillate, 0, vec({1, 0}), 1000, {.max_evaluations = 1000});
  CHECK(budget.status == Status::out_of_budget);
  CHECK(budget.t < 1000);
  CHECK(budget.evaluations <= 3200);
  const std::atomic<bool> stop = true;
  CHECK_THROWS_AS(solve_ode(oscillate, 0, vec({1, 0}), 1, {.stop = StopToken(stop)}), Stopped);
}

TEST_CASE("solve_ode: a jump of f in t is stepped over, a short pulse is not missed") {
  const auto step = [](double t, const Vec&, Vec& slope) { slope[0] = t < 1.0 / 3 ? 0 : 1; };
  check_solution(solve_ode(step, 0, vec({0}), 1), vec({2.0 / 3}));
  const auto pulse = [](double t, const Vec&, Vec& slope) {
    const double u = (t - 5) / 0.05;
    slope[0] = std::exp(-u * u);
  };
  check_solution(solve_ode(pulse, 0, vec({0}), 10), vec({0.05 * std::sqrt(pi)}));
}

TEST_CASE("solve_ode: a needle between the stages of every step is found, whatever the method") {
  for (const OdeMethod method : {OdeMethod::automatic, OdeMethod::dormand_prince, OdeMethod::radau})
    for (const double centre : {0.0123, 3.3, 6.28318, 9.876}) {
      const auto needle = [&](double t, const Vec& y, Vec& slope) {
        const double u = (t - centre) * 1000;
        slope[0] = std::cos(t) + std::exp(-u * u);
        slope[1] = -y[0];
      };
      INFO(to_string(method) << ", needle at " << centre);
      const double area = std::sqrt(pi) / 1000;
      const OdeSolution there = solve_ode(needle, 0, vec({0, 1}), 10, {.method = method});
      check_solution(there, vec({std::sin(10) + area, std::cos(10.0) - area * (10 - centre)}));
      check_solution(solve_ode(needle, 10, there.y, 0, {.method = method}), vec({0, 1}));
    }
}

TEST_CASE("solve_ode: looking for needles costs 4,096 evaluations in each run") {
  const OdeSolution plain = solve_ode(oscillate, 0, vec({1, 0}), 10);
  CHECK(plain.evaluations < 3 * (4096 + 2000));
}

TEST_CASE("solve_ode: what is no problem is refused") {
  CHECK_THROWS_AS(solve_ode(oscillate, 0, Vec(), 1), DimensionError);
  CHECK_THROWS_AS(solve_ode(oscillate, 0, vec({1, std::nan("")}), 1), DomainError);
  CHECK_THROWS_AS(solve_ode(oscillate, 0, vec({1, 0}), std::numeric_limits<double>::infinity()),
                  DomainError);
  CHECK_THROWS_AS(solve_ode(oscillate, 0, vec({1, 0}), 1, {.rel_tol = 0}), DomainError);
  CHECK_THROWS_AS(
      solve_ode(oscillate, 0, vec({1, 0}), 1,
                {.method = OdeMethod::radau,
                 .jacobian = [](double, const Vec&) { return Mat::Zero(3, 3).eval(); }}),
      DimensionError);
  const OdeSolution still = solve_ode(oscillate, 2, vec({1, 0}), 2);
  CHECK(still.status == Status::converged);
  CHECK(still.y == vec({1, 0}));
  CHECK(Trajectory().empty());
  CHECK(std::isnan(Trajectory().start()));
}
