#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "mathtool/math/types.hpp"

namespace mathtool::stats {

/// Observations, counted from 0, that a model learns from and others that it is judged by. Both
/// ascend; together they are all observations.
struct Split {
  std::vector<Index> train = {}, test = {};
};

struct SplitOptions {
  double test_share = 0.25;  ///< in (0, 1); each side has one observation at least
  std::uint64_t seed = 0;
};

/// Sets observations aside at random, each set of the wanted size being equally likely.
/// Throws: DomainError for fewer than two observations and for a share out of range.
Split train_test_split(Index n, const SplitOptions& options = {});

/// The same with classes in proportion: of a class of c observations, the test set has
/// c · |test| / n up to one, the overall size being that of a plain split; where it can be, one of
/// each class is left to learn from.
/// Shapes: classes holds any numbers that tell classes apart, one for each observation.
Split stratified_split(std::span<const Index> classes, const SplitOptions& options = {});

struct FoldOptions {
  Index folds = 5;  ///< 2 ≤ folds ≤ n
  std::uint64_t seed = 0;
  bool shuffle = true;  ///< at random; else in the order of the data: folds are runs of neighbours,
                        ///< with classes each class is dealt out to the folds in turn
};

/// Which fold each observation is tested in. Every observation is in one fold; the sizes of folds
/// differ by one at most.
struct Folds {
  std::vector<Index> fold = {};  ///< of each observation, from 0
  Index count = 0;

  /// Tests by fold k, learns from the others. Throws: DomainError unless 0 ≤ k < count.
  Split split(Index k) const;
};

/// Throws: DomainError for options out of range.
Folds k_fold(Index n, const FoldOptions& options = {});

/// The same for a block of observations whose number is not known beforehand: those at `first`,
/// `first` + 1, ... of a stream. Neighbours are dealt out to all folds in turn, each round in an
/// order of its own, so that a block falls into folds that differ by one at most.
/// Shapes: one entry for each of `rows`. Throws: DomainError for folds < 2 and a place below 0.
std::vector<Index> k_fold_block(Index rows, Index first, const FoldOptions& options = {});

/// The same with classes in proportion: the observations of a class in one fold differ by one at
/// most from those in another, and so do all observations.
Folds stratified_k_fold(std::span<const Index> classes, const FoldOptions& options = {});

}  // namespace mathtool::stats
