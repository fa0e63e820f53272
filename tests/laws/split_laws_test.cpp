#include <rapidcheck.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <vector>

#include "mathtool/stats/splits.hpp"
#include "mathtool/stats/standardizer.hpp"
#include "support/tolerance.hpp"

// Laws of everything that divides observations, whatever their number, their classes and the seed.

namespace {

using namespace mathtool;
using stats::Folds;
using stats::Split;

std::vector<Index> classes_of(const std::vector<int>& numbers) {
  std::vector<Index> classes;
  for (const int number : numbers) classes.push_back(number % 5);
  return classes;
}

/// Whether train and test ascend and are together 0, ..., n − 1, each once.
bool is_partition(const Split& split, Index n) {
  std::vector<Index> all = split.train;
  all.insert(all.end(), split.test.begin(), split.test.end());
  std::sort(all.begin(), all.end());
  bool whole = std::ssize(all) == n;
  for (Index i = 0; whole && i < n; ++i) whole = all[static_cast<std::size_t>(i)] == i;
  return whole && std::is_sorted(split.train.begin(), split.train.end()) &&
         std::is_sorted(split.test.begin(), split.test.end());
}

std::map<Index, Index> counts(const std::vector<Index>& members,
                              const std::vector<Index>& classes) {
  std::map<Index, Index> result;
  for (const Index c : classes) result[c] += 0;
  for (const Index i : members) ++result[classes[static_cast<std::size_t>(i)]];
  return result;
}

/// The most by which two numbers differ.
Index range(const std::vector<Index>& numbers) {
  const auto [low, high] = std::minmax_element(numbers.begin(), numbers.end());
  return *high - *low;
}

std::vector<Index> fold_sizes(const Folds& folds) {
  std::vector<Index> sizes;
  for (Index k = 0; k < folds.count; ++k) sizes.push_back(std::ssize(folds.split(k).test));
  return sizes;
}

}  // namespace

TEST_CASE("splits: train and test are all observations, each once, in the wanted shares",
          "[stats][law]") {
  CHECK(rc::check([] {
    const auto n = *rc::gen::inRange<Index>(2, 300);
    const double share = *rc::gen::inRange(1, 100) / 100.0;
    const auto seed = *rc::gen::arbitrary<std::uint64_t>();
    const Split split = stats::train_test_split(n, {.test_share = share, .seed = seed});
    RC_ASSERT(is_partition(split, n));
    RC_ASSERT(!split.test.empty() && !split.train.empty());
    const double wanted =
        std::clamp(std::round(static_cast<double>(n) * share), 1.0, static_cast<double>(n - 1));
    RC_ASSERT(static_cast<double>(split.test.size()) == wanted);
  }));
}

TEST_CASE("splits: a stratified one has each class in proportion up to one", "[stats][law]") {
  CHECK(rc::check([](const std::vector<int>& numbers) {
    if (numbers.size() < 2) return;
    const std::vector<Index> classes = classes_of(numbers);
    const Index n = std::ssize(classes);
    const double share = *rc::gen::inRange(1, 100) / 100.0;
    const auto seed = *rc::gen::arbitrary<std::uint64_t>();
    const Split split = stats::stratified_split(classes, {.test_share = share, .seed = seed});
    const Split plain = stats::train_test_split(n, {.test_share = share, .seed = seed});
    RC_ASSERT(is_partition(split, n));
    RC_ASSERT(split.test.size() == plain.test.size());
    std::map<Index, Index> tested = counts(split.test, classes);
    for (const auto& [c, trained] : counts(split.train, classes)) {
      const double quota = static_cast<double>((trained + tested[c]) * std::ssize(split.test)) /
                           static_cast<double>(n);
      RC_ASSERT(std::abs(static_cast<double>(tested[c]) - quota) <= 1);
    }
  }));
}

TEST_CASE("splits: folds test every observation once, and their sizes differ by one at most",
          "[stats][law]") {
  CHECK(rc::check([](const std::vector<int>& numbers) {
    if (numbers.size() < 2) return;
    const std::vector<Index> classes = classes_of(numbers);
    const Index n = std::ssize(classes);
    const auto k = *rc::gen::inRange<Index>(2, n + 1);
    const stats::FoldOptions options{.folds = k,
                                     .seed = *rc::gen::arbitrary<std::uint64_t>(),
                                     .shuffle = *rc::gen::arbitrary<bool>()};
    for (const Folds& folds :
         {stats::k_fold(n, options), stats::stratified_k_fold(classes, options)}) {
      std::vector<Index> times(classes.size(), 0);
      for (Index fold = 0; fold < k; ++fold) {
        const Split split = folds.split(fold);
        RC_ASSERT(is_partition(split, n));
        for (const Index i : split.test) ++times[static_cast<std::size_t>(i)];
      }
      RC_ASSERT(std::ranges::count(times, 1) == n);
      RC_ASSERT(range(fold_sizes(folds)) <= 1);
    }
  }));
}

TEST_CASE(
    "splits: the folds of a stratified one have a class in numbers that differ by one at most",
    "[stats][law]") {
  CHECK(rc::check([](const std::vector<int>& numbers) {
    if (numbers.size() < 2) return;
    const std::vector<Index> classes = classes_of(numbers);
    const auto k = *rc::gen::inRange<Index>(2, std::ssize(classes) + 1);
    const Folds folds = stats::stratified_k_fold(
        classes, {.folds = k, .seed = *rc::gen::arbitrary<std::uint64_t>()});
    std::map<Index, std::vector<Index>> of_class;
    for (Index fold = 0; fold < k; ++fold)
      for (const auto& [c, count] : counts(folds.split(fold).test, classes))
        of_class[c].push_back(count);
    for (const auto& [c, in_folds] : of_class) RC_ASSERT(range(in_folds) <= 1);
  }));
}

TEST_CASE("standardizer: what it makes has mean 0 and deviation 1, and its inverse undoes it",
          "[stats][law]") {
  CHECK(rc::check([](const std::vector<int>& numbers) {
    if (numbers.size() < 3) return;
    Mat X(std::ssize(numbers), 2);
    for (Index i = 0; i < X.rows(); ++i) {
      X(i, 0) = numbers[static_cast<std::size_t>(i)] % 1000;
      X(i, 1) = 1e6 + numbers[static_cast<std::size_t>(i)] % 7;
    }
    const stats::Standardizer fit = stats::fit_standardizer(X);
    const Mat Z = fit.transform(X);
    for (Index j = 0; j < 2; ++j) {
      const bool constant = std::ranges::count(fit.constant, j) > 0;
      RC_ASSERT(constant == (X.col(j).minCoeff() == X.col(j).maxCoeff()));
      if (constant) {
        RC_ASSERT(Z.col(j) == X.col(j));
        continue;
      }
      RC_ASSERT(std::abs(Z.col(j).mean()) < 1e-9);
      RC_ASSERT(std::abs((Z.col(j).array() - Z.col(j).mean()).matrix().norm() /
                             std::sqrt(static_cast<double>(Z.rows() - 1)) -
                         1) < 1e-9);
    }
    RC_ASSERT((fit.inverse(Z) - X).cwiseAbs().maxCoeff() <= 1e-9);
  }));
}
