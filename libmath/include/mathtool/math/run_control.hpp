#pragma once

#include <atomic>
#include <cstdint>
#include <functional>

#include "mathtool/math/error.hpp"

namespace mathtool {

/// The reading end of a stop request: a view of a flag that someone else raises, a signal handler
/// for instance. A default token is never raised. The flag must outlive the token.
class StopToken {
 public:
  StopToken() = default;
  explicit StopToken(const std::atomic<bool>& flag) : flag_(&flag) {}

  bool stop_requested() const { return flag_ && flag_->load(std::memory_order_relaxed); }

  /// Throws: Stopped once the flag is up. Long loops call this a few times a second.
  void check() const {
    if (stop_requested()) throw Stopped();
  }

 private:
  const std::atomic<bool>* flag_ = nullptr;
};

/// Where long work tells how far it has come. Libraries never print; whoever set `listener` may.
/// Reports come from one thread at a time, in order.
struct Progress {
  /// `done` of `total` units (bytes, rows, steps); `total` is 0 while unknown.
  std::function<void(std::int64_t done, std::int64_t total)> listener = {};

  void report(std::int64_t done, std::int64_t total) const {
    if (listener) listener(done, total);
  }
};

/// What a caller may say about how long work runs; it never changes a result.
struct RunControl {
  int threads = 0;  ///< at most so many, ≥ 0; 0 uses every processor
  StopToken stop = {};
  Progress progress = {};
};

}  // namespace mathtool
