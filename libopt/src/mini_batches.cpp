#include "mathtool/opt/mini_batches.hpp"

#include <algorithm>
#include <numeric>

#include "mathtool/math/error.hpp"
#include "mathtool/math/random/shuffle.hpp"

namespace mathtool::opt {

MiniBatches::MiniBatches(Index n, const BatchOptions& options) : options_(options) {
  require(n >= 1, "mini-batches: there must be at least one row, got {}", n);
  require(options.batch >= 1, "mini-batches: batch must be >= 1, got {}", options.batch);
  rows_.resize(static_cast<std::size_t>(n));
}

Index MiniBatches::per_epoch() const { return (std::ssize(rows_) - 1) / options_.batch + 1; }

std::span<const Index> MiniBatches::next() {
  order_rows();
  const Index first = taken_ % per_epoch() * options_.batch;
  const Index count = std::min(options_.batch, std::ssize(rows_) - first);
  ++taken_;
  return std::span<const Index>(rows_).subspan(static_cast<std::size_t>(first),
                                               static_cast<std::size_t>(count));
}

void MiniBatches::seek(std::int64_t taken) {
  require(taken >= 0, "mini-batches: cannot continue after {} batches", taken);
  taken_ = taken;
}

void MiniBatches::order_rows() {
  if (ordered_ == epoch()) return;
  ordered_ = epoch();
  std::iota(rows_.begin(), rows_.end(), Index{0});
  if (!options_.shuffle) return;
  math::Philox random(options_.seed, static_cast<std::uint64_t>(ordered_));
  math::shuffle(std::span(rows_), random);
}

}  // namespace mathtool::opt
