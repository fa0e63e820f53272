#include "mathtool/opt/least_squares/levenberg_marquardt.hpp"

#include <array>
#include <cmath>
#include <limits>
#include <string>
#include <vector>

#include "mathtool/math/error.hpp"
#include "mathtool/opt/least_squares/parameter_covariance.hpp"
#include "mathtool/opt/least_squares/residual_derivatives.hpp"
#include "support/catch.hpp"
#include "support/problems/oxygen_demand.hpp"
#include "support/tolerance.hpp"

using namespace mathtool;
using namespace mathtool::test;

// nls(demand ~ A*(1-exp(-k*Time)), BOD, start=list(A=20,k=.5), control=nls.control(tol=1e-7)) in R
// 4.2: coef(summary()), deviance() and sigma().
TEST_CASE("levenberg_marquardt: estimates and standard errors are those of R's nls", "[opt]") {
  const opt::NonlinearFit fit = fit_bod(Vec{{20, 0.5}});
  INFO(fit.reason);
  CHECK(fit.status == Status::converged);
  CHECK_NEAR(fit.x[0], 19.14257544786551, 1e-6);
  CHECK_NEAR(fit.x[1], 0.53109136077631, 1e-7);
  CHECK_NEAR(fit.standard_errors[0], 2.495917352028871, 1e-6);
  CHECK_NEAR(fit.standard_errors[1], 0.203082094013606, 1e-7);
  CHECK_NEAR(fit.rss, 25.9902672819414, 1e-11);
  CHECK_NEAR(fit.residual_sd, 2.54903252636865, 1e-11);
  CHECK(fit.degrees_of_freedom == 4);
  CHECK(fit.orthogonality < 1e-9);
  CHECK(fit.covariance_reason.empty());
  CHECK(fit.covariance(0, 1) == fit.covariance(1, 0));
}

// The same with BOD[rep(1:6, c(1,2,1,3,1,2)),].
TEST_CASE("levenberg_marquardt: a weight counts as so many equal rows", "[opt]") {
  const std::vector<double> weights = {1, 2, 1, 3, 1, 2};
  const opt::NonlinearFit fit = fit_bod(Vec{{20, 0.5}}, {.weights = weights, .observations = 10});
  CHECK_NEAR(fit.x[0], 19.991906910390313, 1e-6);
  CHECK_NEAR(fit.x[1], 0.440538328059147, 1e-7);
  CHECK_NEAR(fit.standard_errors[0], 1.8192694142999, 1e-6);
  CHECK_NEAR(fit.standard_errors[1], 0.1070231788192, 1e-7);
  CHECK_NEAR(fit.rss, 30.9392962218301, 1e-10);
  const opt::NonlinearFit rows = fit_bod(Vec{{20, 0.5}}, {.weights = weights});
  CHECK(rows.degrees_of_freedom == 4);  // rows of positive weight
}

// Roots of the gradient by mpmath with 30 digits; scipy.optimize.least_squares(r, [20, .5], J,
// loss=..., f_scale=1.5) of SciPy 1.10 ends there to the 6 or 7 digits that its stop allows, at
// half of these costs. The third demand is made 40.
TEST_CASE("levenberg_marquardt: robust losses end where SciPy's do", "[opt]") {
  struct Case {
    opt::Loss loss;
    double a, k, cost;
  };
  const std::vector<Case> cases = {
      {opt::Loss::linear, 21.455385171159067, 0.79676027143071032, 532.09980681117499},
      {opt::Loss::huber, 19.557571220331381, 0.45655666542045816, 82.151073494835474},
      {opt::Loss::soft_l1, 19.372598258885062, 0.48506808405586199, 78.642686441854022},
      {opt::Loss::cauchy, 21.000451537344138, 0.35439647639900507, 17.712574793796177},
      {opt::Loss::arctan, 21.664058494693119, 0.32830576186341107, 8.4968333250558212}};
  Saturation f{days, demand};
  f.y[2] = 40;
  for (const Case& one : cases) {
    const opt::NonlinearFit fit = opt::levenberg_marquardt(
        f, Vec{{20, 0.5}}, {.loss = one.loss, .loss_scale = 1.5, .look_again = false});
    INFO(to_string(one.loss) << ": " << fit.reason);
    CHECK(fit.status == Status::converged);
    CHECK_NEAR(fit.x[0], one.a, 1e-10);
    CHECK_NEAR(fit.x[1], one.k, 1e-11);
    CHECK_NEAR(fit.cost, one.cost, relative(1e-13, one.cost));
  }
}

TEST_CASE("loss: slopes are the derivatives of the losses", "[opt]") {
  for (const std::string_view name : opt::loss_names()) {
    const opt::Loss loss = opt::parse_loss(name);
    CHECK(to_string(loss) == name);
    CHECK(opt::evaluate(loss, 0).rho == 0);
    for (const double z : {0.01, 0.5, 0.99, 1.7, 30.0}) {
      INFO(name << " at " << z);
      const double h = 1e-5 * z;
      const auto at = [&](double u) { return opt::evaluate(loss, u); };
      CHECK_NEAR(at(z).slope, (at(z + h).rho - at(z - h).rho) / (2 * h), 1e-8);
      CHECK_NEAR(at(z).bend, (at(z + h).slope - at(z - h).slope) / (2 * h), 1e-6);
    }
  }
  CHECK_THROWS_WITH(opt::parse_loss("hubert"), ContainsSubstring("did you mean 'huber'"));
}

// least_squares(..., bounds=([0, 0], [18, inf])) of SciPy 1.10 ends at 18 as well; k there is the
// root of the slope by mpmath with 30 digits.
TEST_CASE("levenberg_marquardt: a parameter at its bound is held and said", "[opt]") {
  const double infinite = std::numeric_limits<double>::infinity();
  const opt::Box box{.low = Vec{{0, 0}}, .high = Vec{{18, infinite}}};
  bool inside = true;
  const Saturation f{days, demand};
  const auto watched = [&](const Vec& x, Vec& r, Mat* J) {
    inside = inside && box.contains(x);
    f(x, r, J);
  };
  for (const Vec& start : {Vec{{15, 0.5}}, Vec{{18, 0.01}}, Vec{{40, 3}}, Vec{{0, 1}}}) {
    const opt::NonlinearFit fit =
        opt::levenberg_marquardt(watched, start, {.box = box, .names = {"a", "k"}});
    INFO(start.transpose() << ": " << fit.reason);
    CHECK(fit.status == Status::converged);
    CHECK(fit.x[0] == 18);
    CHECK_NEAR(fit.x[1], 0.61935957255566261, 1e-12);
    CHECK_NEAR(fit.rss, 27.569456523615849, 1e-12);
    CHECK(fit.at_bound == std::vector<Index>{0});
    CHECK(std::isnan(fit.standard_errors[0]));
    CHECK(fit.standard_errors[1] > 0);
    CHECK(fit.degrees_of_freedom == 5);
    CHECK_THAT(fit.covariance_reason, ContainsSubstring("a is at a bound"));
  }
  CHECK(inside);
  // Where both are 0, nothing depends on either, and that is said.
  const opt::NonlinearFit lost = opt::levenberg_marquardt(f, Vec{{0, 0}}, {.box = box});
  CHECK(lost.status == Status::suspicious);
  CHECK_THAT(lost.reason, ContainsSubstring("no residual depends on x1 and x2"));
}

TEST_CASE("levenberg_marquardt: exact data give the exact parameters", "[opt]") {
  const Saturation f{days, curve(days, 17.25, 0.375)};
  for (const Vec& start : {Vec{{1, 1}}, Vec{{100, 0.01}}, Vec{{17.25, 0.375}}, Vec{{-5, 2}}}) {
    const opt::NonlinearFit fit = opt::levenberg_marquardt(f, start);
    INFO(start.transpose() << ": " << fit.reason);
    CHECK(fit.status == Status::converged);
    CHECK_NEAR(fit.x[0], 17.25, 1e-12);
    CHECK_NEAR(fit.x[1], 0.375, 1e-14);
    CHECK(fit.rss < 1e-26);
  }
}

TEST_CASE("levenberg_marquardt: units of y and t change nothing but the units", "[opt]") {
  const opt::NonlinearFit plain = fit_bod(Vec{{20, 0.5}});
  for (const double y_unit : {1e-9, 1e9})
    for (const double t_unit : {1e-6, 1e6}) {
      const Saturation f{days * t_unit, demand * y_unit};
      const opt::NonlinearFit fit = opt::levenberg_marquardt(f, Vec{{20 * y_unit, 0.5 / t_unit}});
      INFO(y_unit << " " << t_unit);
      CHECK(fit.status == Status::converged);
      CHECK_NEAR(fit.x[0] / y_unit, plain.x[0], relative(1e-11, plain.x[0]));
      CHECK_NEAR(fit.x[1] * t_unit, plain.x[1], relative(1e-11, plain.x[1]));
      CHECK_NEAR(fit.standard_errors[0] / y_unit, plain.standard_errors[0],
                 relative(1e-10, plain.standard_errors[0]));
      CHECK_NEAR(fit.standard_errors[1] * t_unit, plain.standard_errors[1],
                 relative(1e-10, plain.standard_errors[1]));
    }
}

TEST_CASE("levenberg_marquardt: a linear problem is solved in one step as by normal equations",
          "[opt]") {
  const auto line = opt::residuals_by_autodiff([](const auto& x) {
    using S = std::decay_t<decltype(x[0])>;
    std::vector<S> r;
    for (Index i = 0; i < days.size(); ++i) r.push_back(S(x[0] + x[1] * days[i] - demand[i]));
    return r;
  });
  const opt::NonlinearFit fit =
      opt::levenberg_marquardt(line, Vec{{0.0, 0.0}}, {.look_again = false});
  // lm(demand ~ Time, BOD): 8.5214285714, 1.7214285714, by hand: Sxy/Sxx = 40.1667/23.3333.
  CHECK_NEAR(fit.x[1], 241.0 / 140, 1e-13);
  CHECK_NEAR(fit.x[0], 89.0 / 6 - 241.0 / 140 * 22 / 6, 1e-12);
  CHECK(fit.iterations <= 2);
}

TEST_CASE("levenberg_marquardt: autodiff, differences and a Jacobian by hand agree", "[opt]") {
  const opt::NonlinearFit plain = fit_bod(Vec{{20, 0.5}});
  const opt::NonlinearFit differences =
      opt::levenberg_marquardt(opt::residuals_by_differences([](const Vec& x) {
                                 return Vec(curve(days, x[0], x[1]) - demand);
                               }),
                               Vec{{20, 0.5}});
  CHECK(largest_difference(plain.x, differences.x) < 1e-8);
  const opt::NonlinearFit automatic =
      opt::levenberg_marquardt(opt::residuals_by_autodiff([](const auto& x) {
                                 using S = std::decay_t<decltype(x[0])>;
                                 using std::exp;
                                 std::vector<S> r;
                                 for (Index i = 0; i < days.size(); ++i)
                                   r.push_back(S(x[0] * (1 - exp(-x[1] * days[i])) - demand[i]));
                                 return r;
                               }),
                               Vec{{20, 0.5}});
  CHECK(largest_difference(plain.x, automatic.x) < 1e-11);
}

TEST_CASE("levenberg_marquardt: as many rows as parameters leave no spread", "[opt]") {
  const Saturation f{days.head(2), demand.head(2)};
  const opt::NonlinearFit fit = opt::levenberg_marquardt(f, Vec{{20, 0.5}});
  CHECK(fit.status == Status::converged);
  CHECK(fit.rss < 1e-20);
  CHECK(std::isnan(fit.residual_sd));
  CHECK(std::isnan(fit.standard_errors[0]));
  CHECK_THAT(fit.covariance_reason, ContainsSubstring("no degree of freedom"));
}

// & Hillstrom (1981), no. 10: 87.9458. The same data as NIST's MGH10.
// Osborne's first problem (no. 17, 5.46489e-5), and a start far from everything, that of NIST's
// MGH17: much of what lies between is flat.
TEST_CASE("levenberg_marquardt: blocks of rows on any number of threads give the same bits",
          "[opt]") {
  struct Blocks {
    Index rows() const { return 20'001; }
    void evaluate(const Vec& x, Index first, Eigen::Ref<Vec> r, Mat* J) const {
      if (J) J->resize(r.size(), 2);
      for (Index i = 0; i < r.size(); ++i) {
        const double t = 1e-4 * static_cast<double>(first + i), decay = std::exp(-x[1] * t);
        r[i] = x[0] * decay - (3 * std::exp(-0.7 * t) + 0.1 * std::sin(1000 * t));
        if (J) J->row(i) << decay, -x[0] * t * decay;
      }
    }
  };
  const Blocks blocks;
  const opt::NonlinearFit one =
      opt::levenberg_marquardt(blocks, Vec{{1, 1}}, {.run = {.threads = 1}});
  const opt::NonlinearFit two =
      opt::levenberg_marquardt(blocks, Vec{{1, 1}}, {.run = {.threads = 2}});
  CHECK(one.status == Status::converged);
  CHECK(one.x == two.x);
  CHECK(one.rss == two.rss);
  CHECK(one.standard_errors == two.standard_errors);
  // The same rows at once.
  const auto whole = [&](const Vec& x, Vec& r, Mat* J) {
    r.resize(blocks.rows());
    blocks.evaluate(x, 0, r, J);
  };
  const opt::NonlinearFit plain = opt::levenberg_marquardt(whole, Vec{{1, 1}});
  CHECK(plain.x == one.x);
}
