#pragma once

#include <cstdint>
#include <span>

#include "mathtool/math/compensated_sum.hpp"
#include "mathtool/math/double_double.hpp"
#include "mathtool/stats/accumulators/accumulator.hpp"

namespace mathtool::stats {

/// Count, mean and central moments to the fourth order of a stream. The mean is carried to twice
/// the working precision and deviations are taken from it, so that large offsets cancel without
/// loss. A NaN among the samples makes every moment NaN.
///
/// Ref: Pébay, Formulas for robust, one-pass parallel computation of covariances and
/// arbitrary-order
///      statistical moments (2008), eqs. 2.1-2.3, 3.1; Chan, Golub & LeVeque (1983).
class Moments {
 public:
  using Sample = double;

  void push(double x);

  /// The same as pushing one by one, several times faster: blocks are centred on their own mean in
  /// cache and merged.
  void push(std::span<const double> samples);

  void merge(const Moments& other);

  std::int64_t count() const { return count_; }

  double mean() const;                 ///< NaN for an empty stream
  double variance() const;             ///< divisor count − 1; NaN if count < 2
  double population_variance() const;  ///< divisor count; NaN if count < 1
  double standard_deviation() const;   ///< √variance
  double standard_error() const;       ///< of the mean: √(variance / count)

  /// G₁, the sample skewness adjusted for its bias; NaN if count < 3 or the variance is 0.
  /// Ref: Joanes & Gill, Comparing measures of sample skewness and kurtosis (1998).
  double skewness() const;
  /// G₂, the sample excess kurtosis adjusted for its bias; NaN if count < 4 or the variance is 0.
  double kurtosis() const;

 private:
  void push_block(std::span<const double> block);

  std::int64_t count_ = 0;
  math::DoubleDouble mean_ = {};
  math::CompensatedSum squares_ = {};  ///< Σ (x − mean)²
  double cubes_ = 0.0;                 ///< Σ (x − mean)³
  double fourths_ = 0.0;               ///< Σ (x − mean)⁴
};

}  // namespace mathtool::stats
