#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "mathtool/math/function_ref.hpp"
#include "mathtool/stats/accumulators/accumulator.hpp"

namespace mathtool::stats {

struct SamplePosition;

/// Quantiles of a stream: exact while the samples fit the capacity, beyond it from a sketch whose
/// largest error of rank is known, not guessed. A NaN among the samples makes every quantile NaN.
/// A sample may have a frequency, a whole number: weight 2 equals the sample twice.
///
/// Samples stand in levels; one in level h stands for 2ʰ of the stream. When the capacity is
/// reached, the fullest low level is thinned: some of its values are sorted and every second one
/// moves a level up, from pairs the smaller and the larger in turn. Each time the rank of any value
/// is off by at most 2ʰ more, in turn upwards and downwards. No chance is involved, so that the
/// same stream and the same order of merging give the same bits.
///
/// Error:  |rank in the stream − rank asked for| ≤ rank_error() · weight(), for every quantile and
///         every order of arrival. For n samples rank_error() is about (1 + log₂(n / capacity)) / 2
///         divided by a sixteenth of the capacity, or by 65536 where that is more.
/// Cost:   8 bytes for each kept value, no copy of them; O(n) for a quantile of n kept values.
/// Ref:    Manku, Rajagopalan & Lindsay, Approximate medians and other quantiles in one pass and
///         with limited memory (1998); Karnin, Lang & Liberty, Optimal quantile approximation in
///         streams (2016).
class Quantiles {
 public:
  using Sample = double;
  static constexpr std::int64_t default_capacity = std::int64_t{1} << 20;
  static constexpr std::int64_t least_capacity = 64;

  Quantiles() = default;
  /// `capacity` values are kept at most. Throws: DomainError unless it is ≥ least_capacity.
  explicit Quantiles(std::int64_t capacity);

  void push(double x);
  void push(std::span<const double> samples);
  /// Throws: DomainError unless weights are whole numbers ≥ 0, in all at most 2⁵³; DimensionError
  /// unless there are as many as samples.
  void push(double x, double weight);
  void push(std::span<const double> samples, std::span<const double> weights);

  /// Keeps the smaller capacity of the two.
  void merge(const Quantiles& other);

  /// Keeps no more than so many values from now on. Throws: DomainError unless ≥ least_capacity.
  void limit(std::int64_t capacity);

  std::int64_t count() const { return count_; }  ///< samples pushed, whatever their weights
  std::int64_t kept() const { return kept_; }    ///< values in memory
  double weight() const { return weight_; }      ///< sum of the weights, without any the count

  bool approximate() const { return over_ > 0 || under_ > 0; }
  double rank_error() const;  ///< share of the weight; 0 while exact

  /// One of the nine definitions of Hyndman & Fan; 7 is that of R, NumPy and most spreadsheets.
  /// NaN for an empty stream. Throws: DomainError unless 0 ≤ p ≤ 1 and 1 ≤ type ≤ 9.
  /// Ref: Hyndman & Fan, Sample quantiles in statistical packages (1996).
  double quantile(double p, int type = 7) const;
  /// The same for several p, which share their passes over the data.
  std::vector<double> quantiles(std::span<const double> p, int type = 7) const;

  double median() const { return quantile(0.5); }
  /// Median of |x − center|, not scaled; the center is usually the median.
  double median_absolute_deviation(double center) const;
  double median_absolute_deviation() const { return median_absolute_deviation(median()); }

  /// Calls `visit` with all kept values, part after part in no particular order, each of which
  /// stands for `weight` samples.
  void for_each_part(FunctionRef<void(std::span<const double> values, double weight)> visit) const;

 private:
  /// Chunks rather than one array, which would need twice its size while it grows.
  struct Level {
    std::vector<std::vector<double>> chunks = {};
    std::int64_t size = 0;
    bool keeps_larger = false;  ///< which of a pair moves up next
  };

  void append(std::size_t height, std::span<const double> values);
  void thin();
  template <class Select>
  std::vector<double> values_at(std::span<const SamplePosition> positions,
                                const Select& select_ranks) const;

  std::int64_t capacity_ = default_capacity;
  std::int64_t count_ = 0;
  std::int64_t kept_ = 0;
  double weight_ = 0.0;
  double over_ = 0.0, under_ = 0.0;  ///< most by which a rank can have become too high, too low
  bool has_nan_ = false;
  std::vector<Level> levels_ = {};
};

}  // namespace mathtool::stats
