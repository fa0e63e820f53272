#include <cmath>
#include <functional>
#include <limits>
#include <vector>

#include "mathtool/opt/line_search/armijo.hpp"
#include "mathtool/opt/line_search/more_thuente.hpp"
#include "support/tolerance.hpp"

using namespace mathtool;

namespace {

/// φ and φ′ of a line of one variable, from x = 0 to the right.
using Phi = std::function<double(double, double&)>;

struct Outcome {
  opt::LineEnd end;
  opt::LinePoint point;
  std::int64_t evaluations;
  double start_value, start_slope;
};

template <class Search>
Outcome search(const Search& rule, const Phi& phi, double first, const opt::Box& box = {},
               const opt::StoppingOptions& limits = {}) {
  const auto f = [&](const Vec& x, Vec& gradient) {
    gradient.resize(1);
    return phi(x[0], gradient[0]);
  };
  opt::Evaluations calls(f, box, limits);
  opt::Iterate start{Vec::Zero(1), 0, Vec::Zero(1), 0};
  start.value = calls(start.x, start.gradient);
  const Vec direction = Vec::Ones(1);
  const opt::Line line(calls, start, direction);
  Outcome outcome{};
  outcome.end = rule.search(line, first, outcome.point);
  outcome.evaluations = calls.count() - 1;
  outcome.start_value = start.value, outcome.start_slope = start.gradient[0];
  return outcome;
}

double wide_valley(double a, double& slope) {  // (5.1), β = 2
  slope = (a * a - 2) / ((a * a + 2) * (a * a + 2));
  return -a / (a * a + 2);
}
double steep_valley(double a, double& slope) {  // (5.2), β = 0.004
  const double t = a + 0.004;
  slope = 5 * std::pow(t, 4) - 8 * std::pow(t, 3);
  return std::pow(t, 5) - 2 * std::pow(t, 4);
}
double rippled_valley(double a, double& slope) {  // (5.3), β = 0.01, l = 39
  const double b = 0.01, l = 39, pi = std::acos(-1.0);
  double v = 0, s = 0;
  if (a <= 1 - b)
    v = 1 - a, s = -1;
  else if (a >= 1 + b)
    v = a - 1, s = 1;
  else
    v = (a - 1) * (a - 1) / (2 * b) + b / 2, s = (a - 1) / b;
  slope = s + (1 - b) * std::cos(l * pi / 2 * a);
  return v + 2 * (1 - b) / (l * pi) * std::sin(l * pi / 2 * a);
}

/// (5.4) with β₁, β₂.
Phi yanai(double b1, double b2) {
  return [b1, b2](double a, double& slope) {
    const auto gamma = [](double b) { return std::sqrt(1 + b * b) - b; };
    const double u = std::hypot(1 - a, b2), v = std::hypot(a, b1);
    slope = gamma(b1) * (a - 1) / u + gamma(b2) * a / v;
    return gamma(b1) * u + gamma(b2) * v;
  };
}

}  // namespace

TEST_CASE("more-thuente: the lines of its paper, from four first steps, in as few evaluations",
          "[opt]") {
  // Evaluations as printed in tables I to VI of Moré & Thuente (1994), for 1e-3, 1e-1, 10, 1000.
  struct Row {
    Phi phi;
    double decrease, curvature;
    int evaluations[4];
  };
  const std::vector<Row> rows = {{wide_valley, 1e-3, 0.1, {6, 3, 1, 4}},
                                 {steep_valley, 0.1, 0.1, {12, 8, 8, 11}},
                                 {rippled_valley, 0.1, 0.1, {12, 12, 10, 13}},
                                 {yanai(0.001, 0.001), 1e-3, 1e-3, {4, 1, 3, 4}},
                                 {yanai(0.01, 0.001), 1e-3, 1e-3, {6, 3, 7, 8}},
                                 {yanai(0.001, 0.01), 1e-3, 1e-3, {13, 11, 8, 11}}};
  int total = 0, published = 0;
  for (std::size_t i = 0; i < rows.size(); ++i)
    for (std::size_t k = 0; k < 4; ++k) {
      const Row& row = rows[i];
      const double first = std::vector<double>{1e-3, 1e-1, 10, 1000}[k];
      INFO("line " << i + 1 << " from " << first);
      const Outcome o = search(opt::MoreThuente{row.decrease, row.curvature, 40}, row.phi, first);
      CHECK(o.end == opt::LineEnd::found);
      CHECK(o.point.value <= o.start_value + row.decrease * o.point.step * o.start_slope);
      CHECK(std::abs(o.point.slope) <= row.curvature * std::abs(o.start_slope));
      CHECK(o.evaluations <= row.evaluations[k] + 1);
      total += static_cast<int>(o.evaluations), published += row.evaluations[k];
    }
  INFO("evaluations " << total << ", published " << published);
  CHECK(total == published);
}

TEST_CASE("armijo: ends where f has fallen enough, and no sooner", "[opt]") {
  for (const Phi& phi : {Phi(wide_valley), Phi(steep_valley), Phi(rippled_valley)})
    for (const double first : {1e-3, 1.0, 1000.0}) {
      const Outcome o = search(opt::Armijo{}, phi, first);
      CHECK(o.end == opt::LineEnd::found);
      CHECK(o.point.step <= first);
      CHECK(o.point.value <= o.start_value + 1e-4 * o.point.step * o.start_slope);
    }
  CHECK(search(opt::Armijo{}, wide_valley, 1).evaluations == 1);
}

TEST_CASE("line searches: a point where f is not finite shortens the step", "[opt]") {
  // −log(1 − α) − 10 α has its minimum at 0.9 and is NaN from 1 on.
  const Phi wall = [](double a, double& slope) {
    slope = 1 / (1 - a) - 10;
    return a < 1 ? -std::log(1 - a) - 10 * a : std::numeric_limits<double>::quiet_NaN();
  };
  for (const double first : {1e-3, 0.5, 2.0, 1e6, 1e300}) {
    INFO(first);
    const Outcome wolfe =
        search(opt::MoreThuente{.curvature = 1e-3, .max_trials = 1000}, wall, first);
    CHECK(wolfe.end == opt::LineEnd::found);
    CHECK_NEAR(wolfe.point.step, 0.9, 1e-3);
    const Outcome armijo = search(opt::Armijo{.max_trials = 1000}, wall, first);
    CHECK(armijo.end == opt::LineEnd::found);
    CHECK(armijo.point.step < 1);
  }
  const Phi nothing = [](double a, double& slope) {
    slope = -1;
    return a > 0 ? std::numeric_limits<double>::infinity() : 0;
  };
  CHECK(search(opt::MoreThuente{}, nothing, 1).end == opt::LineEnd::not_finite);
  CHECK(search(opt::Armijo{}, nothing, 1).end == opt::LineEnd::not_finite);
}

TEST_CASE("line searches: minus infinity is low enough", "[opt]") {
  const Phi abyss = [](double a, double& slope) {
    slope = -1;
    return a > 3 ? -std::numeric_limits<double>::infinity() : -a;
  };
  CHECK(search(opt::MoreThuente{}, abyss, 1).point.value ==
        -std::numeric_limits<double>::infinity());
  CHECK(search(opt::Armijo{}, abyss, 5).point.value == -std::numeric_limits<double>::infinity());
}

TEST_CASE("line searches: where f rises against its gradient there is no lower point", "[opt]") {
  const Phi liar = [](double a, double& slope) { return slope = -1, a; };
  CHECK(search(opt::MoreThuente{}, liar, 1).end == opt::LineEnd::no_lower);
  CHECK(search(opt::Armijo{}, liar, 1).end == opt::LineEnd::no_lower);
}

TEST_CASE("line searches: the rounding of f does not end them while its slope has digits",
          "[opt]") {
  // 1 + (α − 1e-9)²: the change of f is 1e-18, far below the rounding of 1.
  const Phi shallow = [](double a, double& slope) {
    slope = 2 * (a - 1e-9);
    return 1 + (a - 1e-9) * (a - 1e-9);
  };
  const Outcome wolfe = search(opt::MoreThuente{}, shallow, 1e-9);
  CHECK(wolfe.end == opt::LineEnd::found);
  CHECK(wolfe.point.slope == 0);
  CHECK(search(opt::Armijo{}, shallow, 1.5e-9).end == opt::LineEnd::found);
  // Beyond 2e-9 the slope is steeper than at the start: no progress, whatever f says.
  CHECK(search(opt::MoreThuente{}, shallow, 3e-9).point.step < 2e-9);
}

TEST_CASE("line searches: a bound is met to the last bit and never crossed", "[opt]") {
  const opt::Box box{.low = Vec{{-1.0}}, .high = Vec{{0.1 + 0.2}}};
  const Phi falling = [](double a, double& slope) { return slope = -1, -a; };
  for (const double first : {0.01, 0.3, 5.0}) {
    const Outcome wolfe = search(opt::MoreThuente{}, falling, first, box);
    CHECK(wolfe.end == opt::LineEnd::found);
    CHECK(wolfe.point.x[0] == 0.1 + 0.2);
    const Outcome armijo = search(opt::Armijo{}, falling, first, box);
    CHECK(armijo.end == opt::LineEnd::found);
    CHECK(armijo.point.x[0] <= 0.1 + 0.2);
  }
}

TEST_CASE("line searches: no more evaluations than there are", "[opt]") {
  const Phi liar = [](double a, double& slope) { return slope = -1, a; };
  CHECK(search(opt::MoreThuente{}, liar, 1, {}, {.max_evaluations = 4}).evaluations == 3);
  CHECK(search(opt::Armijo{}, liar, 1, {}, {.max_evaluations = 4}).evaluations == 3);
}

TEST_CASE("line searches: settings that make no sense are refused", "[opt]") {
  CHECK_THROWS_AS((opt::MoreThuente{.decrease = 0}.validate()), DomainError);
  CHECK_THROWS_AS((opt::MoreThuente{.decrease = 0.3, .curvature = 0.2}.validate()), DomainError);
  CHECK_THROWS_AS((opt::MoreThuente{.curvature = 1}.validate()), DomainError);
  CHECK_THROWS_AS((opt::Armijo{.decrease = 0.5}.validate()), DomainError);
  CHECK_THROWS_AS((opt::Armijo{.max_trials = 0}.validate()), DomainError);
}
