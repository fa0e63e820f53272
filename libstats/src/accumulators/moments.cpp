#include "mathtool/stats/accumulators/moments.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace mathtool::stats {
namespace {

constexpr double nan = std::numeric_limits<double>::quiet_NaN();
constexpr std::size_t block_size = 512;  // 4 KiB: both passes over a block stay in cache

}  // namespace

void Moments::push(double x) { push_block({&x, 1}); }

void Moments::push(std::span<const double> samples) {
  for (std::size_t first = 0; first < samples.size(); first += block_size)
    push_block(samples.subspan(first, std::min(block_size, samples.size() - first)));
}

void Moments::push_block(std::span<const double> block) {
  const double n = static_cast<double>(block.size());
  math::CompensatedSum sum;
  for (double x : block) sum += x;
  const math::DoubleDouble mean = sum.exact() / n;

  // Powers of deviations from the high part of the mean; the low part corrects for the rest.
  math::CompensatedSum d2;
  double d3 = 0.0, d4 = 0.0;
  for (double x : block) {
    const double d = x - mean.high, square = d * d;
    d2 += square;
    d3 += square * d;
    d4 += square * square;
  }
  const double shift = mean.low, q = d2.value();
  Moments moments;
  moments.count_ = static_cast<std::int64_t>(block.size());
  moments.mean_ = mean;
  moments.squares_ = d2;
  moments.squares_ += -n * shift * shift;
  moments.cubes_ = d3 - 3 * shift * q + 2 * n * shift * shift * shift;
  moments.fourths_ =
      d4 - 4 * shift * d3 + 6 * shift * shift * q - 3 * n * shift * shift * shift * shift;
  merge(moments);
}

void Moments::merge(const Moments& other) {
  if (other.count_ == 0) return;
  if (count_ == 0) {
    *this = other;
    return;
  }
  const double a = static_cast<double>(count_), b = static_cast<double>(other.count_), n = a + b;
  const double gap = static_cast<double>(other.mean_ - mean_), step = gap / n;
  const double squares_a = squares_.value(), squares_b = other.squares_.value();

  fourths_ += other.fourths_ + step * step * step * gap * a * b * (a * a - a * b + b * b) +
              6 * step * step * (a * a * squares_b + b * b * squares_a) +
              4 * step * (a * other.cubes_ - b * cubes_);
  cubes_ += other.cubes_ + step * step * gap * a * b * (a - b) +
            3 * step * (a * squares_b - b * squares_a);
  squares_ += other.squares_;
  squares_ += gap * step * a * b;
  mean_ = mean_ + math::DoubleDouble{gap, 0.0} * b / n;
  count_ += other.count_;
}

double Moments::mean() const { return count_ > 0 ? static_cast<double>(mean_) : nan; }

double Moments::variance() const {
  return count_ > 1 ? squares_.value() / static_cast<double>(count_ - 1) : nan;
}

double Moments::population_variance() const {
  return count_ > 0 ? squares_.value() / static_cast<double>(count_) : nan;
}

double Moments::standard_deviation() const { return std::sqrt(variance()); }

double Moments::standard_error() const {
  return std::sqrt(variance() / static_cast<double>(count_));
}

double Moments::skewness() const {
  const double n = static_cast<double>(count_), variance = population_variance();
  if (count_ < 3 || variance == 0.0) return nan;
  const double g1 = cubes_ / n / (variance * std::sqrt(variance));
  return g1 * std::sqrt(n * (n - 1)) / (n - 2);
}

double Moments::kurtosis() const {
  const double n = static_cast<double>(count_), variance = population_variance();
  if (count_ < 4 || variance == 0.0) return nan;
  const double g2 = fourths_ / n / (variance * variance) - 3;
  return (n - 1) / ((n - 2) * (n - 3)) * ((n + 1) * g2 + 6);
}

}  // namespace mathtool::stats
