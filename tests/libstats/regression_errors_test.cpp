#include "mathtool/stats/metrics/regression_errors.hpp"

#include <cmath>
#include <limits>
#include <vector>

#include "mathtool/math/error.hpp"
#include "support/tolerance.hpp"

using namespace mathtool;
using namespace mathtool::stats;
using namespace mathtool::test;

namespace {

using Numbers = std::vector<double>;

RegressionErrors errors_of(const Numbers& truth, const Numbers& predicted,
                           const Numbers& weights = {}) {
  RegressionErrors errors;
  errors.push(truth, predicted, weights);
  return errors;
}

}  // namespace

// scikit-learn's documentation: mean_squared_error 0.375, mean_absolute_error 0.5, r2_score
// 0.948... By hand: 1 - 1.5 / 29.1875.
TEST_CASE("regression errors: scikit-learn's example", "[stats]") {
  const RegressionErrors found = errors_of({3, -0.5, 2, 7}, {2.5, 0, 2, 8});
  CHECK_NEAR(found.rmse(), std::sqrt(0.375), ulps(1, 1));
  CHECK(found.mae() == 0.5);
  CHECK(found.mean_error() == -0.25);
  CHECK_NEAR(found.r_squared(), 1 - 1.5 / 29.1875, ulps(1, 1));
}

TEST_CASE("regression errors: predicting the mean explains nothing", "[stats]") {
  CHECK(errors_of({1, 2, 3, 6}, {3, 3, 3, 3}).r_squared() == 0);
  CHECK(errors_of({1, 2}, {1, 2}).r_squared() == 1);
  CHECK(errors_of({1, 2}, {5, -7}).r_squared() < 0);
}

TEST_CASE("regression errors: one by one, at once and by weights are the same", "[stats]") {
  const RegressionErrors weighted = errors_of({1, 2, 4}, {1.5, 2, 3}, {2, 1, 3}),
                         repeated = errors_of({1, 1, 2, 4, 4, 4}, {1.5, 1.5, 2, 3, 3, 3});
  RegressionErrors single;
  single.push(1, 1.5, 2);
  single.push(2, 2);
  single.push(4, 3, 3);
  single.push(9, 1000, 0);
  for (const RegressionErrors& each : {weighted, single}) {
    CHECK_NEAR(each.rmse(), repeated.rmse(), ulps(1, 1));
    CHECK_NEAR(each.mae(), repeated.mae(), ulps(1, 1));
    CHECK_NEAR(each.r_squared(), repeated.r_squared(), ulps(2, 1));
    CHECK(each.weight() == 6);
  }
}

TEST_CASE("regression errors: squares beyond the range of doubles", "[stats]") {
  CHECK_NEAR(errors_of({1e200, -1e200}, {0, 0}).rmse(), 1e200, ulps(2, 1e200));
  CHECK_NEAR(errors_of({1e-200, -1e-200}, {0, 0}).rmse(), 1e-200, ulps(2, 1e-200));
  CHECK_NEAR(errors_of({3e200, 4e200, 5}, {0, 0, 1e-200}).rmse(), 5e200 / std::sqrt(3.0),
             ulps(3, 5e200));
  CHECK_NEAR(errors_of({3, 1e-200}, {0, 0}).rmse(), 3 / std::sqrt(2.0), ulps(1, 3));
  CHECK(std::isnan(errors_of({1e200, -1e200}, {0, 0}).r_squared()));
  CHECK_FALSE(errors_of({1e200, -1e200}, {0, 0}).r_squared_reason().empty());
}

TEST_CASE("regression errors: what is undefined is NaN with a reason", "[stats]") {
  const RegressionErrors none;
  CHECK(std::isnan(none.rmse()));
  CHECK(std::isnan(none.mae()));
  CHECK(none.r_squared_reason() == "there is no pair of values");
  const RegressionErrors constant = errors_of({0.1, 0.1, 0.1}, {0.1, 0.2, 0.1});
  CHECK(std::isnan(constant.r_squared()));
  CHECK(constant.r_squared_reason() == "the true values are all the same");
  CHECK(constant.rmse() > 0);
  CHECK(std::isnan(errors_of({1, std::numeric_limits<double>::quiet_NaN()}, {1, 2}).rmse()));
  CHECK_THROWS_AS(errors_of({1}, {1, 2}), DimensionError);
  CHECK_THROWS_AS(errors_of({1}, {1}, {-1}), DomainError);
  RegressionErrors one;
  CHECK_THROWS_AS(one.push(1, 2, -1), DomainError);
}

TEST_CASE(
    "regression errors: r squared of values whose squares lose digits is undefined, and says so",
    "[stats]") {
  const RegressionErrors found = errors_of({1e-160, 3e-160, 2.5e-160}, {2e-160, 5e-160, 7e-160});
  CHECK(std::isnan(found.r_squared()));
  CHECK(found.r_squared_reason().find("squares") != std::string::npos);
  const RegressionErrors lost = errors_of({1e-300, 3e-300}, {2e-300, 5e-300});
  CHECK(lost.r_squared_reason().find("squares") != std::string::npos);
}
