#include <array>
#include <cmath>
#include <limits>
#include <vector>

#include "mathtool/math/error.hpp"
#include "mathtool/opt/least_squares/levenberg_marquardt.hpp"
#include "mathtool/opt/least_squares/parameter_covariance.hpp"
#include "mathtool/opt/least_squares/residual_derivatives.hpp"
#include "support/catch.hpp"
#include "support/problems/oxygen_demand.hpp"
#include "support/tolerance.hpp"

// Problems on which least squares end badly, or nearly so.

using namespace mathtool;
using namespace mathtool::test;

TEST_CASE("levenberg_marquardt: parameters that are not told apart are named", "[opt]") {
  const auto product = opt::residuals_by_autodiff([](const auto& x) {
    using S = std::decay_t<decltype(x[0])>;
    std::vector<S> r;
    for (Index i = 0; i < days.size(); ++i)
      r.push_back(S(x[0] * x[1] * days[i] + x[2] - demand[i] + 0 * x[3]));
    return r;
  });
  const opt::NonlinearFit fit =
      opt::levenberg_marquardt(product, Vec{{1, 1, 1, 1}}, {.names = {"a", "b", "c", "d"}});
  CHECK(fit.status == Status::suspicious);
  CHECK(fit.undetermined == std::vector<Index>{0, 1, 3});
  CHECK_THAT(fit.reason, ContainsSubstring("no residual depends on d"));
  CHECK_THAT(fit.reason, ContainsSubstring("do not tell a and b apart"));
  CHECK(std::isnan(fit.standard_errors[0]));
  CHECK(std::isnan(fit.standard_errors[3]));
  CHECK(fit.standard_errors[2] > 0);
  CHECK_NEAR(fit.x[0] * fit.x[1], 241.0 / 140, 1e-10);
}

TEST_CASE("levenberg_marquardt: hostile residuals end with the right status", "[opt]") {
  const double nan = std::numeric_limits<double>::quiet_NaN();
  SECTION("NaN at the start names the row") {
    const opt::NonlinearFit fit =
        opt::levenberg_marquardt(opt::residuals_by_differences([&](const Vec& x) {
                                   return Vec{{x[0], nan}};
                                 }),
                                 Vec{{1.0}});
    CHECK(fit.status == Status::not_finite);
    CHECK_THAT(fit.reason, ContainsSubstring("residual 2"));
    CHECK(fit.x[0] == 1);
  }
  SECTION("NaN on the way shortens the step") {
    const auto root = opt::residuals_by_autodiff([](const auto& x) {
      using std::log;
      return std::array{log(x[0]) - 1};
    });
    const opt::NonlinearFit fit = opt::levenberg_marquardt(root, Vec{{20.0}});
    CHECK(fit.status == Status::converged);
    CHECK_NEAR(fit.x[0], std::exp(1.0), 1e-14);
  }
  SECTION("no end in sight") {
    const auto falls = opt::residuals_by_autodiff([](const auto& x) {
      using std::exp;
      return std::array{exp(-x[0])};
    });
    const opt::NonlinearFit fit = opt::levenberg_marquardt(falls, Vec{{0.0}});
    INFO(to_string(fit.status) << ": " << fit.reason);
    CHECK(fit.rss < 1e-20);  // to the limit of doubles
  }
  SECTION("a flat function") {
    const opt::NonlinearFit fit =
        opt::levenberg_marquardt(opt::residuals_by_differences([](const Vec&) {
                                   return Vec{{1.0, 2.0}};
                                 }),
                                 Vec{{3.0}});
    CHECK(fit.status == Status::suspicious);
    CHECK_THAT(fit.reason, ContainsSubstring("no residual depends on x1"));
  }
  SECTION("no budget") {
    const opt::NonlinearFit fit = fit_bod(Vec{{1, 1}}, {.max_iterations = 1});
    CHECK(fit.status == Status::out_of_budget);
    CHECK(fit.x.allFinite());
  }
  SECTION("preconditions") {
    CHECK_THROWS_AS(fit_bod(Vec(0)), DomainError);
    CHECK_THROWS_AS(fit_bod(Vec{{nan, 1}}), DomainError);
    CHECK_THROWS_AS(fit_bod(Vec{{1, 1}}, {.loss_scale = 0}), DomainError);
    CHECK_THROWS_AS(fit_bod(Vec{{1, 1}}, {.box = {.low = Vec{{1.0}}, .high = Vec{{2.0}}}}),
                    DimensionError);
    const std::vector<double> few = {1, 2};
    CHECK_THROWS_AS(fit_bod(Vec{{1, 1}}, {.weights = few}), DimensionError);
  }
}

// Meyer's problem, whose steps from (0.02, 4000, 250) go through a long curved valley; Moré, Garbow

TEST_CASE("levenberg_marquardt: Meyer's problem from near and far", "[opt]") {
  const Vec y{{34780, 28610, 23650, 19630, 16370, 13720, 11540, 9744, 8261, 7030, 6005, 5147, 4427,
               3820, 3307, 2872}};
  const auto meyer = opt::residuals_by_autodiff([&](const auto& x) {
    using S = std::decay_t<decltype(x[0])>;
    using std::exp;
    std::vector<S> r;
    for (Index i = 0; i < y.size(); ++i)
      r.push_back(S(x[0] * exp(x[1] / (50.0 + 5.0 * static_cast<double>(i) + x[2])) - y[i]));
    return r;
  });
  for (const Vec& start : {Vec{{0.02, 4000, 250}}, Vec{{2, 400000, 25000}}}) {
    const opt::NonlinearFit fit = opt::levenberg_marquardt(meyer, start);
    INFO(fit.reason);
    CHECK(fit.status == Status::converged);
    CHECK_NEAR(fit.rss, 87.94585517085, 1e-8);
    CHECK_NEAR(fit.x[1], 6181.34634629, 1e-6);
  }
}

TEST_CASE("levenberg_marquardt: Osborne's exponentials from near and far", "[opt]") {
  const Vec y{{.844, .908, .932, .936, .925, .908, .881, .850, .818, .784, .751,
               .718, .685, .658, .628, .603, .580, .558, .538, .522, .506, .490,
               .478, .467, .457, .448, .438, .431, .424, .420, .414, .411, .406}};
  const auto osborne = opt::residuals_by_autodiff([&](const auto& x) {
    using S = std::decay_t<decltype(x[0])>;
    using std::exp;
    std::vector<S> r;
    for (Index i = 0; i < y.size(); ++i) {
      const double t = 10.0 * static_cast<double>(i);
      r.push_back(S(x[0] + x[1] * exp(-x[3] * t) + x[2] * exp(-x[4] * t) - y[i]));
    }
    return r;
  });
  for (const Vec& start : {Vec{{0.5, 1.5, -1, 0.01, 0.02}}, Vec{{50, 150, -100, 1, 2}}}) {
    const opt::NonlinearFit fit = opt::levenberg_marquardt(osborne, start);
    INFO(fit.reason);
    CHECK(fit.status == Status::converged);
    CHECK_NEAR(fit.rss, 5.464894697e-5, 1e-13);
  }
}

TEST_CASE("parameter_covariance: of a triangle by hand", "[opt]") {
  // RᵀR = (4, 2; 2, 10), its inverse (10, −2; −2, 4) / 36.
  const Mat R{{2, 1}, {0, 3}};
  const opt::ParameterCovariance covariance = opt::parameter_covariance(R, 36);
  CHECK(largest_difference(covariance.value, Mat{{10, -2}, {-2, 4}}) < 1e-14);
  const opt::ParameterCovariance held = opt::parameter_covariance(R, 36, {.held = {0}});
  CHECK(std::isnan(held.value(0, 0)));
  CHECK_NEAR(held.value(1, 1), 3.6, 1e-14);
}
