#include "mathtool/stats/regression/penalized_regression.hpp"

#include <Eigen/LU>
#include <cmath>

#include "mathtool/math/error.hpp"
#include "support/random_matrix.hpp"
#include "support/tolerance.hpp"

using namespace mathtool;
using namespace mathtool::stats;
using test::relative;

namespace {

struct Table {
  Mat X;
  Vec y;
};

/// Correlated columns of very different units; half of them matter.
Table table(Index n, Index p) {
  Mat X = test::random_matrix(n, p, 3);
  for (Index j = 1; j < p; ++j) X.col(j) += 0.7 * X.col(j - 1);
  Vec b = Vec::Zero(p);
  for (Index j = 0; j < p; j += 2) b[j] = double(j + 1);
  const Vec y = X * b + 2 * Vec(test::random_matrix(n, 1, 4));
  for (Index j = 0; j < p; ++j)
    X.col(j) = X.col(j) * std::pow(10.0, double(j % 5) - 2) + Vec::Constant(n, 5);
  return {X, y};
}

Covariance covariance_of(const Table& data) {
  RowMat all(data.X.rows(), data.X.cols() + 1);
  all << data.X, data.y;
  Covariance result;
  result.push_rows(all);
  return result;
}

/// The published objective and how far its conditions fail, from the rows themselves: coefficients
/// of columns divided by their standard deviations (divisor n).
struct Judgement {
  double objective = 0, violation = 0;
};
Judgement judge_by_rows(const Table& data, const PenalizedRegression& fit, bool intercept) {
  const auto n = double(data.y.size());
  const Index p = data.X.cols(), first = intercept ? 1 : 0;
  Vec residual = data.y - data.X * fit.coefficients.tail(p);
  if (intercept) residual.array() -= fit.coefficients[0];
  Judgement result{residual.squaredNorm() / (2 * n), 0};
  const Vec centred_y = intercept ? Vec(data.y.array() - data.y.mean()) : data.y;
  double unit = 0;
  for (Index j = 0; j < p; ++j) {
    const Vec x = intercept ? Vec(data.X.col(j).array() - data.X.col(j).mean()) : data.X.col(j);
    const double sd = std::sqrt(x.squaredNorm() / n), b = fit.coefficients[j + first] * sd;
    const double gradient = x.dot(residual) / (n * sd) - fit.penalty.l2 * b;
    result.objective += fit.penalty.l1 * std::abs(b) + fit.penalty.l2 / 2 * b * b;
    const double miss = b == 0 ? std::max(0.0, std::abs(gradient) - fit.penalty.l1)
                               : std::abs(gradient - std::copysign(fit.penalty.l1, b));
    result.violation = std::max(result.violation, miss);
    unit = std::max(unit, std::abs(x.dot(centred_y)) / (n * sd));
  }
  result.violation /= unit;
  return result;
}

}  // namespace

TEST_CASE("penalties: the conditions of the optimum hold to 1e-12", "[stats]") {
  const Table data = table(200, 12);
  const Covariance covariance = covariance_of(data);
  for (const bool intercept : {true, false})
    for (const Penalty penalty : {Penalty{0.5, 0}, Penalty{0.01, 0}, Penalty{0, 0.3},
                                  Penalty{0.2, 0.1}, Penalty{3, 2}, Penalty{1e-6, 0}}) {
      INFO("l1 " << penalty.l1 << ", l2 " << penalty.l2 << ", intercept " << intercept);
      const PenalizedRegression fit = fit_penalized(covariance, intercept, penalty);
      CHECK(fit.status == Status::converged);
      const Judgement judgement = judge_by_rows(data, fit, intercept);
      CHECK(judgement.violation <= 1e-12);
      // About 0 the columns are all but one: large coefficients cancel in the sum of squares.
      CHECK_NEAR(fit.objective, judgement.objective,
                 relative(intercept ? 1e-11 : 1e-8, judgement.objective));
    }
}

TEST_CASE("penalties: no change of one coefficient lowers the objective", "[stats]") {
  const Table data = table(60, 5);
  const PenalizedRegression fit = fit_penalized(covariance_of(data), true, {.l1 = 0.4, .l2 = 0.2});
  const double least = judge_by_rows(data, fit, true).objective;
  for (Index j = 0; j < 6; ++j)
    for (const double by : {-1e-3, 1e-3}) {
      PenalizedRegression other = fit;
      other.coefficients[j] += by * (std::abs(fit.coefficients[j]) + 1e-2);
      CHECK(judge_by_rows(data, other, true).objective > least);
    }
}

// Orthogonal columns of mean 0 and mean square 1: by hand, b = soft(xᵀy/n, l1) / (1 + l2).
TEST_CASE("penalties: of orthogonal columns the solution is known", "[stats]") {
  Table data{Mat(4, 2), Vec(4)};
  data.X << 1, 1, 1, -1, -1, 1, -1, -1;
  data.y << 7, 3, 1, 1;  // mean 3, xᵀy/n = 2 and 1
  const Covariance covariance = covariance_of(data);
  const PenalizedRegression fit = fit_penalized(covariance, true, {.l1 = 0.5, .l2 = 0.25});
  CHECK_NEAR(fit.coefficients[0], 3, 1e-15 * 4);
  CHECK_NEAR(fit.coefficients[1], 1.2, 1e-15);
  CHECK_NEAR(fit.coefficients[2], 0.4, 1e-15);
  CHECK_NEAR(fit.df, 2 / 1.25, 1e-14);
  const PenalizedRegression one = fit_penalized(covariance, true, {.l1 = 1.5});
  CHECK(one.coefficients[2] == 0);
  CHECK(one.nonzero == 1);
  CHECK_NEAR(one.coefficients[1], 0.5, 1e-15);
  CHECK(fit_penalized(covariance, true, {.l1 = 2}).nonzero == 0);
  CHECK_NEAR(lasso_path(covariance, true)[0], 2, 1e-15);
}

TEST_CASE("penalties: ridge solves its linear system, also with fewer rows than columns",
          "[stats]") {
  const Table data = table(8, 12);
  const PenalizedRegression fit = fit_penalized(covariance_of(data), true, {.l2 = 0.7});
  Mat Z = data.X.rowwise() - data.X.colwise().mean();
  const Vec sd = (Z.colwise().squaredNorm() / 8).cwiseSqrt();
  Z.array().rowwise() /= sd.transpose().array();
  const Mat A = Z.transpose() * Z / 8 + 0.7 * Mat::Identity(12, 12);
  const Vec b = A.inverse() * (Z.transpose() * data.y / 8);
  for (Index j = 0; j < 12; ++j)
    CHECK_NEAR(fit.coefficients[j + 1] * sd[j], b[j], 1e-12 * b.cwiseAbs().maxCoeff());
}

TEST_CASE("penalties: a constant column costs nothing and gets nothing", "[stats]") {
  Table data = table(40, 3);
  data.X.col(1).setConstant(2);
  const PenalizedRegression fit = fit_penalized(covariance_of(data), true, {.l1 = 0.1});
  CHECK(fit.constant == std::vector<Index>{2});
  CHECK(fit.coefficients[2] == 0);
  CHECK_THROWS_AS(fit_penalized(covariance_of(data), true, {}), DomainError);
  CHECK_THROWS_AS(fit_penalized(covariance_of(data), true, {.l1 = -1}), DomainError);
  data.y.setConstant(3);
  CHECK_THROWS_AS(fit_penalized(covariance_of(data), true, {.l1 = 1}), InsufficientDataError);
}

TEST_CASE("cross-validation: errors are those of fits to the other rows", "[stats]") {
  const Table data = table(60, 4);
  std::vector<Covariance> folds(3, Covariance(5));
  std::vector<Table> parts;
  RowMat all(60, 5);
  all << data.X, data.y;
  for (Index f = 0; f < 3; ++f) folds[std::size_t(f)].push_rows(all.middleRows(20 * f, 20));
  const std::vector<Penalty> path = {{.l1 = 1}, {.l1 = 0.1}, {.l1 = 0.1, .l2 = 1}};
  const CrossValidation cv = cross_validate(folds, true, path);
  for (Index k = 0; k < 3; ++k) {
    double sum = 0;
    for (Index f = 0; f < 3; ++f) {
      Covariance others(5);
      for (Index g = 0; g < 3; ++g)
        if (g != f) others.push_rows(all.middleRows(20 * g, 20));
      const PenalizedRegression fit = fit_penalized(others, true, path[std::size_t(k)]);
      const Vec residual = data.y.segment(20 * f, 20) -
                           data.X.middleRows(20 * f, 20) * fit.coefficients.tail(4) -
                           Vec::Constant(20, fit.coefficients[0]);
      sum += residual.squaredNorm();
    }
    CHECK_NEAR(cv.error[k], sum / 60, relative(1e-10, sum / 60));
  }
  CHECK(cv.error[cv.best] == cv.error.minCoeff());
  CHECK_THROWS_AS(cross_validate({folds.data(), 1}, true, path), DomainError);
}
