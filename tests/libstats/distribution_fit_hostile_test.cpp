#include <algorithm>
#include <cmath>

#include "estimates.hpp"
#include "mathtool/math/error.hpp"
#include "mathtool/stats/distribution_fit.hpp"
#include "support/tolerance.hpp"

using namespace mathtool;
using namespace mathtool::stats;
using test::fit;

TEST_CASE("fit: a likelihood without a maximum is said to have none", "[stats]") {
  // Counts that vary less than Poisson's, and more than any binomial ones.
  const DistributionFit narrow = fit("negative_binomial", {4, 5, 5, 6, 5, 4, 6, 5});
  CHECK(narrow.status == Status::divergent);
  CHECK_THAT(narrow.reason, ContainsSubstring("r goes to infinity"));
  CHECK(fit("binomial", {0, 0, 9, 0, 14, 1}).status == Status::divergent);
  CHECK(fit("gamma", {0, 1, 2}).status == Status::divergent);
  CHECK(fit("weibull", {0, 1, 2}).status == Status::divergent);
  CHECK(fit("beta", {0.2, 0.4, 1}).status == Status::divergent);
  // Three of five values are the same.
  const DistributionFit tied = fit("cauchy", {1, 1, 1, 2, 5});
  CHECK(tied.status == Status::divergent);
  CHECK_THAT(tied.reason, ContainsSubstring("scale goes to 0"));
  // All values above 0 and near it: no Student's t is as narrow as the normal distribution.
  CHECK(fit("student_t", {0.1, -0.2, 0.3, 0.2, -0.1}).status == Status::divergent);
}

TEST_CASE("fit: a parameter that runs away is not taken for an estimate", "[stats]") {
  // Gamma values of a large scale: no F distribution is as far from 0 with so thin an end.
  math::Philox random(1);
  std::vector<double> x(20000);
  parse_distribution("gamma(2.5, 3)").sample(random, x);
  const DistributionFit found = fit("f", x);
  CHECK(found.status == Status::divergent);
  CHECK_THAT(found.reason, ContainsSubstring("df1 goes to infinity"));
}

TEST_CASE("fit: what a family cannot have made is refused", "[stats]") {
  CHECK_THROWS_AS(fit("beta", {0.5, 1.5}), InsufficientDataError);
  CHECK_THROWS_AS(fit("lognormal", {0, 1}), InsufficientDataError);
  CHECK_THROWS_AS(fit("exponential", {-1, 1}), InsufficientDataError);
  CHECK_THROWS_AS(fit("poisson", {1, 2.5}), InsufficientDataError);
  CHECK_THROWS_AS(fit("bernoulli", {0, 1, 2}), InsufficientDataError);
  CHECK_THROWS_AS(fit("normal", {}), InsufficientDataError);
  CHECK_THROWS_AS(fit("normal", {3}), InsufficientDataError);
  CHECK_THROWS_AS(fit("normal", {3, 3, 3}), InsufficientDataError);
  CHECK_THROWS_AS(fit("normal", {3, infinity}), InsufficientDataError);
  CHECK_THROWS_AS(fit("normal", {3, not_a_number}), DomainError);
  CHECK_THROWS_AS(fit("uniform", {1, 2}, {.fixed = {{"low", 1.5}}}), InsufficientDataError);
  CHECK_THROWS_AS(fit("pareto", {1, 2}, {.fixed = {{"minimum", 1.5}}}), InsufficientDataError);
  CHECK_THROWS_AS(fit("binomial", {1, 7}, {.fixed = {{"trials", 6.0}}}), InsufficientDataError);
  CHECK_THROWS_AS(fit("gamma", {1, 2}, {.fixed = {{"sd", 1.0}}}), DomainError);
  CHECK_THROWS_AS(fit("gamma", {1, 2}, {.fixed = {{"shape", -1.0}}}), DomainError);
  CHECK_THROWS_AS(fit("mixture", {1, 2}), DomainError);
  CHECK_THROWS_AS(fit("ks", {0.1, 0.2}), DomainError);
  const std::vector<double> x{1, 2}, weights{1, -1}, one{1};
  CHECK_THROWS_AS(frequency_table(x, weights), DomainError);
  CHECK_THROWS_AS(frequency_table(x, one), DimensionError);
}

TEST_CASE("fit: odd samples end with a status, not with an exception", "[stats]") {
  const std::vector<std::vector<double>> odd = {{1, 2},
                                                {1, std::nextafter(1.0, 2.0)},
                                                {1e-308, 1e308},
                                                {4e-320, 5e-320, 6e-320},
                                                {1, 1, 1, 1, 1, 1, 1, 1, 1, 1e9},
                                                {0.1, 0.1, 0.1, 0.2},
                                                {1e6, 1e6 + 1, 1e6 + 2, 1e6 + 5},
                                                {0.999999, 0.9999999, 0.99999999},
                                                {0, 1e15},
                                                {1e15, 1e15 + 2, 1e15 + 6}};
  for (const std::vector<double>& x : odd)
    for (const DistributionFamily* family : fittable_families()) {
      if (family->name.starts_with("noncentral")) continue;
      INFO(family->name << " of " << x[0] << ", " << x[1] << ", ...");
      try {
        const DistributionFit found = fit_distribution(*family, x);
        if (found.status == Status::converged) {
          CHECK(std::isfinite(found.log_likelihood));
          CHECK(found.distribution);
        } else {
          CHECK_FALSE(found.reason.empty());
        }
      } catch (const InsufficientDataError&) {  // beyond the support
      }
    }
}

TEST_CASE("fit: families are chosen by what the values are", "[stats]") {
  const auto chosen = [](const std::vector<double>& x, const char* name) {
    const auto families = families_to_try(frequency_table(x), FamilyChoice::automatic);
    return std::ranges::any_of(families, [&](const auto* family) { return family->name == name; });
  };
  CHECK(chosen({0, 3, 5}, "poisson"));
  CHECK_FALSE(chosen({0, 3, 5}, "gamma"));
  CHECK(chosen({0.5, 3, 5}, "gamma"));
  CHECK_FALSE(chosen({0.5, 3, 5}, "poisson"));
  CHECK(chosen({-4, 3, 5}, "normal"));
  CHECK_FALSE(chosen({0.5, 3}, "noncentral_t"));
}

TEST_CASE("fit: the ranking puts the least criterion first and what failed last", "[stats]") {
  std::vector<DistributionFit> fits(4);
  for (std::size_t i = 0; i < 4; ++i) fits[i].family = std::string(1, "abcd"[i]);
  fits[0].aic = 5;
  fits[1].aic = -7;
  fits[2].status = Status::divergent;
  fits[3].aic = 2;
  rank_fits(fits);
  CHECK(fits[0].family + fits[1].family + fits[2].family + fits[3].family == "bdac");
}
