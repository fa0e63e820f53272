#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "mathtool/stats/accumulators/accumulator.hpp"

namespace mathtool::stats {

/// How many samples of a stream fall between given edges. A bin has its lower edge and not its
/// upper one, but the last has both. What lies outside, and NaN, is counted apart.
class Histogram {
 public:
  using Sample = double;

  /// Without edges it takes those of the first one it merges with; until then it can count nothing.
  Histogram() = default;
  /// Throws: DomainError unless there are two finite edges or more that rise.
  explicit Histogram(std::vector<double> edges);

  /// Throws: DomainError without edges.
  void push(double x) { push(x, 1.0); }
  void push(std::span<const double> samples);
  /// Frequencies: weight 2 equals the sample twice. Throws: DomainError unless finite and ≥ 0;
  /// DimensionError unless there are as many weights as samples.
  void push(double x, double weight);
  void push(std::span<const double> samples, std::span<const double> weights);

  /// Throws: DomainError if both have edges and they differ.
  void merge(const Histogram& other);

  std::int64_t count() const { return count_; }  ///< samples pushed, whatever their weights
  const std::vector<double>& edges() const { return edges_; }
  const std::vector<double>& counts() const { return counts_; }  ///< one a bin, sums of weights
  double below() const { return below_; }
  double above() const { return above_; }
  double missing() const { return missing_; }  ///< NaN

 private:
  void add(double x, double weight);
  std::size_t bin_of(double x) const;

  std::vector<double> edges_ = {};
  std::vector<double> counts_ = {};
  double bins_per_unit_ = 0.0;
  std::int64_t count_ = 0;
  double below_ = 0.0, above_ = 0.0, missing_ = 0.0;
};

}  // namespace mathtool::stats
