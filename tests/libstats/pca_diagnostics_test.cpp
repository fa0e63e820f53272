#include "mathtool/stats/pca_diagnostics.hpp"

#include <cmath>
#include <limits>

#include "mathtool/math/error.hpp"
#include "support/random_matrix.hpp"
#include "support/tolerance.hpp"

using namespace mathtool;
using stats::Pca;

TEST_CASE("diagnostics: a point solved by hand", "[stats]") {
  Pca pca;
  pca.observations = 20;
  pca.mean = Vec{{1.0, 2.0}};
  pca.scale = Vec{{1.0, 2.0}};
  pca.components = Mat::Identity(2, 1);
  pca.eigenvalues = Vec{{4.0}};
  pca.total_variance = 5.0;
  const Mat X = Eigen::RowVector2d(7, 12);  // scaled deviations 6 and 5
  const stats::PcaDiagnostics d = stats::diagnose(pca, X);
  CHECK_NEAR(d.t_squared[0], 9.0, 1e-14);
  CHECK_NEAR(d.q[0], 25.0, 1e-14);
}

TEST_CASE("diagnostics: the limit of T2 for one component is that of a squared Student ratio",
          "[stats]") {
  // n = 2 + 9 rows, k = 1: Beta(1/2, 9/2) at 0.95 equals t²/(t² + 9) with t = 2.262157 the
  // two-sided 5 % point of Student's t with 9 degrees of freedom (Pearson & Hartley, table 12).
  Pca pca;
  pca.observations = 11;
  pca.eigenvalues = Vec::Ones(1);
  pca.components = Mat::Identity(3, 1);
  const double t = 2.262157, beta = t * t / (t * t + 9);
  CHECK_NEAR(stats::t_squared_limit(pca), 100.0 / 11 * beta, 1e-5);
  pca.observations = 2;
  CHECK(std::isnan(stats::t_squared_limit(pca)));
}

TEST_CASE("diagnostics: the limit of Q for equal eigenvalues is that of chi-squared", "[stats]") {
  Pca pca;
  pca.residual_moments = {
      6.0, 12.0};  // three eigenvalues of 2: Q is 2 chi-squared with 3 degrees of freedom
  CHECK_NEAR(stats::q_limit(pca), 2 * 7.814728, 1e-5);  // table 8 of Pearson & Hartley
  pca.residual_moments = {0.0, 0.0};
  CHECK(stats::q_limit(pca) == 0.0);
  pca.residual_moments = {1.0, std::nan("")};
  CHECK(std::isnan(stats::q_limit(pca)));
  CHECK_THROWS_AS(stats::q_limit(pca, 1.0), DomainError);
}

TEST_CASE("diagnostics: about one row in twenty lies beyond a 95 % limit", "[stats]") {
  Mat X = Mat::Zero(20000, 5);  // sums of uniforms are near enough to normal
  for (std::uint64_t i = 0; i < 12; ++i) X += test::random_matrix(20000, 5, 40 + i);
  X.col(0) *= 3;
  const Pca pca = stats::fit_pca(X, {.components = 2});
  const stats::PcaDiagnostics d = stats::diagnose(pca, X);
  const auto share = [&](const Vec& v, double limit) {
    return static_cast<double>((v.array() > limit).count()) / 20000;
  };
  CHECK_NEAR(share(d.t_squared, stats::t_squared_limit(pca)), 0.05, 0.008);
  CHECK_NEAR(share(d.q, stats::q_limit(pca)), 0.05, 0.008);
}
