#include "mathtool/stats/independence.hpp"

#include <cmath>
#include <string>
#include <vector>

#include "joint_examples.hpp"
#include "mathtool/math/error.hpp"
#include "support/tolerance.hpp"

using namespace mathtool;
using namespace mathtool::stats;
using namespace mathtool::test;

TEST_CASE("independence: a product has none of it to measure", "[stats]") {
  const Independence none = independence(product_table({0.1, 0.2, 0.7}, {0.3, 0.3, 0.4}));
  CHECK(none.largest_difference < 1e-16);
  CHECK(none.mutual_information < 1e-16);
  CHECK(none.chi_squared < 1e-16);
  CHECK(none.df == 4);
  CHECK_NEAR(none.p_value, 1, ulps(1, 1));
}

// A fair coin and its copy: I = log 2; |1/2 − 1/4| = 1/4; φ² = 1. The cells that are not named
// differ by 1/4 too.
TEST_CASE("independence: a copy tells all there is", "[stats]") {
  const JointTable copy({{"x", {"h", "t"}}, {"y", {"h", "t"}}}, {{{0, 0}, 50}, {{1, 1}, 50}});
  const Independence full = independence(copy);
  CHECK(full.largest_difference == 0.25);
  CHECK_NEAR(full.mutual_information, std::log(2.0), ulps(1, 1));
  CHECK(full.chi_squared == 100);
  CHECK(full.df == 1);
  CHECK(full.smallest_expected == 25);
}

// summary(UCBAdmissions) of R: Chisq = 2000.3, df = 16. More digits, and all other figures, by
// exact fractions from the counts.
TEST_CASE("independence: admissions to Berkeley", "[stats]") {
  const Independence all = independence(berkeley());
  CHECK_NEAR(all.chi_squared, 2000.3280680633256, ulps(2, 2000));
  CHECK(all.df == 16);
  CHECK_NEAR(all.mutual_information, 0.23173566199923443, 1e-15);
  CHECK_NEAR(all.largest_difference, 0.06559843958688258, ulps(2, 0.065));
  const Independence two = independence(berkeley().marginal(Names{"gender", "admitted"}));
  CHECK_NEAR(two.chi_squared, 92.20528041152764, ulps(2, 92));
  CHECK(two.df == 1);
  CHECK_NEAR(two.mutual_information, 0.010323619884636613, 1e-15);
  CHECK_NEAR(two.largest_difference, 0.034144694307100584, ulps(2, 0.034));
  CHECK_NEAR(two.p_value, std::erfc(std::sqrt(92.20528041152764 / 2)),
             relative(1e-13, two.p_value));
}

TEST_CASE("independence: what no cell names is found without going through all combinations",
          "[stats]") {
  // Forty variables of 1000 levels each: 1000^40 combinations, of which the named ones are the
  // diagonal. Levels weigh 1 : 2 : ... : 1000, the largest q of all others has one level changed
  // from the heaviest to the next: about (1000/500500)^39 · 999/500500, below the p of the
  // diagonal.
  std::vector<DiscreteVariable> variables;
  std::vector<JointCell> cells;
  for (int v = 0; v < 40; ++v) {
    variables.push_back({"v" + std::to_string(v), {}});
    for (int i = 0; i < 1000; ++i) variables.back().levels.push_back(std::to_string(i));
  }
  for (Index i = 0; i < 1000; ++i)
    cells.push_back({std::vector<Index>(40, i), static_cast<Extended>(i + 1)});
  const Independence measured = independence(JointTable(variables, cells));
  CHECK_NEAR(measured.largest_difference, 1000.0 / 500500, ulps(2, 0.002));
  // Without the heaviest combination of two variables, that is where the difference is largest.
  const JointTable hole({{"x", {"a", "b", "c"}}, {"y", {"a", "b", "c"}}},
                        {{{0, 1}, 4}, {{0, 2}, 4}, {{1, 0}, 4}, {{2, 0}, 4}, {{1, 1}, 1}});
  // P(x = a) = P(y = a) = 8/17.
  CHECK_NEAR(independence(hole).largest_difference, 64.0 / 289, ulps(1, 1));
}

TEST_CASE("independence: levels that never occur change nothing", "[stats]") {
  const JointTable table({{"x", {"a", "never", "b"}}, {"y", {"c", "d"}}},
                         {{{0, 0}, 10}, {{0, 1}, 20}, {{1, 0}, 0}, {{2, 0}, 30}, {{2, 1}, 60}});
  const Independence found = independence(table);
  CHECK(found.df == 1);
  CHECK(found.chi_squared < 1e-15);
  const JointTable constant({{"x", {"a"}}, {"y", {"c", "d"}}}, {{{0, 0}, 1}, {{0, 1}, 2}});
  CHECK(independence(constant).df == 0);
  CHECK(std::isnan(independence(constant).p_value));
  CHECK_THROWS_AS(independence(table.marginal(Names{"x"})), DomainError);
}

TEST_CASE("independence: probabilities beyond the range of doubles", "[stats]") {
  // Of three equal cells and next to nothing in the fourth: I = log 3 − 4/3 log 2.
  const JointTable nearly({{"x", {"a", "b"}}, {"y", {"a", "b"}}},
                          {{{0, 0}, 1e308}, {{0, 1}, 1e308}, {{1, 0}, 1e308}, {{1, 1}, 3e-320}});
  CHECK_NEAR(independence(nearly).mutual_information, std::log(3.0) - 4 * std::log(2.0) / 3,
             ulps(2, 1));
}
