#include "mathtool/stats/standardizer.hpp"

#include <cmath>
#include <limits>

#include "mathtool/stats/splits.hpp"
#include "support/random_matrix.hpp"
#include "support/tolerance.hpp"

using namespace mathtool;
using namespace mathtool::stats;
using namespace mathtool::test;

TEST_CASE("standardizer: hand-computed, and the same from matrix, moments and covariance",
          "[stats]") {
  // Means 2 and 20, deviations 1 and 10.
  const Mat X{{1, 30}, {2, 10}, {3, 20}};
  Covariance covariance;
  std::vector<Moments> moments(2);
  for (Index i = 0; i < 3; ++i) {
    covariance.push(Vec(X.row(i).transpose()));
    for (Index j = 0; j < 2; ++j) moments[static_cast<std::size_t>(j)].push(X(i, j));
  }
  for (const Standardizer& fit :
       {fit_standardizer(X), fit_standardizer(moments), fit_standardizer(covariance.estimate())}) {
    CHECK(fit.center == Vec{{2, 20}});
    CHECK(fit.scale == Vec{{1, 10}});
    CHECK(fit.constant.empty());
    CHECK(fit.transform(X) == Mat{{-1, 1}, {0, -1}, {1, 0}});
    CHECK(fit.inverse(fit.transform(X)) == X);
  }
}

TEST_CASE("standardizer: constant columns stay as they are and are named", "[stats]") {
  const Mat X{{0.1, 5, 1}, {0.1, 5, 2}, {0.1, 5, 6}};
  const Standardizer fit = fit_standardizer(X);
  CHECK(fit.constant == std::vector<Index>{0, 1});
  CHECK(fit.transform(X).leftCols(2) == X.leftCols(2));
  CHECK(fit.inverse(X).leftCols(2) == X.leftCols(2));
}

TEST_CASE("standardizer: columns of floats are computed in double and rounded once", "[stats]") {
  const Eigen::MatrixXf X = (random_matrix(200, 3, 5).array() + 1e4).matrix().cast<float>();
  const Standardizer fit = fit_standardizer(X), same = fit_standardizer(Mat(X.cast<double>()));
  CHECK(fit.center == same.center);
  CHECK(fit.scale == same.scale);
  const Eigen::MatrixXf Z = fit.transform(X);
  CHECK(Z == fit.transform(Mat(X.cast<double>())).cast<float>());
  // A float of 1e4 is known to 2⁻¹⁰ / 2, and z to 2⁻²⁴ of itself.
  CHECK((fit.inverse(Z) - X).cwiseAbs().maxCoeff() <= 0x1p-10f);
}

TEST_CASE("standardizer: rows of a table are as good as columns", "[stats]") {
  const RowMat X = random_matrix(10, 4, 6);
  const Standardizer fit = fit_standardizer(Mat(X));
  const RowMat Z = fit.transform(X);
  CHECK(Mat(Z) == fit.transform(Mat(X)));
}

TEST_CASE("standardizer: fitted to the training rows of a fold, used on the others", "[stats]") {
  const Mat X = random_matrix(20, 3, 8);
  const auto [train, test] = k_fold(20, {.folds = 4}).split(2);
  const Standardizer fit = fit_standardizer(X(train, Eigen::all));
  const Mat Z = fit.transform(X(test, Eigen::all));
  REQUIRE(Z.rows() == 5);
  CHECK(Z.row(0) == fit.transform(X).row(test[0]));
  CHECK(fit.center == fit_standardizer(Mat(X(train, Eigen::all))).center);
}

TEST_CASE("standardizer: what has no spread to speak of is refused", "[stats]") {
  const double infinite = std::numeric_limits<double>::infinity();
  CHECK_THROWS_AS(fit_standardizer(Mat::Ones(1, 2)), InsufficientDataError);
  CHECK_THROWS_AS(fit_standardizer(Mat(3, 0)), InsufficientDataError);
  CHECK_THROWS_AS(fit_standardizer(Mat{{1.0}, {infinite}}), InsufficientDataError);
  CHECK_THROWS_AS(fit_standardizer(Mat{{1.0}, {std::nan("")}}), InsufficientDataError);
  CHECK_THROWS_AS(fit_standardizer(Mat{{1e300}, {-1e300}}), InsufficientDataError);
  CHECK_THROWS_AS(fit_standardizer(CovarianceEstimate()), InsufficientDataError);
  CHECK_THROWS_AS(fit_standardizer(Mat(random_matrix(5, 2, 1))).transform(Mat::Ones(2, 3)),
                  DimensionError);
}
