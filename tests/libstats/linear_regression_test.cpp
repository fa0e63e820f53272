#include "mathtool/stats/regression/linear_regression.hpp"

#include <Eigen/LU>
#include <cmath>
#include <vector>

#include "mathtool/math/error.hpp"
#include "mathtool/stats/regression/regression_model.hpp"
#include "mathtool/stats/regression/robust_covariance.hpp"
#include "mathtool/stats/regression/variance_inflation.hpp"
#include "support/random_matrix.hpp"
#include "support/tolerance.hpp"

using namespace mathtool;
using namespace mathtool::stats;
using math::DesignTerm;
using test::relative;

namespace {

/// An intercept and the columns as they are.
std::vector<DesignTerm> plain_terms(Index columns, bool intercept = true) {
  std::vector<DesignTerm> terms;
  if (intercept) terms.emplace_back();
  for (Index j = 0; j < columns; ++j) terms.push_back({j});
  return terms;
}

struct Sample {
  Mat X;
  Vec y;
};

/// Correlated columns about a mean of 100 times their spread, and a response with noise.
Sample sample(Index n, Index p) {
  Mat X = test::random_matrix(n, p, 7);
  for (Index j = 1; j < p; ++j) X.col(j) += 0.5 * X.col(j - 1);
  X.array() += 100;
  const Vec noise = test::random_matrix(n, 1, 8);
  return {X, X * Vec::LinSpaced(p, 1, 2) + noise};
}

Covariance covariance_of(const Sample& data) {
  RowMat all(data.X.rows(), data.X.cols() + 1);
  all << data.X, data.y;
  Covariance result;
  result.push_rows(all);
  return result;
}

Mat with_ones(const Mat& X) {
  Mat all(X.rows(), X.cols() + 1);
  all << Vec::Ones(X.rows()), X;
  return all;
}

/// Anscombe's first set (Graphs in statistical analysis, 1973).
Sample anscombe() {
  Sample data{Mat(11, 1), Vec(11)};
  data.X << 10, 8, 13, 9, 11, 14, 6, 4, 12, 7, 5;
  data.y << 8.04, 6.95, 7.58, 8.81, 8.33, 9.96, 7.24, 4.26, 10.84, 4.82, 5.68;
  return data;
}

}  // namespace

// R 4.2.2: summary(lm(y1 ~ x1, anscombe)), AIC.
TEST_CASE("linear regression: Anscombe's line as R has it", "[stats]") {
  const Sample data = anscombe();
  const LinearRegression fit = fit_linear(data.X, plain_terms(1), data.y);
  CHECK(fit.status == Status::converged);
  CHECK_NEAR(fit.predictor.coefficients[0], 3.00009090909091, 1e-14 * 10);
  CHECK_NEAR(fit.predictor.coefficients[1], 0.500090909090909, 1e-14);
  CHECK_NEAR(fit.standard_errors[0], 1.12474679080864, 1e-13);
  CHECK_NEAR(fit.standard_errors[1], 0.117905500595634, 1e-14);
  CHECK_NEAR(fit.p_value(0), 0.0257340513991625, 1e-14);
  CHECK_NEAR(fit.p_value(1), 0.00216962887307879, 1e-15);
  CHECK_NEAR(fit.residual_sd, 1.23660332272632, 1e-13);
  CHECK_NEAR(fit.r_squared, 0.666542459508775, 1e-14);
  CHECK_NEAR(fit.adj_r_squared, 0.629491621676417, 1e-14);
  CHECK_NEAR(fit.f_statistic, 17.989942967677, 1e-12);
  CHECK_NEAR(fit.rss, 13.76269, 1e-13);
  CHECK_NEAR(fit.aic, 39.6813741131529, 1e-12);
  CHECK(fit.df_residual == 9);
}

TEST_CASE("linear regression: sums and rows give the same fit", "[stats]") {
  const Sample data = sample(500, 4);
  for (const bool intercept : {true, false}) {
    INFO("intercept " << intercept);
    const LinearRegression rows = fit_linear(data.X, plain_terms(4, intercept), data.y);
    const LinearRegression sums = fit_linear(covariance_of(data), intercept);
    DoubledGram gram(plain_terms(4, intercept), Vec::Constant(intercept ? 6 : 5, 0));
    gram.push(RowMat(data.X), data.y, {});
    const LinearRegression doubled = fit_linear(gram, intercept);
    CHECK(rows.method == RegressionMethod::qr);
    // About 0 the columns are all but one: their means are 100 times their spread.
    CHECK(is_precise(sums) == intercept);
    for (const LinearRegression* other : {&sums, &doubled}) {
      if (other == &sums && !intercept) continue;
      const double error = other == &sums ? 1e-11 : 1e-13;
      for (Index j = 0; j < rows.standard_errors.size(); ++j) {
        CHECK_NEAR(other->predictor.coefficients[j], rows.predictor.coefficients[j],
                   error * rows.standard_errors[j]);
        CHECK_NEAR(other->standard_errors[j], rows.standard_errors[j],
                   relative(error, rows.standard_errors[j]));
      }
      CHECK_NEAR(other->rss, rows.rss, relative(10 * error, rows.rss));
      CHECK_NEAR(other->f_statistic, rows.f_statistic, relative(10 * error, rows.f_statistic));
      CHECK(test::largest_difference(other->predictor.inverse_gram(),
                                     rows.predictor.inverse_gram()) <=
            1e-9 * rows.predictor.inverse_gram().cwiseAbs().maxCoeff());
    }
  }
}

TEST_CASE("linear regression: columns too alike are sent to doubled precision", "[stats]") {
  Sample data = sample(300, 2);
  data.X.conservativeResize(300, 3);
  // Its distance from the first column is 1e-7 of its spread.
  data.X.col(2) = data.X.col(0) + 1e-7 * Vec(test::random_matrix(300, 1, 9));
  const LinearRegression rows = fit_linear(data.X, plain_terms(3), data.y);
  CHECK_FALSE(is_precise(fit_linear(covariance_of(data), true)));
  Vec shift(5);
  shift << 0, 100, 150, 100, 500;
  DoubledGram first(plain_terms(3), shift), second = first;
  first.push(RowMat(data.X.topRows(100)), data.y.head(100), {});
  second.push(RowMat(data.X.bottomRows(200)), data.y.tail(200), {});
  first.merge(second);
  const LinearRegression doubled = fit_linear(first, true);
  CHECK(doubled.aliased.empty());
  for (Index j = 0; j < 4; ++j) {
    CHECK_NEAR(doubled.predictor.coefficients[j], rows.predictor.coefficients[j],
               relative(1e-11, rows.predictor.coefficients[j]));
    CHECK_NEAR(doubled.standard_errors[j], rows.standard_errors[j],
               relative(1e-11, rows.standard_errors[j]));
  }
}

TEST_CASE("linear regression: a column that depends on others is left out", "[stats]") {
  Sample data = sample(60, 2);
  const LinearRegression alone = fit_linear(data.X, plain_terms(2), data.y);
  data.X.conservativeResize(60, 4);
  data.X.col(2) = data.X.col(0) + 2 * data.X.col(1);
  data.X.col(3).setConstant(0.1);
  const LinearRegression rows = fit_linear(data.X, plain_terms(4), data.y);
  CHECK(rows.aliased == std::vector<Index>{3, 4});
  CHECK(rows.df_residual == 57);
  CHECK(std::isnan(rows.standard_errors[3]));
  CHECK(rows.predictor.coefficients[4] == 0);
  CHECK_NEAR(rows.rss, alone.rss, relative(1e-12, alone.rss));
  DoubledGram gram(plain_terms(4), Vec::Zero(6));
  gram.push(RowMat(data.X), data.y, {});
  CHECK(fit_linear(gram, true).aliased == std::vector<Index>{3, 4});
  CHECK_FALSE(is_precise(fit_linear(covariance_of(data), true)));
}

TEST_CASE("linear regression: a row of weight 3 is three rows", "[stats]") {
  const Sample data = anscombe();
  Vec weights(11);
  weights << 1, 3, 0, 2, 1, 1, 3, 1, 2, 1, 1;
  std::vector<Index> repeated;
  for (Index i = 0; i < 11; ++i) repeated.insert(repeated.end(), std::size_t(weights[i]), i);
  const LinearRegression weighted = fit_linear(data.X, plain_terms(1), data.y, weights);
  const LinearRegression rows =
      fit_linear(Mat(data.X(repeated, Eigen::all)), plain_terms(1), Vec(data.y(repeated)));
  CHECK(weighted.observations == 16);
  CHECK(weighted.df_residual == rows.df_residual);
  for (Index j = 0; j < 2; ++j) {
    CHECK_NEAR(weighted.predictor.coefficients[j], rows.predictor.coefficients[j], 1e-14 * 10);
    CHECK_NEAR(weighted.standard_errors[j], rows.standard_errors[j], 1e-14);
  }
  CHECK_NEAR(weighted.aic, rows.aic, 1e-12);
  CHECK_NEAR(weighted.r_squared, rows.r_squared, 1e-14);
}

TEST_CASE("linear regression: leverages are the diagonal of the hat matrix", "[stats]") {
  const Sample data = sample(30, 3);
  for (const bool intercept : {true, false}) {
    const LinearRegression fit = fit_linear(data.X, plain_terms(3, intercept), data.y);
    const Mat X = intercept ? with_ones(data.X) : data.X;
    const Mat hat = X * (X.transpose() * X).inverse() * X.transpose();
    double sum = 0;
    for (Index i = 0; i < 30; ++i) {
      const double h = fit.predictor.leverage(X.row(i).transpose());
      CHECK_NEAR(h, hat(i, i), 1e-8);  // what the inverse of XᵀX leaves
      sum += h;
    }
    CHECK_NEAR(sum, double(X.cols()), 1e-12);
  }
}

TEST_CASE("robust standard errors: the sandwich written out", "[stats]") {
  const Sample data = sample(40, 2);
  const LinearRegression fit = fit_linear(data.X, plain_terms(2), data.y);
  const Mat X = with_ones(data.X), inverse = (X.transpose() * X).inverse();
  const Vec e = data.y - X * fit.predictor.coefficients;
  const Vec rest = 1 - (X * inverse * X.transpose()).diagonal().array();
  const Vec squares = e.cwiseAbs2();
  const std::vector<std::pair<RobustKind, Vec>> kinds = {
      {RobustKind::hc0, squares},
      {RobustKind::hc1, squares * 40.0 / 37.0},
      {RobustKind::hc2, squares.cwiseQuotient(rest)},
      {RobustKind::hc3, squares.cwiseQuotient(rest.cwiseAbs2())}};
  for (const auto& [kind, omega] : kinds) {
    RobustSums sums(kind, fit), part(kind, fit);
    sums.push(RowMat(X.topRows(15)), e.head(15), {});
    part.push(RowMat(X.bottomRows(25)), e.tail(25), {});
    sums.merge(part);
    const Mat V = inverse * X.transpose() * omega.asDiagonal() * X * inverse;
    CHECK(test::largest_difference(sums.covariance(), V) <= 1e-8 * V.cwiseAbs().maxCoeff());
    const Vec b = fit.predictor.coefficients.tail(2);
    const double wald = b.dot(Mat(V.bottomRightCorner(2, 2)).inverse() * b) / 2;
    CHECK_NEAR(sums.f_statistic(), wald, relative(1e-8, wald));
    CHECK(parse_robust_kind(to_string(kind)) == kind);
  }
  CHECK_THROWS_AS(parse_robust_kind("HC4"), DomainError);
}

TEST_CASE("variance inflation: 1 / (1 - R2) by the other columns", "[stats]") {
  const Sample data = sample(80, 3);
  const LinearRegression fit = fit_linear(data.X, plain_terms(3), data.y);
  const std::vector<Index> terms = {-1, 0, 1, 2};
  const auto vif = variance_inflation(fit.predictor, terms);
  REQUIRE(vif.size() == 3);
  for (Index j = 0; j < 3; ++j) {
    Mat others(80, 2);
    others << data.X.col(j == 0 ? 1 : 0), data.X.col(j == 2 ? 1 : 2);
    const LinearRegression by_others = fit_linear(others, plain_terms(2), data.X.col(j));
    const double expected = 1 / (1 - by_others.r_squared);
    CHECK_NEAR(vif[std::size_t(j)].value, expected, relative(1e-10, expected));
  }
  // All columns in one term: nothing is left to be related to.
  const std::vector<Index> one = {-1, 0, 0, 0};
  CHECK_NEAR(variance_inflation(fit.predictor, one)[0].value, 1, 1e-10);
}

TEST_CASE("linear regression: what cannot be fitted says why", "[stats]") {
  const Sample data = anscombe();
  CHECK_THROWS_AS(fit_linear(data.X.topRows(1), plain_terms(1), data.y.head(1)),
                  InsufficientDataError);
  CHECK_THROWS_AS(fit_linear(data.X, plain_terms(1), Vec::Constant(11, 0.1)),
                  InsufficientDataError);
  CHECK_THROWS_AS(fit_linear(data.X, plain_terms(1), data.y, Vec::Zero(11)), InsufficientDataError);
  Vec broken = data.y;
  broken[3] = NAN;
  CHECK_THROWS_AS(fit_linear(data.X, plain_terms(1), broken), DomainError);
  // Two points: exact, and nothing is known of the spread.
  const LinearRegression exact = fit_linear(data.X.topRows(2), plain_terms(1), Vec(data.y.head(2)));
  CHECK(exact.df_residual == 0);
  CHECK(std::isnan(exact.standard_errors[0]));
  CHECK(std::isnan(exact.f_statistic));
  CHECK(std::isnan(exact.p_value(1)));
}

TEST_CASE("regression model: JSON reads back as the same model", "[stats]") {
  const ModelFrame frame(parse_formula("y ~ x"), std::vector<FormulaColumn>{{"y"}, {"x"}});
  const Design design(frame, {});
  const Sample data = anscombe();
  const LinearRegression fit = fit_linear(data.X, design.products(), data.y);
  const RegressionModel model{.formula = frame.formula(),
                              .columns = {{"y"}, {"x"}},
                              .names = design.names(),
                              .predictor = fit.predictor,
                              .observations = fit.observations,
                              .residual_sd = fit.residual_sd,
                              .df_residual = fit.df_residual};
  const std::string text = to_json(model);
  CHECK(is_regression_model(text));
  const RegressionModel again = regression_from_json(text);
  CHECK(to_json(again) == text);
  CHECK(again.predictor.root == model.predictor.root);
  const RowMat raw = RowMat::Constant(1, 1, 9.0);
  const auto prediction = predict(again, again.design(), raw, 0.9);
  // At the mean of x the interval is y ± t s / √11, and that of a new y t s √(1 + 1/11); R:
  // predict(lm(y1 ~ x1, anscombe), data.frame(x1 = 9), interval = "confidence", level = 0.9).
  CHECK_NEAR(prediction.mean[0], 7.50090909090909, 1e-13);
  const double t = 1.83311293265624;  // R: qt(0.95, 9)
  CHECK_NEAR(prediction.high[0] - prediction.mean[0], t * fit.residual_sd / std::sqrt(11.0), 1e-13);
  CHECK_NEAR(prediction.mean[0] - prediction.new_low[0],
             t * fit.residual_sd * std::sqrt(1 + 1 / 11.0), 1e-13);
  for (const std::string broken : {"", "{}", "[1]", R"({"format": "mathtool-pca"})"})
    CHECK_THROWS_AS(regression_from_json(broken), DataError);
  for (const std::string field :
       {"root", "names", "levels", "columns", "formula", "coefficients"}) {
    const std::string key = "\"" + field + "\"";
    std::string damaged = text;
    damaged.replace(damaged.find(key), key.size(), "\"other\"");
    CHECK_THROWS_AS(regression_from_json(damaged), DataError);
  }
}
