#include "mathtool/stats/expectation.hpp"

#include <cmath>

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
