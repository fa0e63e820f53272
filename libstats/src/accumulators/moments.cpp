#include "mathtool/stats/accumulators/moments.hpp"

#include <algorithm>
#include <cmath>

#include "frequencies.hpp"
#include "mathtool/math/constants.hpp"

namespace mathtool::stats {
namespace {

constexpr std::size_t block_size = 512;  // 4 KiB: both passes over a block stay in cache

}  // namespace

void Moments::push(double x) {
  add({.weight = 1.0, .mean = {x, 0.0}});
  ++count_;
}

void Moments::push(double x, double weight) { push({&x, 1}, {&weight, 1}); }

void Moments::push(std::span<const double> samples) {
  for (std::size_t first = 0; first < samples.size(); first += block_size)
    add(math::central_sums(samples.subspan(first, std::min(block_size, samples.size() - first))));
  count_ += static_cast<std::int64_t>(samples.size());
}

void Moments::push(std::span<const double> samples, std::span<const double> weights) {
  require_frequencies("Moments", samples.size(), weights);
  for (std::size_t first = 0; first < samples.size(); first += block_size) {
    const std::size_t size = std::min(block_size, samples.size() - first);
    add(math::central_sums(samples.subspan(first, size), weights.subspan(first, size)));
  }
  count_ += static_cast<std::int64_t>(samples.size());
}

void Moments::merge(const Moments& other) {
  add({.weight = other.weight_,
       .mean = other.mean_,
       .squares = other.squares_,
       .cubes = other.cubes_,
       .fourths = other.fourths_});
  count_ += other.count_;
}

void Moments::add(const math::CentralSums& block) {
  if (block.weight == 0) return;
  const double a = weight_, b = block.weight, n = a + b;
  weight_ = n;
  if (a == 0) {
    mean_ = block.mean;
    squares_ = block.squares;
    cubes_ = block.cubes;
    fourths_ = block.fourths;
    return;
  }
  const double gap = static_cast<double>(block.mean - mean_), square = gap * gap;
  const double squares_a = squares_.value(), squares_b = block.squares.value();
  const double share_a = a / n, share_b = b / n;

  fourths_ +=
      block.fourths +
      square * square * a * share_b * (share_a * share_a - share_a * share_b + share_b * share_b) +
      6 * square * (share_a * share_a * squares_b + share_b * share_b * squares_a) +
      4 * gap * (share_a * block.cubes - share_b * cubes_);
  cubes_ += block.cubes + square * gap * a * share_b * (share_a - share_b) +
            3 * gap * (share_a * squares_b - share_b * squares_a);
  squares_ += block.squares;
  squares_ += square * a * share_b;
  mean_ = mean_ + math::DoubleDouble{gap, 0.0} * b / n;
}

double Moments::mean() const { return weight_ > 0 ? static_cast<double>(mean_) : not_a_number; }

double Moments::variance() const {
  return weight_ > 1 ? squares_.value() / (weight_ - 1) : not_a_number;
}

double Moments::population_variance() const {
  return weight_ > 0 ? squares_.value() / weight_ : not_a_number;
}

double Moments::standard_deviation() const { return std::sqrt(variance()); }

double Moments::standard_error() const { return std::sqrt(variance() / weight_); }

double Moments::skewness() const {
  const double n = weight_, variance = population_variance();
  const double unit = variance * std::sqrt(variance);
  if (!(n > 2) || !std::isnormal(unit) || !std::isfinite(cubes_)) return not_a_number;
  const double g1 = cubes_ / n / unit;
  return g1 * std::sqrt(n * (n - 1)) / (n - 2);
}

double Moments::kurtosis() const {
  const double n = weight_, variance = population_variance();
  const double unit = variance * variance;
  if (!(n > 3) || !std::isnormal(unit) || !std::isfinite(fourths_)) return not_a_number;
  const double g2 = fourths_ / n / unit - 3;
  return (n - 1) / ((n - 2) * (n - 3)) * ((n + 1) * g2 + 6);
}

}  // namespace mathtool::stats
