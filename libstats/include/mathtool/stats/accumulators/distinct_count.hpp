#pragma once

#include <cstdint>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "mathtool/stats/accumulators/accumulator.hpp"

namespace mathtool::stats {

/// How many different values a stream has, numbers or texts: exact up to 4096 of them, beyond by
/// HyperLogLog in 16 KiB. −0 equals 0, and all NaN are one value. A number differs from its text.
///
/// Error:  exact up to two values that share a 64-bit hash, of which 4096 have a chance of 5e-13;
///         beyond, a relative standard error of 1.04 / √16384 = 0.8 %.
/// Ref:    Flajolet, Fusy, Gandouet & Meunier, HyperLogLog (2007); Ertl, New cardinality estimation
///         algorithms for HyperLogLog sketches (2017), Algorithm 6.
class DistinctCount {
 public:
  using Sample = double;

  void push(double x);
  void push(std::string_view text);
  void merge(const DistinctCount& other);

  std::int64_t count() const { return count_; }  ///< samples
  double distinct() const;                       ///< a whole number
  bool approximate() const { return !registers_.empty(); }
  double relative_error() const;  ///< one standard error of `distinct`; 0 while exact

 private:
  void insert(std::uint64_t hash);
  void record(std::uint64_t hash);
  void leave_exact();

  std::int64_t count_ = 0;
  std::unordered_set<std::uint64_t> hashes_ = {};  ///< while exact
  std::vector<std::uint8_t> registers_ = {};       ///< afterwards
};

}  // namespace mathtool::stats
