#include "mathtool/stats/splits.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>
#include <vector>

#include "mathtool/math/error.hpp"
#include "mathtool/stats/bootstrap_sample.hpp"
#include "support/tolerance.hpp"

using namespace mathtool;
using namespace mathtool::stats;
using namespace mathtool::test;

TEST_CASE("splits: the seed decides, and nothing else", "[stats]") {
  CHECK(train_test_split(100, {.seed = 7}).test == train_test_split(100, {.seed = 7}).test);
  CHECK(train_test_split(100, {.seed = 7}).test != train_test_split(100, {.seed = 8}).test);
  CHECK(k_fold(100, {.seed = 7}).fold == k_fold(100, {.seed = 7}).fold);
  CHECK(k_fold(100, {.seed = 7}).fold != k_fold(100, {.seed = 8}).fold);
}

TEST_CASE("splits: without shuffling folds are runs of neighbours", "[stats]") {
  // scikit-learn's KFold(n_splits=3) of 10: the first n % k folds are longer by one.
  CHECK(k_fold(10, {.folds = 3, .shuffle = false}).fold ==
        std::vector<Index>{0, 0, 0, 0, 1, 1, 1, 2, 2, 2});
  const Split first = k_fold(5, {.folds = 5, .shuffle = false}).split(0);
  CHECK(first.test == std::vector<Index>{0});
  CHECK(first.train == std::vector<Index>{1, 2, 3, 4});
  CHECK(stratified_k_fold(std::vector<Index>{1, 0, 1, 0}, {.folds = 2, .shuffle = false}).fold ==
        std::vector<Index>{0, 0, 1, 1});
}

TEST_CASE("splits: each side of the smallest split has one observation", "[stats]") {
  CHECK(train_test_split(2, {.test_share = 0.01}).test.size() == 1);
  CHECK(train_test_split(2, {.test_share = 0.99}).train.size() == 1);
  CHECK(train_test_split(1000, {.test_share = 0.2}).test.size() == 200);
}

// Each of the 10 pairs out of 5 has probability 1/10; 20000 seeds.
TEST_CASE("splits: every test set is equally likely", "[stats]") {
  std::map<std::vector<Index>, int> times;
  const int seeds = 20000;
  for (int seed = 0; seed < seeds; ++seed)
    ++times[train_test_split(5, {.test_share = 0.4, .seed = static_cast<std::uint64_t>(seed)})
                .test];
  REQUIRE(times.size() == 10);
  for (const auto& [pair, count] : times)
    CHECK_NEAR(count / static_cast<double>(seeds), 0.1,
               monte_carlo(6, std::sqrt(0.1 * 0.9 / seeds)));
}

TEST_CASE("splits: a class smaller than its share is not lost twice", "[stats]") {
  // 7 of class 5, 2 of class 9, 1 of class 1; half of them to test by.
  const std::vector<Index> classes{5, 5, 9, 5, 5, 1, 5, 9, 5, 5};
  const Split split = stratified_split(classes, {.test_share = 0.5, .seed = 3});
  CHECK(split.test.size() == 5);
  std::map<Index, int> tested;
  for (const Index i : split.test) ++tested[classes[static_cast<std::size_t>(i)]];
  CHECK((tested[5] == 3 || tested[5] == 4));
  CHECK(tested[9] == 1);
}

TEST_CASE("splits: one of each class is left to learn from where that can be", "[stats]") {
  // Half of 8 + 1 + 1 is 5: the odd one is of the class of 8, not one of the lonely ones.
  const std::vector<Index> classes{5, 5, 5, 7, 5, 5, 9, 5, 5, 5};
  for (std::uint64_t seed = 0; seed < 20; ++seed) {
    const Split split = stratified_split(classes, {.test_share = 0.5, .seed = seed});
    CHECK(split.test.size() == 5);
    for (const Index lonely : {3, 6})
      CHECK(std::ranges::find(split.train, lonely) != split.train.end());
  }
  // All but one are tested: not every class can stay.
  CHECK(stratified_split(classes, {.test_share = 0.95}).train.size() == 1);
}

TEST_CASE("splits: what cannot be split is refused", "[stats]") {
  CHECK_THROWS_AS(train_test_split(1), DomainError);
  CHECK_THROWS_AS(train_test_split(10, {.test_share = 0}), DomainError);
  CHECK_THROWS_AS(train_test_split(10, {.test_share = 1}), DomainError);
  CHECK_THROWS_AS(stratified_split({}), DomainError);
  CHECK_THROWS_AS(k_fold(10, {.folds = 1}), DomainError);
  CHECK_THROWS_AS(k_fold(4, {.folds = 5}), DomainError);
  CHECK_THROWS_AS(k_fold(10).split(5), DomainError);
  CHECK_THROWS_AS(k_fold(10).split(-1), DomainError);
}

TEST_CASE("bootstrap: replicates are functions of seed and number", "[stats]") {
  CHECK(bootstrap_sample(50, 1, 2) == bootstrap_sample(50, 1, 2));
  CHECK(bootstrap_sample(50, 1, 2) != bootstrap_sample(50, 1, 3));
  CHECK(bootstrap_sample(50, 1, 2) != bootstrap_sample(50, 2, 2));
  CHECK(bootstrap_sample(1, 0, 0) == std::vector<Index>{0});
  CHECK_THROWS_AS(bootstrap_sample(0, 0, 0), DomainError);
}

// P(i is left out of n draws) = (1 - 1/n)ⁿ; the count left out has variance below n/e.
TEST_CASE("bootstrap: every observation is as likely as any other, and 1/e are left out",
          "[stats]") {
  const Index n = 40, replicates = 5000;
  std::vector<double> drawn(static_cast<std::size_t>(n), 0.0);
  double left_out = 0;
  for (Index r = 0; r < replicates; ++r) {
    const std::vector<Index> sample = bootstrap_sample(n, 9, static_cast<std::uint64_t>(r));
    for (const Index i : sample) ++drawn[static_cast<std::size_t>(i)];
    left_out += static_cast<double>(out_of_bag(sample, n).size());
  }
  const auto times = static_cast<double>(replicates);
  for (const double count : drawn)
    CHECK_NEAR(count / times, 1, monte_carlo(6, std::sqrt((1 - 1.0 / 40) / times)));
  CHECK_NEAR(left_out / times / 40, std::pow(1 - 1.0 / 40, 40),
             monte_carlo(6, std::sqrt(std::exp(-1.0) / 40 / times)));
}

TEST_CASE("bootstrap: what is left out is what was not drawn", "[stats]") {
  CHECK(out_of_bag(std::vector<Index>{4, 0, 4, 2}, 5) == std::vector<Index>{1, 3});
  CHECK(out_of_bag(std::vector<Index>{}, 2) == std::vector<Index>{0, 1});
  CHECK_THROWS_AS(out_of_bag(std::vector<Index>{5}, 5), DomainError);
}

TEST_CASE("splits: a block of a stream is dealt out to all folds in rounds", "[stats]") {
  const std::vector<Index> folds = k_fold_block(1000, 4096, {.folds = 7, .seed = 3});
  REQUIRE(folds.size() == 1000);
  std::set<std::vector<Index>> rounds;
  for (auto place = folds.begin(); folds.end() - place >= 7; place += 7) {
    std::vector<Index> round(place, place + 7);
    rounds.insert(round);
    std::sort(round.begin(), round.end());
    CHECK(round == std::vector<Index>{0, 1, 2, 3, 4, 5, 6});
  }
  CHECK(rounds.size() > 100);
  CHECK(k_fold_block(1000, 4096, {.folds = 7, .seed = 4}) != folds);
  CHECK(k_fold_block(1000, 0, {.folds = 7, .seed = 3}) != folds);
  CHECK(k_fold_block(4, 5, {.folds = 3, .shuffle = false}) == std::vector<Index>{2, 0, 1, 2});
  CHECK_THROWS(k_fold_block(4, 0, {.folds = 1}));
}
