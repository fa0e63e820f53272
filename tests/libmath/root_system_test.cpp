#include <Eigen/LU>
#include <cmath>
#include <fstream>
#include <nlohmann/json.hpp>

#include "mathtool/math/calculus/solve_system.hpp"
#include "mathtool/math/error.hpp"
#include "real_function.hpp"
#include "support/catch.hpp"
#include "support/random_matrix.hpp"
#include "support/reference_data.hpp"

using namespace mathtool;
using namespace mathtool::math;

namespace {

Vec vec(double a, double b) { return Eigen::Vector2d(a, b); }

}  // namespace

TEST_CASE("systems: the reference solutions lie within their error bounds, to 12 digits") {
  REQUIRE_REFERENCE_DATA(data);
  const auto file = nlohmann::json::parse(std::ifstream(data / "calculus" / "roots.json"));
  for (const auto& entry : file.at("systems")) {
    const auto start = entry.at("x0").get<std::vector<double>>();
    const auto n = static_cast<Index>(start.size());
    std::vector<std::string> names;
    for (Index i = 1; i <= n; ++i) names.push_back("x" + std::to_string(i));
    std::vector<test::RealFunction> equations;
    for (const auto& text : entry.at("equations_eq0"))
      equations.emplace_back(text.get<std::string>(), names);
    const auto F = [&](const Vec& x) {
      Vec value(n);
      for (Index i = 0; i < n; ++i)
        value[i] = equations[static_cast<std::size_t>(i)](std::span(x.data(), start.size()));
      return value;
    };
    const SystemRoot root = solve_system(F, Eigen::Map<const Vec>(start.data(), n));
    INFO(entry.at("equations_eq0").dump() << ": " << root.reason);
    CHECK(root.status == Status::converged);
    for (Index i = 0; i < n; ++i) {
      const double expected =
          std::stod(entry.at("solution")[static_cast<std::size_t>(i)].get<std::string>());
      INFO("x" << i + 1 << " " << root.x[i] << " ± " << root.error[i]);
      CHECK(std::abs(root.x[i] - expected) <= root.error[i]);
      CHECK(root.error[i] <= 1e-12);
    }
  }
}

TEST_CASE("systems: a linear system is solved in one step, whatever the scale of an equation") {
  const Mat A = test::random_matrix(6, 6, 11) + 3 * Mat::Identity(6, 6);
  const Vec expected = test::random_matrix(6, 1, 12);
  Vec scales = Vec::Ones(6);
  scales[2] = 1e12;
  scales[4] = 1e-12;
  const Vec b = A * expected;
  const SystemRoot root = solve_system(
      [&](const Vec& x) -> Vec { return scales.cwiseProduct(A * x - b); }, Vec::Zero(6),
      {.jacobian = [&](const Vec&) -> Mat { return scales.asDiagonal() * A; }});
  CHECK(root.status == Status::converged);
  CHECK(root.iterations <= 3);
  CHECK(((root.x - expected).cwiseAbs() - root.error).maxCoeff() <= 0);
}

TEST_CASE("systems: damping leads along a curved valley") {
  // Rosenbrock's equations: 10 (y − x²) = 0, 1 − x = 0.
  const auto F = [](const Vec& x) { return vec(10 * (x[1] - x[0] * x[0]), 1 - x[0]); };
  const SystemRoot root = solve_system(F, vec(-1.2, 1));
  CHECK(root.status == Status::converged);
  CHECK((root.x - vec(1, 1)).lpNorm<Eigen::Infinity>() <= 1e-14);
  // atan(x) from 5: undamped Newton leaps away for good.
  const SystemRoot arc =
      solve_system([](const Vec& x) { return vec(std::atan(x[0]), x[1] - x[0]); }, vec(5, 5));
  CHECK(arc.status == Status::converged);
  CHECK(arc.x.lpNorm<Eigen::Infinity>() <= 1e-12);
}

TEST_CASE("systems: multiple solutions, none, and nonsense are not converged") {
  // (x − y)² = 0 and x + y = 2 touch at (1, 1).
  const SystemRoot multiple = solve_system(
      [](const Vec& x) { return vec((x[0] - x[1]) * (x[0] - x[1]), x[0] + x[1] - 2); }, vec(3, 0));
  CHECK(multiple.status == Status::suspicious);
  CHECK_THAT(multiple.reason, ContainsSubstring("singular"));
  const SystemRoot none = solve_system(
      [](const Vec& x) { return vec(x[0] * x[0] + x[1] * x[1] + 1, x[0] - x[1]); }, vec(1, 2));
  CHECK(none.status != Status::converged);
  CHECK(none.residual >= 1);
  const SystemRoot redundant = solve_system(
      [](const Vec& x) { return vec(x[0] + x[1] - 1, 2 * x[0] + 2 * x[1] - 2); }, vec(3, 4));
  CHECK(redundant.status != Status::converged);
  const SystemRoot undefined =
      solve_system([](const Vec& x) { return vec(std::sqrt(x[0]) - 1, x[1]); }, vec(-1, 2));
  CHECK(undefined.status == Status::not_finite);
  const SystemRoot runaway = solve_system([](const Vec& x) { return vec(std::exp(-x[0]), x[1]); },
                                          vec(1, 1), {.max_iterations = 50});
  CHECK(runaway.status != Status::converged);
}

TEST_CASE("systems: shapes must agree") {
  const auto F = [](const Vec& x) { return x; };
  CHECK_THROWS_AS(solve_system(F, Vec()), DimensionError);
  CHECK_THROWS_AS(solve_system([](const Vec&) { return Vec::Zero(3).eval(); }, vec(1, 1)),
                  DimensionError);
  CHECK_THROWS_AS(
      solve_system(F, vec(1, 1), {.jacobian = [](const Vec&) { return Mat::Zero(3, 2).eval(); }}),
      DimensionError);
  CHECK_THROWS_AS(solve_system(F, vec(1, std::nan(""))), DomainError);
}
