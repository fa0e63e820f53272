#pragma once

#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include "mathtool/math/types.hpp"

namespace mathtool::opt {

struct BatchOptions {
  Index batch = 32;        ///< rows in each, ≥ 1; the last of an epoch has what is left
  std::uint64_t seed = 0;  ///< of the order
  bool shuffle = true;     ///< a new order for each epoch
};

/// Rows 0, ..., n − 1 in batches, each row once in an epoch. The order of an epoch follows from
/// seed and epoch alone, so that a run can be resumed at any batch.
class MiniBatches {
 public:
  /// Pre: n ≥ 1, batch ≥ 1.   Throws: DomainError.
  MiniBatches(Index n, const BatchOptions& options);

  /// The next batch; a view until the next call.
  std::span<const Index> next();

  Index per_epoch() const;                       ///< batches in an epoch
  std::int64_t taken() const { return taken_; }  ///< batches so far
  std::int64_t epoch() const { return taken_ / per_epoch(); }

  /// Continues after so many batches.
  void seek(std::int64_t taken);

 private:
  void order_rows();

  BatchOptions options_;
  std::vector<Index> rows_;
  std::int64_t taken_ = 0, ordered_ = -1;  ///< for which epoch rows_ is in order
};

/// The mean of a function over rows, of which every call takes the next batch: an unbiased estimate
/// of value and gradient, for first-order rules. Its value at one point differs from call to call,
/// so tolerances mean little: bound the iterations, and judge by `over_all`.
///     f(x, rows, gradient) → mean of fᵢ(x) over the rows, gradient filled
template <class F>
class StochasticObjective {
 public:
  StochasticObjective(F f, Index n, const BatchOptions& options)
      : f_(std::move(f)), batches_(n, options), all_(static_cast<std::size_t>(n)) {
    for (std::size_t i = 0; i < all_.size(); ++i) all_[i] = static_cast<Index>(i);
  }

  double operator()(const Vec& x, Vec& gradient) { return f_(x, batches_.next(), gradient); }

  /// The objective itself.
  double over_all(const Vec& x, Vec& gradient) {
    return f_(x, std::span<const Index>(all_), gradient);
  }

  const MiniBatches& batches() const { return batches_; }

 private:
  F f_;
  MiniBatches batches_;
  std::vector<Index> all_;
};

template <class F>
StochasticObjective<F> by_mini_batches(F f, Index n, const BatchOptions& options = {}) {
  return {std::move(f), n, options};
}

}  // namespace mathtool::opt
