#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <utility>

#include "mathtool/math/compensated_sum.hpp"
#include "mathtool/stats/accumulators/moments.hpp"

namespace mathtool::stats {

/// How far predicted values are from true ones in a stream of both, e = truth − predicted. Weights
/// are frequencies; W is their sum, without any the count. A NaN makes every metric NaN.
class RegressionErrors {
 public:
  using Sample = std::pair<double, double>;  ///< true, predicted

  void push(double truth, double predicted);
  /// Throws: DomainError unless the weight is finite and ≥ 0; so does the one below.
  void push(double truth, double predicted, double weight);
  void push(const Sample& sample) { push(sample.first, sample.second); }
  /// The same, many at once; no weights: each counts 1. Throws: DimensionError for other lengths.
  void push(std::span<const double> truth, std::span<const double> predicted,
            std::span<const double> weights = {});
  void merge(const RegressionErrors& other);

  std::int64_t count() const { return truth_.count(); }  ///< pairs, whatever their weights
  double weight() const { return truth_.weight(); }      ///< W

  double rmse() const;        ///< √(Σ w e² / W), the root mean squared error; NaN of no pair
  double mae() const;         ///< Σ w |e| / W, the mean absolute error
  double mean_error() const;  ///< Σ w e / W, the bias: positive where predictions are too low

  /// 1 − Σ w e² / Σ w (truth − mean truth)², the share of the variance that is predicted; negative
  /// where the mean would predict better. NaN where the truth does not vary.
  double r_squared() const;
  /// Why r_squared is NaN; empty where it is not.
  std::string r_squared_reason() const;

 private:
  void add_square(double error, double weight);

  Moments truth_ = {}, errors_ = {}, sizes_ = {};
  // Squares of errors whose own size leaves the range of doubles are summed in other units.
  math::CompensatedSum squares_ = {}, large_squares_ = {}, small_squares_ = {};
};

}  // namespace mathtool::stats
