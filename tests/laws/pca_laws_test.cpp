#include <rapidcheck.h>

#include <cmath>

#include "mathtool/stats/pca.hpp"
#include "mathtool/stats/pca_diagnostics.hpp"
#include "support/random_matrix.hpp"
#include "support/tolerance.hpp"

// Identities that define a principal component analysis, for every solver, shape and scaling.

namespace {

using namespace mathtool;
using stats::PcaSolver;

constexpr PcaSolver solvers[] = {PcaSolver::automatic, PcaSolver::covariance, PcaSolver::svd,
                                 PcaSolver::gram, PcaSolver::randomized};

/// A table whose columns are correlated, in different units and far from zero.
Mat random_table() {
  const Index n = *rc::gen::inRange(3, 60), p = *rc::gen::inRange(1, 12);
  const auto seed = *rc::gen::arbitrary<std::uint64_t>();
  Mat X = test::random_matrix(n, p, seed) * test::random_matrix(p, p, seed + 1);
  for (Index j = 0; j < p; ++j)
    X.col(j) = X.col(j).array() * std::pow(10.0, static_cast<double>(j % 3)) +
               50.0 * static_cast<double>(j);
  return X;
}

Mat scaled_deviations(const stats::Pca& pca, const Mat& X) {
  return ((X.rowwise() - pca.mean.transpose()).array().rowwise() / pca.scale.transpose().array());
}

}  // namespace

TEST_CASE("pca: components are orthonormal and diagonalise the covariance", "[stats][law]") {
  CHECK(rc::check([] {
    const Mat X = random_table();
    const bool standardize = *rc::gen::arbitrary<bool>();
    for (const PcaSolver solver : solvers) {
      const stats::Pca pca = stats::fit_pca(X, {.standardize = standardize, .solver = solver});
      const Mat& V = pca.components;
      const Mat Z = scaled_deviations(pca, X);
      const Mat C = Z.transpose() * Z / static_cast<double>(X.rows() - 1);
      RC_ASSERT((V.transpose() * V - Mat::Identity(V.cols(), V.cols())).cwiseAbs().maxCoeff() <
                1e-12);
      RC_ASSERT((C * V - V * pca.eigenvalues.asDiagonal()).cwiseAbs().maxCoeff() <
                1e-11 * pca.eigenvalues[0]);
    }
  }));
}

TEST_CASE("pca: eigenvalues descend, are positive, and with all of them sum to the total variance",
          "[stats][law]") {
  CHECK(rc::check([] {
    const Mat X = random_table();
    for (const PcaSolver solver : solvers) {
      const stats::Pca pca = stats::fit_pca(X, {.solver = solver});
      for (Index k = 1; k < pca.output_size(); ++k)
        RC_ASSERT(pca.eigenvalues[k - 1] >= pca.eigenvalues[k]);
      RC_ASSERT(pca.eigenvalues.minCoeff() > 0);
      RC_ASSERT(std::abs(pca.eigenvalues.sum() - pca.total_variance) < 1e-11 * pca.total_variance);
    }
  }));
}

TEST_CASE("pca: scores have mean 0, variance lambda, no correlation", "[stats][law]") {
  CHECK(rc::check([] {
    const Mat X = random_table();
    const stats::Pca pca = stats::fit_pca(X, {.standardize = *rc::gen::arbitrary<bool>()});
    const Mat Z = pca.project(X), W = pca.project(X, true);
    const double n = static_cast<double>(X.rows()), top = pca.eigenvalues[0];
    RC_ASSERT(Z.colwise().mean().cwiseAbs().maxCoeff() < 1e-10 * std::sqrt(top));
    const Mat expected = pca.eigenvalues.asDiagonal();
    RC_ASSERT((Z.transpose() * Z / (n - 1) - expected).cwiseAbs().maxCoeff() < 1e-11 * top);
    RC_ASSERT(((W * pca.eigenvalues.cwiseSqrt().asDiagonal()) - Z).cwiseAbs().maxCoeff() <
              1e-12 * Z.cwiseAbs().maxCoeff());
  }));
}

TEST_CASE("pca: residual error equals the discarded variance", "[stats][law]") {
  CHECK(rc::check([] {
    const Mat X = random_table();
    const Index k = *rc::gen::inRange<Index>(1, X.cols() + 1);
    for (const PcaSolver solver : solvers) {
      const stats::Pca pca = stats::fit_pca(X, {.components = k, .solver = solver});
      const double discarded = (X - pca.reconstruct(pca.project(X))).squaredNorm();
      const double expected =
          (pca.total_variance - pca.eigenvalues.sum()) * static_cast<double>(X.rows() - 1);
      RC_ASSERT(std::abs(discarded - expected) <
                1e-10 * pca.total_variance * static_cast<double>(X.rows()));
    }
  }));
}

TEST_CASE("pca: in each component the first of the largest entries is positive", "[stats][law]") {
  CHECK(rc::check([] {
    const Mat X = random_table();
    for (const PcaSolver solver : solvers) {
      const Mat V = stats::fit_pca(X, {.solver = solver}).components;
      for (Index k = 0; k < V.cols(); ++k) {
        Index first = 0;
        while (std::abs(V(first, k)) < (1 - 1e-8) * V.col(k).cwiseAbs().maxCoeff()) ++first;
        RC_ASSERT(V(first, k) > 0);
      }
    }
  }));
}

TEST_CASE("pca: Hotelling's T2 sums to (n - 1) k and Q to the discarded variance", "[stats][law]") {
  CHECK(rc::check([] {
    const Mat X = random_table();
    const stats::Pca pca = stats::fit_pca(X, {.components = 2});
    const stats::PcaDiagnostics rows = stats::diagnose(pca, X);
    const double n = static_cast<double>(X.rows()), k = static_cast<double>(pca.output_size());
    RC_ASSERT(std::abs(rows.t_squared.sum() - (n - 1) * k) < 1e-9 * n * k);
    RC_ASSERT(std::abs(rows.q.sum() - (n - 1) * pca.residual_moments[0]) <
              1e-9 * n * pca.total_variance);
  }));
}
