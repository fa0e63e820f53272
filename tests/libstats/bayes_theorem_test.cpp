#include "mathtool/stats/bayes_theorem.hpp"

#include <vector>

#include "mathtool/math/constants.hpp"
#include "mathtool/math/error.hpp"
#include "support/tolerance.hpp"

using namespace mathtool;
using namespace mathtool::stats;
using namespace mathtool::test;

TEST_CASE("Bayes' theorem: the same from a prior and likelihoods", "[stats]") {
  const std::vector<double> prior{0.01, 0.99}, likelihood{0.99, 0.05};
  CHECK_NEAR(total_probability(prior, likelihood), 0.0594, ulps(1, 0.0594));
  CHECK_NEAR(posterior(prior, likelihood)[0], 1.0 / 6, ulps(1, 1.0 / 6));
  // Two updates are one by the product of the likelihoods: 1/6 · 0.99 : 5/6 · 0.05 = 99 : 25.
  CHECK_NEAR(posterior(posterior(prior, likelihood), likelihood)[0], 99.0 / 124, ulps(2, 1));
  // Hypotheses of odds 1 : 2 : 3, of which the second is excluded.
  const std::vector<double> odds{1, 2, 3}, excluded{0.5, 0, 0.25};
  CHECK_NEAR(posterior(odds, excluded)[0], 0.4, ulps(1, 0.4));
  CHECK(posterior(odds, excluded)[1] == 0);
}

TEST_CASE("Bayes' theorem: likelihoods beyond the range of doubles", "[stats]") {
  const std::vector<double> prior{1e308, 1e308}, huge{1e308, 0.5e308}, tiny{2e-320, 1e-320};
  CHECK_NEAR(posterior(prior, huge)[0], 2.0 / 3, ulps(1, 1));
  CHECK_NEAR(posterior(prior, tiny)[0], 2.0 / 3, 1e-3);  // 2e-320 has 12 bits
  CHECK(posterior(std::vector{1e-300, 1.0}, std::vector{1e-300, 0.0})[0] == 1);
}

TEST_CASE("Bayes' theorem: broken priors and likelihoods are refused", "[stats]") {
  using V = std::vector<double>;
  CHECK_THROWS_AS(posterior(V{0.5, 0.5}, V{1}), DimensionError);
  CHECK_THROWS_AS(posterior(V{}, V{}), DomainError);
  CHECK_THROWS_AS(posterior(V{0, 0}, V{1, 1}), DomainError);
  CHECK_THROWS_AS(posterior(V{-0.5, 1.5}, V{1, 1}), DomainError);
  CHECK_THROWS_AS(posterior(V{0.5, 0.5}, V{not_a_number, 1}), DomainError);
  CHECK_THROWS_AS(posterior(V{0.5, 0.5}, V{infinity, 1}), DomainError);
  CHECK_THROWS_AS(posterior(V{1, 0}, V{0, 1}), InsufficientDataError);
  CHECK(total_probability(V{1, 0}, V{0, 1}) == 0);
}
