#include "mathtool/opt/constraints/quadratic_program.hpp"

#include <rapidcheck.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "mathtool/math/error.hpp"
#include "support/tolerance.hpp"

using namespace mathtool;

namespace {

constexpr double none = std::numeric_limits<double>::infinity();

/// The largest error in the conditions of Karush, Kuhn and Tucker.
double kkt_error(const opt::QuadraticProgram& p, const opt::QuadraticMinimum& m) {
  Vec slope = p.c + m.bound;
  if (p.H.size() > 0) slope += p.H * m.x;
  double error = 0;
  if (p.E.rows() > 0) {
    slope += p.E.transpose() * m.equality;
    error = std::max(error, (p.E * m.x - p.e).lpNorm<Eigen::Infinity>());
  }
  if (p.A.rows() > 0) {
    slope += p.A.transpose() * m.inequality;
    const Vec room = p.b - p.A * m.x;
    error = std::max({error, -room.minCoeff(), -m.inequality.minCoeff(),
                      m.inequality.cwiseMin(room).cwiseAbs().maxCoeff()});
  }
  if (!p.box.unbounded())
    for (Index i = 0; i < m.x.size(); ++i) {
      error = std::max({error, p.box.low[i] - m.x[i], m.x[i] - p.box.high[i]});
      if (m.bound[i] > 0) error = std::max(error, p.box.high[i] - m.x[i]);
      if (m.bound[i] < 0) error = std::max(error, m.x[i] - p.box.low[i]);
    }
  return std::max(error, slope.lpNorm<Eigen::Infinity>());
}

Mat random_entries(Index rows, Index columns) {
  Mat result(rows, columns);
  for (Index i = 0; i < result.size(); ++i) result(i) = *rc::gen::inRange(-1000, 1000) / 250.0;
  return result;
}

}  // namespace

TEST_CASE("quadratic program: the conditions of Karush, Kuhn and Tucker hold", "[opt]") {
  CHECK(rc::check([] {
    const Index n = *rc::gen::inRange(1, 9), k = *rc::gen::inRange<Index>(0, n),
                m = *rc::gen::inRange(0, 12);
    const Mat root = random_entries(n, n);
    opt::QuadraticProgram p{.H = root * root.transpose() + 0.1 * Mat::Identity(n, n),
                            .c = 5 * random_entries(n, 1),
                            .E = random_entries(k, n),
                            .A = random_entries(m, n)};
    // There is a point that satisfies all.
    const Vec inside = random_entries(n, 1);
    p.e = p.E * inside;
    p.b = p.A * inside + random_entries(m, 1).cwiseAbs();
    p.box = {inside - random_entries(n, 1).cwiseAbs(), inside + random_entries(n, 1).cwiseAbs()};
    const opt::QuadraticMinimum result = opt::minimize_quadratic(p);
    RC_ASSERT(result.status == Status::converged);
    RC_ASSERT(kkt_error(p, result) <=
              1e-8 * (1 + p.H.cwiseAbs().maxCoeff()) * (1 + result.x.lpNorm<Eigen::Infinity>()));
  }));
}

TEST_CASE("quadratic program: Nocedal and Wright's example 16.4", "[opt]") {
  // min (x − 1)² + (y − 2.5)²: (1.4, 1.7), multiplier 0.8 of −x + 2y ≤ 2.
  const opt::QuadraticProgram p{.H = 2 * Mat::Identity(2, 2),
                                .c = Vec{{-2, -5}},
                                .A = (Mat(3, 2) << -1, 2, 1, 2, 1, -2).finished(),
                                .b = Vec{{2, 6, 2}},
                                .box = {.low = Vec::Zero(2), .high = Vec::Constant(2, none)}};
  const opt::QuadraticMinimum m = opt::minimize_quadratic(p);
  CHECK(m.status == Status::converged);
  CHECK_NEAR(m.x[0], 1.4, 1e-14);
  CHECK_NEAR(m.x[1], 1.7, 1e-14);
  CHECK_NEAR(m.inequality[0], 0.8, 1e-14);
  CHECK(m.inequality[1] == 0);
  CHECK_NEAR(m.value, 0.16 + 0.64 - 7.25, 1e-13);
}

TEST_CASE("quadratic program: linear programs, and H that is singular", "[opt]") {
  // Dantzig's glass company: −36 at (2, 6), multipliers 0, 3/2, 1.
  const opt::QuadraticProgram glass{.c = Vec{{-3, -5}},
                                    .A = (Mat(3, 2) << 1, 0, 0, 2, 3, 2).finished(),
                                    .b = Vec{{4, 12, 18}},
                                    .box = {.low = Vec::Zero(2), .high = Vec::Constant(2, none)}};
  const opt::QuadraticMinimum m = opt::minimize_quadratic(glass);
  INFO(m.reason);
  REQUIRE(m.status == Status::converged);
  CHECK_NEAR(m.value, -36.0, 1e-12);
  CHECK_NEAR(m.inequality[1], 1.5, 1e-13);
  CHECK_NEAR(m.inequality[2], 1.0, 1e-13);
  // (x + y − 1)², x − y free: any minimum will do.
  const opt::QuadraticProgram flat{.H = Mat::Constant(2, 2, 2), .c = Vec{{-2, -2}}};
  const opt::QuadraticMinimum line = opt::minimize_quadratic(flat);
  CHECK(line.status == Status::converged);
  CHECK_NEAR(line.x.sum(), 1.0, 1e-9);
}

TEST_CASE("quadratic program: infeasible and unbounded ones are told", "[opt]") {
  opt::QuadraticProgram p{.H = Mat::Identity(2, 2),
                          .c = Vec::Zero(2),
                          .A = (Mat(2, 2) << 1, 1, -1, -1).finished(),
                          .b = Vec{{1, -2}}};
  const opt::QuadraticMinimum between = opt::minimize_quadratic(p);
  CHECK(between.status == Status::stalled);
  CHECK_THAT(between.reason, ContainsSubstring("contradicts"));
  p = {.H = Mat::Identity(1, 1), .c = Vec::Zero(1), .E = Mat::Ones(2, 1), .e = Vec{{1, 2}}};
  CHECK(opt::minimize_quadratic(p).status == Status::stalled);
  p = {.H = Mat::Identity(1, 1), .c = Vec::Zero(1), .A = Mat::Zero(1, 1), .b = Vec{{-1}}};
  CHECK(opt::minimize_quadratic(p).status == Status::stalled);  // 0 ≤ −1

  const opt::QuadraticProgram endless{.H = (Mat(2, 2) << 1, 0, 0, 0).finished(),
                                      .c = Vec{{0, -1}},
                                      .A = (Mat(1, 2) << 1, -1).finished(),
                                      .b = Vec{{0}}};
  const opt::QuadraticMinimum down = opt::minimize_quadratic(endless);
  CHECK(down.status == Status::divergent);
  CHECK(down.x[1] > 0.99);  // the direction
  CHECK_THROWS_AS(opt::minimize_quadratic({.H = -Mat::Identity(1, 1), .c = Vec::Ones(1)}),
                  DomainError);
}

TEST_CASE("quadratic program: the same constraint twice, fixed variables, rows without effect",
          "[opt]") {
  const opt::QuadraticProgram p{.H = Mat::Identity(2, 2),
                                .c = Vec{{-4, -4}},
                                .E = (Mat(2, 2) << 1, 1, 2, 2).finished(),
                                .e = Vec{{2, 4}},
                                .A = (Mat(3, 2) << 1, 0, 1, 0, 0, 0).finished(),
                                .b = Vec{{0.5, 0.5, 1}},
                                .box = {.low = Vec{{-1, -9}}, .high = Vec{{1, 9}}}};
  const opt::QuadraticMinimum m = opt::minimize_quadratic(p);
  CHECK(m.status == Status::converged);
  CHECK_NEAR(m.x[0], 0.5, 1e-14);
  CHECK_NEAR(m.x[1], 1.5, 1e-14);
  CHECK(kkt_error(p, m) < 1e-13);
  const opt::QuadraticProgram fixed{.H = Mat::Identity(2, 2),
                                    .c = Vec{{-4, -4}},
                                    .box = {.low = Vec{{1, -9}}, .high = Vec{{1, 9}}}};
  const opt::QuadraticMinimum held = opt::minimize_quadratic(fixed);
  CHECK_NEAR(held.x[0], 1.0, 1e-15);
  CHECK_NEAR(held.bound[0], 3.0, 1e-14);
  CHECK_THROWS_AS(opt::minimize_quadratic({.H = Mat::Identity(3, 3), .c = Vec::Ones(2)}),
                  DimensionError);
}
