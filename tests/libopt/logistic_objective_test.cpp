#include "mathtool/opt/logistic_objective.hpp"

#include <Eigen/LU>
#include <cmath>
#include <utility>

#include "mathtool/opt/gradient_check.hpp"
#include "mathtool/opt/methods/bfgs.hpp"
#include "mathtool/opt/methods/lbfgs.hpp"
#include "mathtool/opt/methods/trust.hpp"
#include "mathtool/opt/minimize.hpp"
#include "support/random_matrix.hpp"
#include "support/tolerance.hpp"

using namespace mathtool;

namespace {

/// R's mtcars: weight, and whether the gearbox is manual.
const Vec weights{{2.62,  2.875, 2.32,  3.215, 3.44,  3.46,  3.57, 3.19,  3.15,  3.44,  3.44,
                   4.07,  3.73,  3.78,  5.25,  5.424, 5.345, 2.2,  1.615, 1.835, 2.465, 3.52,
                   3.435, 3.84,  3.845, 1.935, 2.14,  1.513, 3.17, 2.77,  3.57,  2.78}};
const Vec manual{{1, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
                  0, 1, 1, 1, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 1}};

std::pair<RowMat, Vec> random_rows(Index n, Index p) {
  RowMat X(n, p);
  Vec y(n);
  for (Index i = 0; i < n; ++i) {
    for (Index j = 0; j < p; ++j) X(i, j) = std::sin(static_cast<double>(1 + i * p + j * j));
    y[i] = std::sin(static_cast<double>(13 * i)) > 0.2 ? 1 : 0;
  }
  return {X, y};
}

}  // namespace

TEST_CASE("logistic objective: R's coefficients, deviance and covariance", "[opt]") {
  // m <- glm(am ~ wt, binomial, mtcars, control = list(epsilon = 1e-15)); coef(m); deviance(m);
  // vcov(m)
  const opt::LogisticObjective f(RowMat(weights), manual);
  for (const int kind : {0, 1, 2}) {
    const opt::MinimizeOptions options{.stopping = {.gradient_tol = 1e-12}};
    const opt::Minimum m = kind == 0   ? opt::minimize(f, Vec::Zero(2), opt::Bfgs{}, options)
                           : kind == 1 ? opt::minimize(f, Vec::Zero(2), opt::Lbfgs{}, options)
                                       : opt::minimize(f, Vec::Zero(2), opt::Trust{}, options);
    INFO(kind << " " << m.reason);
    CHECK_NEAR(m.x[1], 12.0403697286573, 1e-8);
    CHECK_NEAR(m.x[0], -4.0239699621732, 1e-8);
    CHECK_NEAR(2 * 32 * m.value, 19.1760848074451, 1e-12);
    const Mat inverse = (32 * f.hessian(m.x)).inverse();
    CHECK_NEAR(inverse(1, 1), 20.34069721978382, 1e-5);
    CHECK_NEAR(inverse(0, 0), 2.06361195838912, 1e-6);
    CHECK_NEAR(inverse(0, 1), -6.42444571813516, 1e-5);
  }
}

TEST_CASE("logistic objective: its derivatives are those of its value", "[opt]") {
  const auto [X, y] = random_rows(700, 5);
  for (const bool intercept : {false, true}) {
    const opt::LogisticObjective f(X, y, {.l2 = 0.3, .intercept = intercept});
    const Index q = f.parameters();
    CHECK(q == (intercept ? 6 : 5));
    const Vec w = Vec::LinSpaced(q, -1, 2);
    CHECK(opt::check_gradient(f, w, {.tolerance = 1e-8}).agrees);
    const Mat H = f.hessian(w);
    CHECK(H == H.transpose());
    Vec up(q), down(q);
    for (Index j = 0; j < q; ++j) {
      Vec x = w;
      const double h = 1e-5;
      x[j] = w[j] + h, f(x, up), x[j] = w[j] - h, f(x, down);
      CHECK((H.col(j) - (up - down) / (2 * h)).lpNorm<Eigen::Infinity>() <= 1e-8);
    }
    const Vec v = Vec::LinSpaced(q, 1, -1);
    CHECK((H * v - f.hessian_times(w, v)).lpNorm<Eigen::Infinity>() <= 1e-13);
  }
}

TEST_CASE("logistic objective: the same bits for any number of threads", "[opt]") {
  const auto [X, y] = random_rows(20'000, 7);
  const Vec w = Vec::LinSpaced(8, -1, 1);
  const opt::LogisticObjective one(X, y, {.threads = 1}), more(X, y, {.threads = 3});
  Vec a(8), b(8);
  CHECK(one(w, a) == more(w, b));
  CHECK(a == b);
  CHECK(one.hessian(w) == more.hessian(w));
  CHECK(one.hessian_times(w, a) == more.hessian_times(w, a));
}

TEST_CASE("logistic objective: scores of any size, by hand", "[opt]") {
  const opt::LogisticObjective f(RowMat(Vec{{1e3, -1e3, 0, 1e5}}), Vec{{0, 0, 0.25, 1}},
                                 {.intercept = false});
  Vec gradient(1);
  // log(1 + e^1000) = 1000, log(1 + e^−1000) = 0, log 2, and 0.
  CHECK_NEAR(f(Vec{{1.0}}, gradient), (1000 + std::log(2)) / 4, 1e-12);
  CHECK_NEAR(gradient[0], 1000.0 / 4, 1e-12);
}

TEST_CASE("logistic objective: what it cannot take is named", "[opt]") {
  CHECK_THROWS_AS(opt::LogisticObjective(RowMat::Ones(3, 2), Vec::Ones(2)), DimensionError);
  CHECK_THROWS_AS(opt::LogisticObjective(RowMat::Ones(0, 2), Vec(0)), DomainError);
  CHECK_THROWS_AS(opt::LogisticObjective(RowMat::Ones(1, 1), Vec{{2.0}}), DomainError);
  CHECK_THROWS_AS(opt::LogisticObjective(RowMat::Constant(1, 1, INFINITY), Vec{{1.0}}),
                  DomainError);
  CHECK_THROWS_AS(opt::LogisticObjective(RowMat::Ones(1, 1), Vec{{1.0}}, {.l2 = -1}), DomainError);
  const opt::LogisticObjective f(RowMat::Ones(1, 1), Vec{{1.0}});
  CHECK_THROWS_AS(f.value(Vec::Zero(3)), DimensionError);
}
