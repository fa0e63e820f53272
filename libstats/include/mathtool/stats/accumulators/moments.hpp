#pragma once

#include <cstdint>
#include <span>

#include "mathtool/math/central_sums.hpp"
#include "mathtool/math/compensated_sum.hpp"
#include "mathtool/math/double_double.hpp"
#include "mathtool/stats/accumulators/accumulator.hpp"

namespace mathtool::stats {

/// Count, mean and central moments to the fourth order of a stream. The mean is carried to twice
/// the working precision and deviations are taken from it, so that large offsets cancel without
/// loss. A NaN among the samples makes every moment NaN. A sample may have a frequency: weight 2
/// equals the sample twice, weight 0 none. W below is the sum of the weights, without any the
/// count.
///
/// Ref: Pébay, Formulas for robust, one-pass parallel computation of covariances and
///      arbitrary-order statistical moments (2008), eqs. 2.1-2.3, 3.1; Chan, Golub & LeVeque
///      (1983).
class Moments {
 public:
  using Sample = double;

  void push(double x);
  /// Throws: DomainError unless the weight is finite and ≥ 0; so does the one below.
  void push(double x, double weight);

  /// The same as pushing one by one, many times faster: blocks are centred on their own mean in
  /// cache and merged.
  void push(std::span<const double> samples);
  /// Throws: DimensionError unless there are as many weights as samples.
  void push(std::span<const double> samples, std::span<const double> weights);

  void merge(const Moments& other);

  std::int64_t count() const { return count_; }  ///< samples pushed, whatever their weights
  double weight() const { return weight_; }      ///< W

  double mean() const;                                       ///< NaN for an empty stream
  math::DoubleDouble precise_mean() const { return mean_; }  ///< to twice the working precision
  double squares() const { return squares_.value(); }        ///< Σ w (x − mean)²
  double variance() const;                                   ///< divisor W − 1; NaN unless W > 1
  double population_variance() const;                        ///< divisor W; NaN for an empty stream
  double standard_deviation() const;                         ///< √variance
  double standard_error() const;                             ///< of the mean: √(variance / W)

  /// G₁, the sample skewness adjusted for its bias; NaN unless W > 2, the variance is not 0 and the
  /// third powers of the deviations stay in the range of doubles.
  /// Ref: Joanes & Gill, Comparing measures of sample skewness and kurtosis (1998).
  double skewness() const;
  /// G₂, the sample excess kurtosis adjusted for its bias; NaN unless W > 3, the variance is not 0
  /// and the fourth powers stay in that range.
  double kurtosis() const;

 private:
  void add(const math::CentralSums& block);

  std::int64_t count_ = 0;
  double weight_ = 0.0;
  math::DoubleDouble mean_ = {};
  math::CompensatedSum squares_ = {};  ///< Σ w (x − mean)²
  double cubes_ = 0.0;                 ///< Σ w (x − mean)³
  double fourths_ = 0.0;               ///< Σ w (x − mean)⁴
};

}  // namespace mathtool::stats
