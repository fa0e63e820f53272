#include "mathtool/stats/splits.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>
#include <utility>

#include "mathtool/math/error.hpp"
#include "mathtool/math/random/shuffle.hpp"

namespace mathtool::stats {
namespace {

std::vector<Index> all_observations(Index n) {
  std::vector<Index> observations(static_cast<std::size_t>(n));
  std::iota(observations.begin(), observations.end(), Index{0});
  return observations;
}

/// The observations of each class, classes ascending, each list in the order of the data.
std::vector<std::vector<Index>> members_of(std::span<const Index> classes) {
  std::map<Index, std::vector<Index>> members;
  for (std::size_t i = 0; i < classes.size(); ++i)
    members[classes[i]].push_back(static_cast<Index>(i));
  std::vector<std::vector<Index>> lists;
  for (auto& [name, list] : members) lists.push_back(std::move(list));
  return lists;
}

Index test_size(Index n, const SplitOptions& options) {
  require(n >= 2, "a split needs two observations at least, got {}", n);
  require(0 < options.test_share && options.test_share < 1, "test_share must be in (0, 1), got {}",
          options.test_share);
  const double wanted = std::round(static_cast<double>(n) * options.test_share);
  return std::clamp(static_cast<Index>(wanted), Index{1}, n - 1);
}

/// How many of each class to test by: in proportion, rounded so that the sum is right; up where
/// one is left to learn from, if that is enough.
/// Ref: Hamilton's method of largest remainders; Balinski & Young, Fair Representation (1982).
std::vector<Index> apportion(const std::vector<std::vector<Index>>& members, Index n,
                             Index tested) {
  std::vector<Index> seats;
  std::vector<std::size_t> order(members.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::vector<double> remainders;
  for (const auto& list : members) {
    const double quota =
        static_cast<double>(list.size()) * static_cast<double>(tested) / static_cast<double>(n);
    seats.push_back(static_cast<Index>(std::floor(quota)));
    remainders.push_back(quota - std::floor(quota));
  }
  std::ranges::stable_sort(order, std::ranges::greater(), [&](std::size_t c) {
    return std::pair(seats[c] + 1 < std::ssize(members[c]), remainders[c]);
  });
  const Index left = tested - std::accumulate(seats.begin(), seats.end(), Index{0});
  for (Index i = 0; i < left; ++i) ++seats[order[static_cast<std::size_t>(i)]];
  return seats;
}

/// Both sides of a split, from which side each observation is on.
Split split_by(const std::vector<bool>& tested) {
  Split split;
  for (std::size_t i = 0; i < tested.size(); ++i)
    (tested[i] ? split.test : split.train).push_back(static_cast<Index>(i));
  return split;
}

void require_folds(Index n, const FoldOptions& options) {
  require(options.folds >= 2, "folds must be >= 2, got {}", options.folds);
  require(options.folds <= n, "{} folds need as many observations, got {}", options.folds, n);
}

}  // namespace

Split train_test_split(Index n, const SplitOptions& options) {
  const Index size = test_size(n, options);
  std::vector<Index> observations = all_observations(n);
  math::Philox random(options.seed);
  math::shuffle(std::span(observations), random);
  std::vector<bool> tested(static_cast<std::size_t>(n), false);
  for (Index i = 0; i < size; ++i)
    tested[static_cast<std::size_t>(observations[static_cast<std::size_t>(i)])] = true;
  return split_by(tested);
}

Split stratified_split(std::span<const Index> classes, const SplitOptions& options) {
  const Index n = std::ssize(classes), size = test_size(n, options);
  std::vector<std::vector<Index>> members = members_of(classes);
  const std::vector<Index> sizes = apportion(members, n, size);
  math::Philox random(options.seed);
  std::vector<bool> tested(classes.size(), false);
  for (std::size_t c = 0; c < members.size(); ++c) {
    math::shuffle(std::span(members[c]), random);
    for (Index i = 0; i < sizes[c]; ++i)
      tested[static_cast<std::size_t>(members[c][static_cast<std::size_t>(i)])] = true;
  }
  return split_by(tested);
}

Split Folds::split(Index k) const {
  require(0 <= k && k < count, "there are folds 0 to {}, got {}", count - 1, k);
  std::vector<bool> tested(fold.size());
  for (std::size_t i = 0; i < fold.size(); ++i) tested[i] = fold[i] == k;
  return split_by(tested);
}

Folds k_fold(Index n, const FoldOptions& options) {
  require_folds(n, options);
  std::vector<Index> order = all_observations(n);
  math::Philox random(options.seed);
  if (options.shuffle) math::shuffle(std::span(order), random);
  Folds folds{.fold = std::vector<Index>(order.size()), .count = options.folds};
  const Index size = n / options.folds, larger = n % options.folds;
  Index place = 0;
  for (Index k = 0; k < options.folds; ++k)
    for (const Index end = place + size + (k < larger ? 1 : 0); place < end; ++place)
      folds.fold[static_cast<std::size_t>(order[static_cast<std::size_t>(place)])] = k;
  return folds;
}

std::vector<Index> k_fold_block(Index rows, Index first, const FoldOptions& options) {
  require(options.folds >= 2, "folds must be >= 2, got {}", options.folds);
  require(rows >= 0 && first >= 0, "a block of {} rows at {} is none", rows, first);
  std::vector<Index> fold(static_cast<std::size_t>(rows));
  std::vector<Index> round = all_observations(options.folds);
  math::Philox random(options.seed, static_cast<std::uint64_t>(first));
  for (Index i = 0; i < rows; ++i) {
    const Index turn = (options.shuffle ? i : first + i) % options.folds;
    if (options.shuffle && turn == 0) {
      std::iota(round.begin(), round.end(), Index{0});
      math::shuffle(std::span(round), random);
    }
    fold[static_cast<std::size_t>(i)] = round[static_cast<std::size_t>(turn)];
  }
  return fold;
}

Folds stratified_k_fold(std::span<const Index> classes, const FoldOptions& options) {
  require_folds(std::ssize(classes), options);
  Folds folds{.fold = std::vector<Index>(classes.size()), .count = options.folds};
  math::Philox random(options.seed);
  Index dealt = 0;  // one round over all classes, so that folds stay of equal size as well
  for (std::vector<Index>& list : members_of(classes)) {
    if (options.shuffle) math::shuffle(std::span(list), random);
    for (const Index i : list) folds.fold[static_cast<std::size_t>(i)] = dealt++ % options.folds;
  }
  return folds;
}

}  // namespace mathtool::stats
