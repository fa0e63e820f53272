#include <cmath>
#include <limits>
#include <vector>

#include "mathtool/math/expression/parse_expression.hpp"
#include "mathtool/opt/autodiff_objective.hpp"
#include "mathtool/opt/difference_objective.hpp"
#include "mathtool/opt/expression_objective.hpp"
#include "mathtool/opt/gradient_check.hpp"
#include "mathtool/opt/mini_batches.hpp"
#include "mathtool/opt/minimize.hpp"
#include "mathtool/opt/rate_range.hpp"
#include "mathtool/opt/rules/adam.hpp"
#include "mathtool/opt/rules/gradient_descent.hpp"
#include "support/problems/classical_problems.hpp"
#include "support/tolerance.hpp"

using namespace mathtool;

namespace {

const auto rosenbrock = [](const auto& x) {
  using S = std::decay_t<decltype(x[0])>;
  const S a = 1 - x[0], b = x[1] - x[0] * x[0];
  return S(a * a + 100 * b * b);
};

/// At (−1.2, 1): f = 24.2, ∇f = (−215.6, −88), H = (1330, 480; 480, 200), by hand.
void check_rosenbrock(opt::Objective f, double digits) {
  const Vec x{{-1.2, 1.0}};
  Vec gradient(2);
  CHECK_NEAR(f(x, gradient), 24.2, 1e-14);
  CHECK_NEAR(gradient[0], -215.6, digits);
  CHECK_NEAR(gradient[1], -88.0, digits);
  if (f.has_value()) CHECK_NEAR(f.value(x), 24.2, 1e-14);
  const Mat H{{1330, 480}, {480, 200}};
  if (f.has_hessian()) CHECK(test::largest_difference(f.hessian(x), H) <= 1e-11);
  if (f.has_hessian_times())
    CHECK(test::largest_difference(f.hessian_times(x, Vec{{1.0, -2.0}}), H * Vec{{1.0, -2.0}}) <=
          1e-11);
}

}  // namespace

TEST_CASE("objectives: all kinds agree with a gradient computed by hand", "[opt]") {
  check_rosenbrock(opt::by_autodiff(rosenbrock), 1e-12);
  check_rosenbrock(opt::by_differences([](const Vec& x) { return rosenbrock(x); }), 1e-6);
  check_rosenbrock(
      opt::by_differences([](const Vec& x) { return rosenbrock(x); }, {.central = false}), 1e-3);
  const math::Expression formula = math::parse_expression("(1 - x)^2 + 100 (y - x^2)^2").expression;
  const std::vector<std::string> names = {"x", "y"};
  opt::ExpressionObjective parsed(formula, names);
  check_rosenbrock(parsed, 1e-12);
  Vec gradient;
  CHECK_THROWS_AS(parsed(Vec::Zero(3), gradient), DimensionError);
}

TEST_CASE("objectives: an expression with an unknown name is refused", "[opt]") {
  const std::vector<std::string> names = {"x"};
  CHECK_THROWS_AS(opt::ExpressionObjective(math::parse_expression("x^2 + z").expression, names),
                  DomainError);
}

TEST_CASE("differences: they stay in the box and avoid what is not finite", "[opt]") {
  const opt::Box box{.low = Vec{{1.0, 0.0}}, .high = Vec{{2.0, 0.0}}};
  bool inside = true;
  auto f = opt::by_differences(
      [&](const Vec& x) {
        inside = inside && box.contains(x);
        return x[0] * x[0] + 3 * x[1];
      },
      {.box = box});
  Vec gradient(2);
  (void)f(Vec{{1.0, 0.0}}, gradient);
  CHECK(inside);
  CHECK_NEAR(gradient[0], 2.0, 1e-7);
  CHECK(gradient[1] == 0);  // between bounds that coincide
  auto half = opt::by_differences([](const Vec& x) { return std::pow(x[0], 1.5); });
  Vec one(1);
  (void)half(Vec{{0.0}}, one);  // NaN to the left of 0
  CHECK_NEAR(one[0], 0.0, 1e-3);
  CHECK(f.calls() == 1 + 1 + 1 + 0);  // f, one side of the first variable
}

TEST_CASE("check_gradient: a wrong coordinate is found and named", "[opt]") {
  const auto wrong = [](const Vec& x, Vec& gradient) {
    gradient = Vec{{2 * x[0], 3 * x[1]}};  // should be 2 x[1]
    return x.squaredNorm();
  };
  const opt::GradientCheck check = opt::check_gradient(wrong, Vec{{1.0, 2.0}});
  CHECK(!check.agrees);
  CHECK(check.worst == 1);
  CHECK_NEAR(check.coordinates[1].by_differences, 4.0, 1e-8);
  CHECK_NEAR(check.largest_error, 2.0 / 6, 1e-8);
  for (const test::Problem& problem : test::classical_problems()) {
    INFO(problem.name);
    const opt::GradientCheck right = opt::check_gradient(problem.f, problem.start.array() + 0.1);
    CHECK(right.agrees);
  }
}

TEST_CASE("problems: the stated minimum is there, and the slope is 0", "[opt]") {
  for (const test::Problem& problem : test::classical_problems())
    for (const Vec& x : problem.minimisers) {
      INFO(problem.name);
      Vec gradient;
      CHECK_NEAR(problem.f(x, gradient), problem.minimum, problem.digits);
      CHECK(gradient.lpNorm<Eigen::Infinity>() <= 1e-12 * 1000);
    }
}

TEST_CASE("mini-batches: an epoch has every row once, and the order follows from seed and epoch",
          "[opt]") {
  opt::MiniBatches batches(10, {.batch = 4, .seed = 7});
  CHECK(batches.per_epoch() == 3);
  std::vector<std::vector<Index>> epochs;
  for (int epoch = 0; epoch < 2; ++epoch) {
    std::vector<Index> rows;
    for (const std::size_t size : {4u, 4u, 2u}) {
      const auto batch = batches.next();
      CHECK(batch.size() == size);
      rows.insert(rows.end(), batch.begin(), batch.end());
    }
    std::vector<Index> sorted = rows;
    std::sort(sorted.begin(), sorted.end());
    CHECK(sorted == std::vector<Index>{0, 1, 2, 3, 4, 5, 6, 7, 8, 9});
    epochs.push_back(rows);
  }
  CHECK(epochs[0] != epochs[1]);
  opt::MiniBatches resumed(10, {.batch = 4, .seed = 7});
  resumed.seek(4);
  const auto batch = resumed.next();
  CHECK(std::equal(batch.begin(), batch.end(), epochs[1].begin() + 4));
  CHECK_THROWS_AS(opt::MiniBatches(0, {}), DomainError);
  CHECK_THROWS_AS(opt::MiniBatches(5, {.batch = 0}), DomainError);
}

TEST_CASE("mini-batches: stochastic descent finds the least squares line", "[opt]") {
  // y = 2 + 3 t without noise: every batch has its minimum at the same (2, 3).
  constexpr Index n = 50;
  auto f = opt::by_mini_batches(
      [](const Vec& x, std::span<const Index> rows, Vec& gradient) {
        gradient.setZero(2);
        double sum = 0;
        for (const Index i : rows) {
          const double t = static_cast<double>(i) / n, r = x[0] + x[1] * t - (2 + 3 * t);
          sum += r * r / 2;
          gradient += r * Vec{{1.0, t}};
        }
        gradient /= static_cast<double>(rows.size());
        return sum / static_cast<double>(rows.size());
      },
      n, {.batch = 8, .seed = 3});
  const opt::Minimum m = opt::minimize(f, Vec::Zero(2), opt::GradientDescent{.learning_rate = 0.5},
                                       {.stopping = {.gradient_tol = 0, .max_iterations = 3000}});
  Vec gradient(2);
  CHECK(f.over_all(m.x, gradient) < 1e-12);
  CHECK_NEAR(m.x[1], 3.0, 1e-5);
}

TEST_CASE("rate range: the rate at which descent blows up is the theory's", "[opt]") {
  // Gradient descent on 2 x² (curvature 4) is stable below η = 2/4, fastest at 1/4.
  const auto f = [](const Vec& x, Vec& gradient) {
    gradient = 4 * x;
    return 2 * x.squaredNorm();
  };
  const opt::RateRange range = opt::learning_rate_range(f, Vec::Ones(1), opt::GradientDescent{},
                                                        {.low = 1e-4, .high = 10, .smoothing = 0});
  CHECK(range.status == Status::converged);
  CHECK(range.largest < 1);
  CHECK(range.steepest < 0.5);
  CHECK(range.steepest > 1e-3);
  CHECK(range.rates.back() < 10);  // it did not go on
  const auto flat = [](const Vec&, Vec& gradient) { return gradient.setZero(), 1.0; };
  CHECK(opt::learning_rate_range(flat, Vec::Ones(1), opt::Adam{}).status == Status::stalled);
  CHECK_THROWS_AS(opt::learning_rate_range(f, Vec::Ones(1), opt::Adam{}, {.low = 1, .high = 0.1}),
                  DomainError);
}
