#include "mathtool/stats/pca.hpp"

#include <cmath>
#include <numbers>

#include "mathtool/math/error.hpp"
#include "mathtool/math/orthonormal_basis.hpp"
#include "support/random_matrix.hpp"
#include "support/tolerance.hpp"

using namespace mathtool;
using stats::ComponentRule;
using stats::fit_pca;
using stats::Pca;
using stats::PcaSolver;
using test::largest_difference;
using test::random_matrix;

namespace {

constexpr PcaSolver solvers[] = {PcaSolver::covariance, PcaSolver::svd, PcaSolver::gram,
                                 PcaSolver::randomized};

/// Rows (±3, ±1) turned by 30 degrees: variances 9 and 1 times 4/3 along the turned axes.
Mat turned_cross() {
  Mat X(4, 2);
  X << 3, 1, 3, -1, -3, 1, -3, -1;
  const double c = std::cos(std::numbers::pi / 6), s = std::sin(std::numbers::pi / 6);
  Mat turn(2, 2);
  turn << c, s, -s, c;
  return (X * turn).array() + 100.0;
}

}  // namespace

TEST_CASE("pca: a table solved by hand, by every solver", "[stats]") {
  for (const PcaSolver solver : solvers) {
    const Pca pca = fit_pca(turned_cross(), {.solver = solver});
    INFO(to_string(solver));
    CHECK(pca.solver == solver);
    CHECK_NEAR(pca.eigenvalues[0], 12.0, 1e-13);
    CHECK_NEAR(pca.eigenvalues[1], 4.0 / 3, 1e-13);
    CHECK_NEAR(pca.total_variance, 40.0 / 3, 1e-13);
    CHECK_NEAR(pca.components(0, 0), std::sqrt(0.75), 1e-14);
    CHECK_NEAR(pca.components(1, 0), 0.5, 1e-14);
    CHECK_NEAR(pca.components(0, 1), -0.5, 1e-14);
    CHECK_NEAR(pca.components(1, 1), std::sqrt(0.75), 1e-14);
    CHECK(pca.status == Status::converged);
    CHECK(pca.rank == 2);
    CHECK_NEAR(pca.cumulative_ratio()[0], 0.9, 1e-14);
    CHECK_NEAR(pca.loadings()(1, 0), 0.5 * std::sqrt(12.0), 1e-13);
  }
}

TEST_CASE("pca: entries tied for the largest take the sign from the first", "[stats]") {
  Mat X(4, 2);
  X << 1, -1, -1, 1, 2, -2, -2, 2;  // the component is (1, -1)/√2 or its negative
  for (const PcaSolver solver : solvers) {
    const Pca pca = fit_pca(X, {.solver = solver});
    CHECK_NEAR(pca.components(0, 0), std::sqrt(0.5), 1e-14);
    CHECK_NEAR(pca.components(1, 0), -std::sqrt(0.5), 1e-14);
    CHECK(pca.rank == 1);
    CHECK(pca.output_size() == 1);
  }
}

TEST_CASE("pca: all solvers agree on a wide and on a tall table", "[stats]") {
  for (const auto& [n, p] : {std::pair<Index, Index>{20, 150}, {500, 100}}) {
    Mat X = random_matrix(n, p, 12);
    for (Index j = 0; j < p; ++j) X.col(j) *= std::pow(0.9, static_cast<double>(j));
    const Pca reference = fit_pca(X, {.components = 8, .solver = PcaSolver::svd});
    for (const PcaSolver solver : solvers) {
      const Pca pca = fit_pca(X, {.components = 8, .solver = solver});
      INFO(n << " x " << p << " " << to_string(solver));
      CHECK(largest_difference(pca.eigenvalues, reference.eigenvalues) <=
            1e-12 * reference.eigenvalues[0]);
      CHECK(largest_difference(pca.components, reference.components) <= 1e-9);
      CHECK_NEAR(pca.total_variance, reference.total_variance,
                 test::relative(1e-13, pca.total_variance));
    }
  }
}

TEST_CASE("pca: a streamed covariance gives the fit of the matrix", "[stats]") {
  const Mat X = random_matrix(3000, 7, 13);
  stats::Covariance covariance;
  for (Index i = 0; i < 3000; ++i) covariance.push(X.row(i).transpose());
  const Pca streamed = fit_pca(covariance, {.standardize = true}),
            direct = fit_pca(X, {.standardize = true, .solver = PcaSolver::svd});
  CHECK(largest_difference(streamed.eigenvalues, direct.eigenvalues) <= 1e-13);
  CHECK(largest_difference(streamed.components, direct.components) <= 1e-9);
  CHECK(largest_difference(streamed.scale, direct.scale) <= 1e-15);
  CHECK(streamed.observations == 3000);
}

TEST_CASE("pca: the rank does not depend on how many components are kept", "[stats]") {
  Mat X = random_matrix(60, 5, 18);
  X.col(3) = X.col(0) + X.col(1);
  X.col(4) = X.col(0) - X.col(2);
  for (const PcaSolver solver : {PcaSolver::covariance, PcaSolver::svd})
    for (const Index k : {1, 2, 5})
      CHECK(fit_pca(X, {.components = k, .solver = solver}).rank == 3);
}

TEST_CASE("pca: more columns than rows in units far apart", "[stats]") {
  Mat X = random_matrix(4, 6, 19);
  X.col(2) *= 1e9;
  for (const PcaSolver solver :
       {PcaSolver::automatic, PcaSolver::covariance, PcaSolver::svd, PcaSolver::gram})
    CHECK(fit_pca(X, {.solver = solver}).output_size() == 3);
}

TEST_CASE("pca: randomized without a count takes no more pairs than there are", "[stats]") {
  const Pca pca = fit_pca(random_matrix(10, 3000, 20), {.solver = PcaSolver::randomized});
  CHECK(pca.output_size() == 9);
  CHECK_NEAR(pca.eigenvalues.sum(), pca.total_variance, 1e-11 * pca.total_variance);
}

TEST_CASE("pca: no entry is minus zero", "[stats]") {
  Mat X = Mat::Zero(6, 3);
  X.col(1) << 1, 2, 3, 5, 8, 13;
  for (const PcaSolver solver : solvers) {
    const Pca pca = fit_pca(X, {.solver = solver});
    for (const double entry : pca.components.reshaped())
      CHECK_FALSE((entry == 0.0 && std::signbit(entry)));
  }
}

TEST_CASE("pca: units far apart do not reduce the rank", "[stats]") {
  Mat X = random_matrix(100, 3, 14);
  X.col(0) *= 1e9;
  X.col(2) *= 1e-9;
  for (const PcaSolver solver : {PcaSolver::covariance, PcaSolver::svd}) {
    const Pca pca = fit_pca(X, {.solver = solver});
    REQUIRE(pca.output_size() == 3);
    // To first order in the ratio of units: what the other columns leave of the smallest one's
    // variance.
    const Mat Z = X.rowwise() - X.colwise().mean();
    const Mat others = math::orthonormal_basis(Z.leftCols(2));
    const Vec rest = Z.col(2) - others * (others.transpose() * Z.col(2));
    CHECK_NEAR(pca.eigenvalues[2], rest.squaredNorm() / 99,
               test::relative(1e-12, pca.eigenvalues[2]));
  }
}

TEST_CASE("pca: dependent columns reduce the rank, for every solver", "[stats]") {
  Mat X = random_matrix(60, 5, 15);
  X.col(4) = 2 * X.col(0) - X.col(1);
  X.col(3).setConstant(7);
  for (const PcaSolver solver : solvers) {
    const Pca pca = fit_pca(X, {.components = 5, .solver = solver});
    INFO(to_string(solver));
    CHECK(pca.rank == 3);
    CHECK(pca.output_size() == 3);
  }
}

TEST_CASE("pca: the rules for the number of components", "[stats]") {
  // Variances 8, 4, 2, 1, 1 along the axes, by orthogonal columns of signs.
  Mat X(8, 5);
  const double sd[] = {std::sqrt(8.0), 2, std::sqrt(2.0), 1, 1};
  for (Index i = 0; i < 8; ++i)
    for (Index j = 0; j < 5; ++j) {
      const int bits = static_cast<int>(i & (j + 1));
      const int parity = ((bits >> 2) ^ (bits >> 1) ^ bits) & 1;
      X(i, j) = (parity ? -1 : 1) * sd[j] * std::sqrt(7.0 / 8);
    }
  const auto kept = [&](const ComponentRule& rule) {
    return fit_pca(X, {.components = rule, .solver = PcaSolver::covariance}).output_size();
  };
  CHECK(kept(ComponentRule::all()) == 5);
  CHECK(kept(2) == 2);
  CHECK(kept(9) == 5);
  CHECK(kept(ComponentRule::share(0.5)) == 1);  // 8 of 16 is the share itself
  CHECK(kept(ComponentRule::share(0.51)) == 2);
  CHECK(kept(ComponentRule::share(0.75)) == 2);
  CHECK(kept(ComponentRule::share(1.0)) == 5);
  CHECK(kept(ComponentRule::kaiser()) == 2);  // the mean is 3.2
  CHECK_THROWS_AS(ComponentRule(0), DomainError);
  CHECK_THROWS_AS(ComponentRule::share(1.1), DomainError);
}

TEST_CASE("pca: a rule on many columns asks for more pairs until it can tell", "[stats]") {
  const Index p = 600;
  Vec variances(p);
  for (Index j = 0; j < p; ++j) variances[j] = std::pow(0.99, static_cast<double>(j));
  stats::CovarianceEstimate estimate{Vec::Zero(p), variances.asDiagonal(), 5000};
  double sum = 0, total = variances.sum();
  Index expected = 0;
  while (sum < 0.9 * total) sum += variances[expected++];
  const Pca pca = fit_pca(estimate, {.components = ComponentRule::share(0.9)});
  CHECK(pca.output_size() == expected);
  CHECK_NEAR(pca.eigenvalues[expected - 1], variances[expected - 1], 1e-13);
}

TEST_CASE("pca: the randomized solver says how far it came", "[stats]") {
  Mat X = random_matrix(900, 700, 16);  // a flat spectrum: slow on purpose
  const Pca good = fit_pca(X, {.components = 3, .solver = PcaSolver::randomized});
  CHECK(good.status == Status::converged);
  CHECK(good.error_bound <= 1e-12 * good.eigenvalues[0]);
  const Pca poor =
      fit_pca(X, {.components = 3, .solver = PcaSolver::randomized, .max_iterations = 2});
  CHECK(poor.status == Status::out_of_budget);
  const Vec exact = fit_pca(X, {.solver = PcaSolver::covariance}).eigenvalues;
  for (Index k = 0; k < 3; ++k)
    CHECK((exact.array() - poor.eigenvalues[k]).abs().minCoeff() <= poor.error_bound);
  const Pca again = fit_pca(X, {.components = 3, .solver = PcaSolver::randomized});
  CHECK(again.components == good.components);
}

TEST_CASE("pca: what cannot be fitted is refused with a reason", "[stats]") {
  const Mat X = random_matrix(10, 3, 17);
  CHECK_THROWS_AS(fit_pca(X.topRows(1)), DimensionError);
  CHECK_THROWS_AS(fit_pca(Mat(5, 0)), DimensionError);
  CHECK_THROWS_AS(fit_pca(Mat::Constant(5, 2, 3.0)), InsufficientDataError);
  CHECK_THROWS_AS(fit_pca(Mat::Constant(5, 2, 3.0), {.solver = PcaSolver::svd}),
                  InsufficientDataError);
  Mat with_constant = X;
  with_constant.col(1).setConstant(1);
  CHECK_THROWS_WITH(fit_pca(with_constant, {.standardize = true, .solver = PcaSolver::svd}),
                    ContainsSubstring("column 2 is constant"));
  Mat with_nan = X;
  with_nan(2, 2) = std::nan("");
  CHECK_THROWS_AS(fit_pca(with_nan), DomainError);
  stats::Covariance covariance;
  covariance.push_rows(X);
  CHECK_THROWS_AS(fit_pca(covariance, {.solver = PcaSolver::svd}), DomainError);
  CHECK_THROWS_AS(fit_pca(X, {.solver = PcaSolver::randomized, .tolerance = -1}), DomainError);
  CHECK_THROWS_AS(fit_pca(X).project(Mat(4, 2)), DimensionError);
  CHECK_THROWS_AS(fit_pca(X).reconstruct(Mat(4, 2)), DimensionError);
}
