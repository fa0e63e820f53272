#include "mathtool/stats/expectation.hpp"

#include <cmath>
#include <numbers>
#include <utility>

#include "mathtool/stats/distributions/all.hpp"
#include "support/catch.hpp"
#include "support/tolerance.hpp"

using namespace mathtool;
using namespace mathtool::stats;
using namespace mathtool::test;

namespace {

template <class D, class G>
double expected(const D& d, const G& g) {
  const math::Estimate result = expectation(d, g);
  INFO(result.reason);
  CHECK(result.status == Status::converged);
  return result.value;
}

}  // namespace

TEST_CASE("expectation: of a function that is 0 on one side it is a tail", "[stats]") {
  for (const AnyDistribution& d :
       {AnyDistribution(Poisson(3)), AnyDistribution(Binomial(40, 0.3)),
        AnyDistribution(Geometric(0.2)), AnyDistribution(Categorical({0.5, 0, 0, 0.5})),
        AnyDistribution(NegativeBinomial(2.5, 0.1)), AnyDistribution(Gamma(2.5, 0.7)),
        AnyDistribution(Normal(2, 3))}) {
    INFO(d.text());
    for (const double limit : {-1.0, 0.0, 2.0, 5.0, 30.0}) {
      if (!d.discrete() && limit <= d.support().low) continue;  // nothing but 0: suspicious
      CHECK_NEAR(expected(d, [&](double x) { return x <= limit ? 1.0 : 0.0; }), cdf(d, limit),
                 1e-12);
      CHECK_NEAR(expected(d, [&](double x) { return x > limit ? 1.0 : 0.0; }), survival(d, limit),
                 1e-12);
    }
  }
  // e^-3 (1 + 3 + 9/2)
  CHECK_NEAR(expected(Poisson(3), [](double x) { return x <= 2 ? 1.0 : 0.0; }),
             8.5 * std::exp(-3.0), 1e-15);
}

TEST_CASE("expectation: figures by hand", "[stats]") {
  CHECK_NEAR(expected(Normal(0, 1), [](double x) { return std::exp(x); }), std::exp(0.5), 1e-13);
  // E 2^X of a Poisson variable is exp(mean), E X (X - 1) its squared mean.
  CHECK_NEAR(expected(Poisson(3), [](double x) { return std::exp2(x); }), std::exp(3.0), 1e-13);
  CHECK_NEAR(expected(Poisson(3), [](double x) { return x * (x - 1); }), 9, 1e-13);
  CHECK_NEAR(expected(Exponential(2), [](double x) { return x * x; }), 0.5, 1e-13);
}

TEST_CASE("expectation: what does not exist is divergent", "[stats]") {
  CHECK(expectation(Cauchy(0, 1), [](double x) { return x; }).status == Status::divergent);
  CHECK(expectation(Pareto(1, 2), [](double x) { return x * x; }).status == Status::divergent);
  CHECK(expectation(Normal(0, 1), [](double x) { return 1 / x; }).status == Status::divergent);
}

TEST_CASE("expectation: where the density is infinite and the function 0, it counts nothing",
          "[stats]") {
  // 8e-4 of the probability lies below the smallest double.
  const Gamma narrow(0.01);
  CHECK_NEAR(expected(narrow, [](double x) { return x > 1e-10 ? 1.0 : 0.0; }),
             survival(narrow, 1e-10), 1e-9);
  CHECK_NEAR(expected(narrow, [](double x) { return x; }), 0.01, 1e-11);
  CHECK_NEAR(expected(Gamma(1e-5), [](double x) { return x + 1; }), 1.00001, 1e-9);
}

TEST_CASE("expectation: a sum that is infinite says from which term on", "[stats]") {
  const math::Estimate pole = expectation(Poisson(3), [](double x) { return 1 / x; });
  CHECK(pole.status == Status::not_finite);
  CHECK_THAT(pole.reason, ContainsSubstring("x = 0"));
}

TEST_CASE("moments: infinite is told from what does not exist, for every family alike", "[stats]") {
  const AnyDistribution pareto = Pareto(1, 0.5), left = Affine(pareto, 0, -1);
  const AnyDistribution half_cauchy = Truncated(Cauchy(0, 1), 0, infinity);
  for (const AnyDistribution& d : {pareto, half_cauchy}) {
    INFO(d.text());
    CHECK(mean(d) == infinity);
    CHECK(variance(d) == infinity);
    CHECK(std::isnan(skewness(d)));
  }
  CHECK(mean(Truncated(Cauchy(0, 1), -infinity, 0)) == -infinity);
  const Mixture both({1, 1}, {pareto, Affine(Pareto(1, 1.5), 0, -1)});
  CHECK(mean(both) == infinity);
  CHECK(variance(both) == infinity);
  CHECK(std::isnan(mean(Mixture({1, 1}, {pareto, left}))));
  CHECK(std::isnan(variance(Mixture({1, 1}, {pareto, left}))));
}

// Raw moments of beta distributions, weighted by 60 Poisson probabilities in 50 digits.
TEST_CASE("moments: of the noncentral beta distribution", "[stats][reference]") {
  const NoncentralBeta even(2, 3, 1), low(0.5, 4, 3);
  CHECK_NEAR(mean(even), 0.44663997790740798, 1e-16);
  CHECK_NEAR(variance(even), 0.041633658023734816, 1e-17);
  CHECK_NEAR(skewness(even), 0.10911522924741764, 1e-15);
  CHECK_NEAR(kurtosis(even), -0.74270892655814136, 1e-15);
  CHECK_NEAR(mean(low), 0.30707802000840563, 1e-16);
  CHECK_NEAR(variance(low), 0.044965396143082599, 1e-17);
  CHECK_NEAR(skewness(low), 0.40952207700660577, 1e-15);
  CHECK_NEAR(kurtosis(low), -0.70156405205017022, 1e-15);
  // Without noncentrality a beta distribution; with very much of it 1 minus an exponential one.
  CHECK_NEAR(kurtosis(NoncentralBeta(2, 3, 0)), kurtosis(Beta(2, 3)), 1e-15);
  const NoncentralBeta far(1, 1, 1e10);
  CHECK(mean(far) == 1 - 2e-10);
  CHECK_NEAR(variance(far), 4e-20, 1e-28);
  CHECK_NEAR(skewness(far), -2, 1e-8);
  CHECK_NEAR(kurtosis(far), 6, 1e-8);
}

TEST_CASE("moments: a deviation whose square is no double is itself right", "[stats]") {
  for (const double unit : {1e200, 1e-200}) {
    const double pi = std::numbers::pi;
    const std::pair<AnyDistribution, double> cases[] = {
        {Normal(0, unit), 1},
        {Logistic(0, unit), pi / std::sqrt(3)},
        {Gumbel(0, unit), pi / std::sqrt(6)},
        {Laplace(0, unit), std::sqrt(2)},
        {Exponential(1 / unit), 1},
        {Gamma(4, unit), 2},
        {Uniform(0, unit), 1 / std::sqrt(12)},
        {Affine(Normal(0, 3), 0, -unit), 3},
        {Mixture({1, 1}, {Normal(0, unit), Normal(0, unit)}), 1},
        {Truncated(Exponential(1 / unit), 2 * unit, infinity), 1},
        {Truncated(Normal(0, unit), 0, infinity), std::sqrt(1 - 2 / pi)},
        {Truncated(Uniform(-9 * unit, 9 * unit), -unit, unit), 1 / std::sqrt(3)},
    };
    for (const auto& [d, expected] : cases) {
      INFO(d.text());
      CHECK_NEAR(sd(d) / unit, expected, 1e-11);
    }
  }
  CHECK(sd(Normal(0, 1e308)) == 1e308);
  CHECK_NEAR(sd(Uniform(-1e308, 1e308)), 1e308 / std::sqrt(3), 1e293);
  CHECK_NEAR(sd(Truncated(Uniform(-1.5e308, 1.5e308), -1e308, 1e308)), 1e308 / std::sqrt(3), 1e297);
  CHECK(variance(Normal(0, 1e308)) == infinity);
}
