#include "mathtool/stats/regression/generalized_regression.hpp"

#include <cmath>
#include <vector>

#include "mathtool/math/error.hpp"
#include "support/random_matrix.hpp"
#include "support/tolerance.hpp"

using namespace mathtool;
using namespace mathtool::stats;
using math::DesignTerm;
using test::relative;

namespace {

const std::vector<DesignTerm> straight_line = {{}, {0}};

/// The same fit by sums over blocks of 37 rows, columns standardised by hand.
GeneralizedRegression by_sums(ResponseFamily family, const Mat& raw,
                              const std::vector<DesignTerm>& terms, const Vec& y) {
  const Index n = y.size(), p = std::ssize(terms);
  RowMat X = RowMat::Ones(n, p);
  for (Index j = 0; j < p; ++j)
    for (const Index k : terms[std::size_t(j)]) X.col(j).array() *= raw.col(k).array();
  const bool intercept = terms[0].empty();
  Vec centre = Vec::Zero(p), scale = Vec::Ones(p);
  for (Index j = intercept ? 1 : 0; j < p; ++j) {
    if (intercept) centre[j] = X.col(j).mean();
    scale[j] = std::sqrt((X.col(j).array() - centre[j]).square().mean());
    if (scale[j] == 0) scale[j] = 1;
  }
  return fit_generalized(family, centre, scale, intercept, [&](const ScoringSums::Point& point) {
    ScoringSums all(point, terms);
    for (Index first = 0; first < n; first += 37) {
      const Index rows = std::min<Index>(37, n - first);
      ScoringSums part(point, terms);
      part.push(RowMat(raw.middleRows(first, rows)), terms, y.segment(first, rows), {});
      all.merge(part);
    }
    return all;
  });
}

}  // namespace

// By hand: of a mean m over n rows, b = logit m with variance 1/(n m (1 − m)), or log m with 1/(n
// m).
TEST_CASE("generalised regression: a constant and two groups in closed form", "[stats]") {
  Mat group(10, 1);
  group << 0, 0, 0, 0, 1, 1, 1, 1, 1, 1;
  Vec hits(10);
  hits << 1, 0, 0, 0, 1, 1, 1, 1, 0, 0;  // 1 of 4, 4 of 6
  const auto binomial = fit_generalized(ResponseFamily::binomial, group, straight_line, hits);
  CHECK(binomial.status == Status::converged);
  CHECK_NEAR(binomial.predictor.coefficients[0], std::log(1.0 / 3), 1e-14);
  CHECK_NEAR(binomial.predictor.coefficients[1], std::log(2.0) - std::log(1.0 / 3), 1e-14);
  CHECK_NEAR(binomial.standard_errors[0], std::sqrt(1 / (4 * 0.1875)), 1e-14);
  CHECK_NEAR(binomial.standard_errors[1], std::sqrt(1 / 0.75 + 1 / (6 * 2.0 / 9)), 1e-14);
  const double log_likelihood =
      std::log(0.25) + 3 * std::log(0.75) + 4 * std::log(2.0 / 3) + 2 * std::log(1.0 / 3);
  CHECK_NEAR(binomial.deviance, -2 * log_likelihood, 1e-13);
  CHECK_NEAR(binomial.null_deviance, -20 * std::log(0.5), 1e-13);
  CHECK_NEAR(binomial.aic, -2 * log_likelihood + 4, 1e-13);

  Vec counts(10);
  counts << 2, 3, 0, 3, 5, 7, 6, 4, 8, 6;  // means 2 and 6
  const auto poisson = fit_generalized(ResponseFamily::poisson, group, straight_line, counts);
  CHECK_NEAR(poisson.predictor.coefficients[0], std::log(2.0), 1e-14);
  CHECK_NEAR(poisson.predictor.coefficients[1], std::log(3.0), 1e-14);
  CHECK_NEAR(poisson.standard_errors[1], std::sqrt(1.0 / 8 + 1.0 / 36), 1e-14);
  double sum = 0;
  for (Index i = 0; i < 10; ++i) {
    const double mean = i < 4 ? 2 : 6;
    sum += counts[i] * std::log(mean) - mean - std::lgamma(counts[i] + 1);
  }
  CHECK_NEAR(poisson.log_likelihood, sum, 1e-13);
}

TEST_CASE("generalised regression: the score is 0, and sums over rows give the same", "[stats]") {
  const Index n = 400;
  Mat raw = test::random_matrix(n, 2, 11);
  raw.col(1) = raw.col(1) * 30 + Vec::Constant(n, 2000) + 10 * raw.col(0);
  const std::vector<DesignTerm> terms = {{}, {0}, {1}, {0, 0}};
  const Vec noise = test::random_matrix(n, 1, 12);
  for (const ResponseFamily family : {ResponseFamily::binomial, ResponseFamily::poisson}) {
    INFO(to_string(family));
    Vec y(n);
    for (Index i = 0; i < n; ++i) {
      const double eta = 0.3 + raw(i, 0) - 0.02 * (raw(i, 1) - 2000);
      y[i] = family == ResponseFamily::binomial
                 ? double(eta + noise[i] > 0)
                 : std::floor(std::exp(eta) * (1 + std::abs(noise[i])));
    }
    const auto fit = fit_generalized(family, raw, terms, y);
    CHECK(fit.status == Status::converged);
    for (Index j = 0; j < 4; ++j) {
      double score = 0, size = 0;
      for (Index i = 0; i < n; ++i) {
        Vec x(4);
        x << 1, raw(i, 0), raw(i, 1), raw(i, 0) * raw(i, 0);
        const double mean = response_mean(family, fit.predictor.value(x));
        score += x[j] * (y[i] - mean);
        size += std::abs(x[j] * (y[i] - mean));
      }
      CHECK(std::abs(score) <= 1e-11 * size);
    }
    const auto sums = by_sums(family, raw, terms, y);
    CHECK(sums.status == Status::converged);
    for (Index j = 0; j < 4; ++j) {
      CHECK_NEAR(sums.predictor.coefficients[j], fit.predictor.coefficients[j],
                 1e-9 * fit.standard_errors[j]);
      CHECK_NEAR(sums.standard_errors[j], fit.standard_errors[j],
                 relative(1e-10, fit.standard_errors[j]));
    }
    CHECK_NEAR(sums.deviance, fit.deviance, relative(1e-12, fit.deviance));
    CHECK_NEAR(sums.null_deviance, fit.null_deviance, relative(1e-12, fit.null_deviance));
    CHECK_NEAR(sums.aic, fit.aic, relative(1e-12, fit.aic));
    Vec x(4);
    x << 1, 0.5, 2010, 0.25;
    CHECK_NEAR(sums.predictor.leverage(x), fit.predictor.leverage(x),
               relative(1e-9, fit.predictor.leverage(x)));
  }
}

TEST_CASE("generalised regression: sums over rows keep the digits of columns that are alike",
          "[stats]") {
  const Index n = 400;
  Mat raw = test::random_matrix(n, 2, 21);
  raw.col(1) = 1000 * raw.col(0) + 1e-3 * raw.col(1);  // all but a millionth
  const std::vector<DesignTerm> terms = {{}, {0}, {1}};
  const Vec noise = test::random_matrix(n, 1, 22);
  for (const ResponseFamily family : {ResponseFamily::binomial, ResponseFamily::poisson}) {
    INFO(to_string(family));
    const Vec y = (raw.col(0) + 2 * noise).unaryExpr([&](double eta) {
      return family == ResponseFamily::binomial ? double(eta > 0) : std::floor(std::exp(eta / 3));
    });
    const auto fit = fit_generalized(family, raw, terms, y);
    const auto sums = by_sums(family, raw, terms, y);
    REQUIRE(sums.status == Status::converged);
    CHECK(sums.aliased.empty());
    for (Index j = 0; j < 3; ++j) {
      CHECK_NEAR(sums.standard_errors[j], fit.standard_errors[j],
                 relative(1e-11, fit.standard_errors[j]));
      CHECK_NEAR(sums.predictor.coefficients[j], fit.predictor.coefficients[j],
                 1e-9 * fit.standard_errors[j]);
    }
  }
}

TEST_CASE("generalised regression: separation is said, not hidden in large numbers", "[stats]") {
  Mat x(6, 1);
  x << 1, 2, 3, 4, 5, 6;
  Vec y(6);
  y << 0, 0, 0, 1, 1, 1;
  for (const auto& fit : {fit_generalized(ResponseFamily::binomial, x, straight_line, y),
                          by_sums(ResponseFamily::binomial, x, straight_line, y)}) {
    CHECK(fit.status == Status::divergent);
    CHECK(fit.reason.find("separate") != std::string::npos);
    CHECK(fit.deviance < 1e-6);
  }
  x << 1, 2, 3, 3, 5, 6;  // quasi-separated: only the two rows at 3 overlap
  const auto quasi = fit_generalized(ResponseFamily::binomial, x, straight_line, y);
  CHECK(quasi.status == Status::divergent);
  CHECK_NEAR(quasi.deviance, 4 * std::log(2.0), 1e-6);
  Mat group(6, 1);
  group << 0, 0, 0, 1, 1, 1;
  Vec counts(6);
  counts << 3, 4, 2, 0, 0, 0;
  CHECK(fit_generalized(ResponseFamily::poisson, group, straight_line, counts).status ==
        Status::divergent);
  // Overlapping rows have a maximum, however steep it is.
  x << 1, 2, 3.001, 3, 5, 6;
  CHECK(fit_generalized(ResponseFamily::binomial, x, straight_line, y).status == Status::converged);
}

TEST_CASE("generalised regression: dependent columns and weights", "[stats]") {
  const Index n = 50;
  Mat raw = test::random_matrix(n, 2, 21);
  Vec y(n), weights(n);
  const Vec noise = test::random_matrix(n, 1, 22);
  std::vector<Index> repeated;
  for (Index i = 0; i < n; ++i) {
    y[i] = double(raw(i, 0) + noise[i] > 0);
    weights[i] = double(i % 3);
    repeated.insert(repeated.end(), std::size_t(i % 3), i);
  }
  raw.col(1) = 3 * raw.col(0) + Vec::Constant(n, 1);
  const std::vector<DesignTerm> terms = {{}, {0}, {1}};
  for (const auto& fit : {fit_generalized(ResponseFamily::binomial, raw, terms, y),
                          by_sums(ResponseFamily::binomial, raw, terms, y)}) {
    CHECK(fit.status == Status::converged);
    CHECK(fit.aliased == std::vector<Index>{2});
    CHECK(fit.predictor.coefficients[2] == 0);
    CHECK(fit.df_residual == 48);
  }
  const auto weighted =
      fit_generalized(ResponseFamily::binomial, raw.leftCols(1), straight_line, y, weights);
  const auto rows = fit_generalized(ResponseFamily::binomial, Mat(raw(repeated, std::vector{0})),
                                    straight_line, Vec(y(repeated)));
  CHECK(weighted.df_residual == rows.df_residual);
  CHECK_NEAR(weighted.predictor.coefficients[1], rows.predictor.coefficients[1], 1e-12);
  CHECK_NEAR(weighted.standard_errors[1], rows.standard_errors[1], 1e-12);
}

TEST_CASE("generalised regression: responses that a family cannot have", "[stats]") {
  const Mat x = test::random_matrix(5, 1, 1);
  Vec y(5);
  y << 0, 1, 2, 0, 1;
  CHECK_THROWS_AS(fit_generalized(ResponseFamily::binomial, x, straight_line, y),
                  InsufficientDataError);
  y[2] = -1;
  CHECK_THROWS_AS(fit_generalized(ResponseFamily::poisson, x, straight_line, y),
                  InsufficientDataError);
  CHECK_THROWS_AS(fit_generalized(ResponseFamily::binomial, x, straight_line, Vec::Ones(5)),
                  InsufficientDataError);
  CHECK_THROWS_AS(fit_generalized(ResponseFamily::poisson, x, straight_line, Vec::Zero(5)),
                  InsufficientDataError);
  CHECK_THROWS_AS(parse_response_family("binomail"), DomainError);
}
