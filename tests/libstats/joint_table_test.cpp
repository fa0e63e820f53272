#include "mathtool/stats/joint_table.hpp"

#include <array>
#include <string>
#include <vector>

#include "joint_examples.hpp"
#include "mathtool/math/error.hpp"
#include "mathtool/math/random/uniform.hpp"
#include "mathtool/stats/accumulators/contingency.hpp"
#include "support/tolerance.hpp"

using namespace mathtool;
using namespace mathtool::stats;
using namespace mathtool::test;

namespace {

/// Prevalence 1 %, sensitivity 99 %, specificity 95 %.
JointTable medical_test() {
  return JointTable({{"disease", {"yes", "no"}}, {"test", {"positive", "negative"}}},
                    {{{0, 0}, 0.01L * 0.99L},
                     {{0, 1}, 0.01L * 0.01L},
                     {{1, 0}, 0.99L * 0.05L},
                     {{1, 1}, 0.99L * 0.95L}});
}

/// Three variables of 3, 4 and 2 levels with random masses, a third of them 0.
JointTable random_table(std::uint64_t seed) {
  math::Philox random(seed);
  std::vector<JointCell> cells;
  for (Index i = 0; i < 24; ++i) {
    const double mass = math::uniform(random);
    cells.push_back({{i / 8, i / 2 % 4, i % 2}, i % 3 == 1 ? 0 : Extended(mass)});
  }
  return JointTable({{"a", {"0", "1", "2"}}, {"b", {"0", "1", "2", "3"}}, {"c", {"0", "1"}}},
                    std::move(cells));
}

}  // namespace

TEST_CASE("joint table: probabilities sum to 1, marginals to those of their levels", "[stats]") {
  for (std::uint64_t seed = 0; seed < 20; ++seed) {
    const JointTable table = random_table(seed);
    const JointTable b = table.marginal(Names{"b"});
    const std::vector<double> levels = table.level_probabilities("b");
    double sum = 0;
    for (const JointCell& cell : table.cells()) sum += table.probability_of(cell);
    CHECK_NEAR(sum, 1, ulps(24, 1));
    for (std::size_t i = 0; i < 4; ++i) {
      CHECK(b.probability_of(b.cells()[i]) == levels[i]);
      CHECK(table.probability({{"b", std::to_string(i)}}) == levels[i]);
    }
    CHECK_NEAR(table.expectation([](auto) { return 1; }), 1, ulps(24, 1));
  }
}

TEST_CASE("joint table: marginals of marginals are those of the table, in any order", "[stats]") {
  const JointTable table = random_table(1);
  const JointTable direct = table.marginal(Names{"c", "a"});
  const JointTable by_steps = table.marginal(Names{"c", "b", "a"}).marginal(Names{"c", "a"});
  REQUIRE(direct.cells().size() == by_steps.cells().size());
  CHECK(direct.names() == Names{"c", "a"});
  for (std::size_t i = 0; i < direct.cells().size(); ++i)
    CHECK_NEAR(direct.probability_of(direct.cells()[i]),
               by_steps.probability_of(by_steps.cells()[i]), ulps(2, 1));
}

TEST_CASE("joint table: the law of total probability and the product rule hold", "[stats]") {
  for (std::uint64_t seed = 0; seed < 20; ++seed) {
    const JointTable table = random_table(seed);
    double total = 0;
    for (const char* b : {"0", "1", "2", "3"}) {
      const Evidence given{{"b", b}};
      const double conditional = table.conditional(given).probability({{"a", "1"}});
      total += conditional * table.probability(given);
      CHECK_NEAR(conditional * table.probability(given), table.probability({{"b", b}, {"a", "1"}}),
                 ulps(4, 1));
    }
    CHECK_NEAR(total, table.probability({{"a", "1"}}), ulps(8, 1));
  }
}

TEST_CASE("joint table: conditioning twice is conditioning on both", "[stats]") {
  const JointTable table = berkeley();
  const JointTable once = table.conditional({{"gender", "female"}, {"department", "A"}});
  const JointTable twice =
      table.conditional({{"department", "A"}}).conditional({{"gender", "female"}});
  CHECK(once.names() == Names{"admitted"});
  CHECK(once.total() == 108);
  CHECK(twice.total() == 108);
  CHECK(once.probability({{"admitted", "yes"}}) == 89.0 / 108);
  CHECK(twice.probability({{"admitted", "yes"}}) == 89.0 / 108);
}

// By hand: 0.01 · 0.99 / (0.01 · 0.99 + 0.99 · 0.05) = 0.0099 / 0.0594 = 1/6.
TEST_CASE("joint table: a positive test of a rare disease means 1/6", "[stats]") {
  const JointTable table = medical_test();
  CHECK_NEAR(table.probability({{"test", "positive"}}), 0.0594, ulps(2, 0.0594));
  const JointTable sick = table.conditional({{"test", "positive"}});
  CHECK_NEAR(sick.probability({{"disease", "yes"}}), 1.0 / 6, ulps(1, 1.0 / 6));
  // Where half are ill: 0.5 · 0.99 / (0.5 · 0.99 + 0.5 · 0.05) = 99/104.
  const JointTable epidemic = table.with_marginal("disease", std::array{0.5, 0.5});
  CHECK_NEAR(epidemic.conditional({{"test", "positive"}}).probability({{"disease", "yes"}}),
             99.0 / 104, ulps(1, 1));
  CHECK_NEAR(epidemic.probability({{"test", "positive"}}), 0.52, ulps(1, 0.52));
}

// Jeffrey's rule changes no conditional probability given the variable that it is about.
TEST_CASE("joint table: another marginal leaves the conditionals as they are", "[stats]") {
  const JointTable table = random_table(3);
  const std::array prior{0.2, 0.3, 0.5};
  const JointTable changed = table.with_marginal("a", prior);
  for (std::size_t i = 0; i < 3; ++i) {
    const Evidence given{{"a", std::to_string(i)}};
    CHECK_NEAR(changed.probability(given), prior[i], ulps(2, 1));
    CHECK_NEAR(changed.conditional(given).probability({{"b", "2"}}),
               table.conditional(given).probability({{"b", "2"}}), ulps(2, 1));
  }
}

// Two dice: E of the sum is 7, of the product 12.25; P(sum ≥ 10) = 6/36.
TEST_CASE("joint table: the expectation of a function of the levels", "[stats]") {
  const std::vector<double> die(6, 1.0 / 6);
  const JointTable dice = product_table(die, die);
  const auto sum = [](std::span<const Index> x) { return double(x[0] + 1 + x[1] + 1); };
  CHECK_NEAR(dice.expectation(sum), 7, ulps(1, 7));
  CHECK_NEAR(dice.expectation([](auto x) { return double((x[0] + 1) * (x[1] + 1)); }), 12.25,
             ulps(1, 12.25));
  CHECK_NEAR(dice.expectation([&](auto x) { return sum(x) >= 10 ? 1 : 0; }), 1.0 / 6, ulps(1, 1));
}

TEST_CASE("joint table: sums beyond the range of doubles", "[stats]") {
  const JointTable huge({{"x", {"a", "b", "c"}}},
                        {{{0}, 1e308}, {{1}, 1.5e308}, {{1}, 1.5e308}, {{2}, 1e-308}});
  CHECK_NEAR(huge.probability({{"x", "a"}}), 0.25, ulps(1, 0.25));
  CHECK_NEAR(huge.probability({{"x", "b"}}), 0.75, ulps(1, 0.75));
  CHECK(huge.probability({{"x", "c"}}) == 0);  // 2.5e-617 rounds to it
  const JointTable tiny({{"x", {"a", "b"}}, {"y", {"a", "b"}}},
                        {{{0, 0}, 1e-308}, {{0, 1}, 3e-308}, {{1, 1}, 1e308}});
  // Evidence of probability 4e-616 still tells a from b.
  CHECK_NEAR(tiny.conditional({{"x", "a"}}).probability({{"y", "b"}}), 0.75, ulps(1, 0.75));
}

TEST_CASE("joint table: what cannot be is refused in one line", "[stats]") {
  const JointTable table = medical_test();
  CHECK_THROWS_WITH(table.conditional({{"tset", "positive"}}),
                    ContainsSubstring("no variable 'tset' (did you mean 'test'?)"));
  CHECK_THROWS_WITH(table.probability({{"test", "postive"}}),
                    ContainsSubstring("no level 'postive' (did you mean 'positive'?)"));
  CHECK_THROWS_WITH(table.conditional({{"test", "positive"}, {"test", "negative"}}),
                    ContainsSubstring("given twice"));
  CHECK_THROWS_WITH(table.conditional({{"test", "positive"}, {"disease", "no"}}),
                    ContainsSubstring("every variable is given"));
  CHECK_THROWS_AS(table.marginal(Names{}), DomainError);
  CHECK_THROWS_AS(table.marginal(Names{"test", "test"}), DomainError);
  CHECK_THROWS_AS(table.with_marginal("disease", std::array{1.0}), DimensionError);
  CHECK_THROWS_AS(table.with_marginal("disease", std::array{1.5, -0.5}), DomainError);
  CHECK_THROWS_AS(table.with_marginal("disease", std::array{0.0, 0.0}), InsufficientDataError);

  const std::vector<DiscreteVariable> x{{"x", {"a", "b"}}};
  CHECK_THROWS_AS(JointTable({}, {}), DomainError);
  CHECK_THROWS_AS(JointTable(x, {}), InsufficientDataError);
  CHECK_THROWS_AS(JointTable(x, {{{0}, 0}, {{1}, 0}}), InsufficientDataError);
  CHECK_THROWS_AS(JointTable(x, {{{0}, -1}}), DomainError);
  CHECK_THROWS_AS(JointTable(x, {{{0}, not_a_number}}), DomainError);
  CHECK_THROWS_AS(JointTable(x, {{{0}, infinity}}), DomainError);
  CHECK_THROWS_AS(JointTable(x, {{{2}, 1}}), DimensionError);
  CHECK_THROWS_AS(JointTable(x, {{{0, 0}, 1}}), DimensionError);
  CHECK_THROWS_AS(JointTable({{"x", {"a", "a"}}}, {{{0}, 1}}), DomainError);

  const JointTable zero({{"x", {"a", "b"}}, {"y", {"c", "d"}}}, {{{0, 0}, 1}, {{1, 1}, 0}});
  CHECK_THROWS_AS(zero.conditional({{"x", "b"}}), InsufficientDataError);
  CHECK_THROWS_AS(zero.with_marginal("x", std::array{0.5, 0.5}), InsufficientDataError);
  CHECK(zero.with_marginal("x", std::array{1.0, 0.0}).total() == 1);
}

TEST_CASE("contingency: merging equals having seen both streams", "[stats]") {
  const Names names{"x", "y"};
  Contingency first(names), second(names), all(names), neutral;
  math::Philox random(5);
  for (int i = 0; i < 1000; ++i) {
    const std::string x = std::to_string(static_cast<int>(math::uniform(random) * 7)),
                      y = std::string(1, static_cast<char>('a' + i % 11));
    const std::array<std::string_view, 2> levels{x, y};
    (i < 300 ? first : second).push(levels);
    all.push(levels);
  }
  neutral.merge(first);
  neutral.merge(Contingency());
  neutral.merge(second);
  const JointTable merged = neutral.table(), whole = all.table();
  CHECK(neutral.count() == 1000);
  CHECK(merged.total() == 1000);
  CHECK(merged.variables()[0].levels == Names{"0", "1", "2", "3", "4", "5", "6"});
  CHECK(merged.variables()[1].levels == whole.variables()[1].levels);
  REQUIRE(merged.cells().size() == whole.cells().size());
  for (std::size_t i = 0; i < merged.cells().size(); ++i) {
    CHECK(merged.cells()[i].levels == whole.cells()[i].levels);
    CHECK(merged.cells()[i].mass == whole.cells()[i].mass);
  }
}

TEST_CASE("contingency: numbers ascend, other levels stand as they come", "[stats]") {
  Contingency table(Names{"number", "word"});
  for (const auto& [number, word] :
       {std::pair{"10", "old"}, {"9", "young"}, {"-1.5", "10"}, {"9", "old"}})
    table.push(std::array<std::string_view, 2>{number, word}, 0.25);
  const JointTable joint = table.table();
  CHECK(joint.variables()[0].levels == Names{"-1.5", "9", "10"});
  CHECK(joint.variables()[1].levels == Names{"old", "young", "10"});
  CHECK(joint.probability({{"number", "9"}, {"word", "old"}}) == 0.25);
  CHECK_THROWS_AS(table.push(std::array<std::string_view, 1>{"a"}), DimensionError);
  CHECK_THROWS_AS(table.push(std::array<std::string_view, 2>{"a", "b"}, -1), DomainError);
  CHECK_THROWS_AS(Contingency(Names{"x"}).table(), InsufficientDataError);
}
