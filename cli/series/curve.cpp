#include "cli/series/curve.hpp"

#include <algorithm>
#include <cmath>

#include "mathtool/math/constants.hpp"

namespace mathtool::cli {
namespace {

/// The finite values between two quantiles, as a range; {0, 0} without any.
Limits central_range(std::vector<double> values, double share_outside) {
  std::erase_if(values, [](double value) { return !std::isfinite(value); });
  if (values.empty()) return {0, 0};
  std::sort(values.begin(), values.end());
  const auto last = static_cast<double>(values.size() - 1);
  const auto at = [&](double p) { return values[static_cast<std::size_t>(std::lround(p * last))]; };
  return {at(share_outside), at(1 - share_outside)};
}

double extent(const Limits& limits) { return limits.second - limits.first; }

/// The points of a curve are denser where it bends; these are not.
void append_evenly_spaced(const Curve& curve, std::vector<double>& values) {
  constexpr int count = 256;
  std::size_t i = 0;
  for (int k = 0; k <= count; ++k) {
    const double share = static_cast<double>(k) / count;
    const double x = curve.x.front() * (1 - share) + curve.x.back() * share;
    while (i + 1 < curve.x.size() && curve.x[i] < x) ++i;
    values.push_back(curve.y[i]);
  }
}

class Sampler {
 public:
  Sampler(BlockFunction f, double low, double high) : f_(f) {
    constexpr std::size_t intervals = 256;
    for (std::size_t i = 0; i <= intervals; ++i) {
      const double share = static_cast<double>(i) / intervals;
      curve_.x.push_back(low * (1 - share) + high * share);
    }
    curve_.y.resize(curve_.x.size());
    f_(curve_.x, curve_.y);
    bent_.assign(intervals, true);
  }

  Curve sample() {
    constexpr int halvings = 5;
    for (int i = 0; i < halvings; ++i) halve();
    break_at_jumps();
    return std::move(curve_);
  }

 private:
  /// Halves the intervals that are bent, and learns which of the halves still are.
  void halve() {
    std::vector<double> middles, values;
    for (std::size_t i = 0; i < bent_.size(); ++i)
      if (bent_[i]) middles.push_back(curve_.x[i] + (curve_.x[i + 1] - curve_.x[i]) / 2);
    values.resize(middles.size());
    f_(middles, values);
    const double tolerance = extent(central_range(curve_.y, 0.05)) / 500;
    Curve finer;
    std::vector<bool> bent;
    for (std::size_t i = 0, m = 0; i < curve_.x.size(); ++i) {
      finer.x.push_back(curve_.x[i]);
      finer.y.push_back(curve_.y[i]);
      if (i == bent_.size()) break;
      if (!bent_[i]) {
        bent.push_back(false);
        continue;
      }
      finer.x.push_back(middles[m]);
      finer.y.push_back(values[m]);
      const bool again = is_bent(curve_.y[i], values[m], curve_.y[i + 1], tolerance);
      bent.insert(bent.end(), {again, again});
      ++m;
    }
    curve_ = std::move(finer);
    bent_ = std::move(bent);
  }

  /// At the border of its domain a graph counts as bent.
  static bool is_bent(double left, double middle, double right, double tolerance) {
    const int finite = std::isfinite(left) + std::isfinite(middle) + std::isfinite(right);
    if (finite < 3) return finite > 0;
    return std::abs(middle - (left + right) / 2) > tolerance;
  }

  void break_at_jumps() {
    const double least = extent(central_range(curve_.y, 0.05)) / 50;
    Curve broken;
    for (std::size_t i = 0; i < curve_.x.size(); ++i) {
      broken.x.push_back(curve_.x[i]);
      broken.y.push_back(std::isfinite(curve_.y[i]) ? curve_.y[i] : not_a_number);
      if (i + 1 == curve_.x.size() || !(std::abs(curve_.y[i + 1] - curve_.y[i]) > least)) continue;
      const double place = jump_within(i);
      if (std::isnan(place)) continue;
      broken.x.push_back(place);
      broken.y.push_back(not_a_number);
    }
    curve_ = std::move(broken);
  }

  /// Follows the steeper half of an interval down. Where the function is continuous, the rise over
  /// it vanishes; else the place of the jump is returned, otherwise NaN.
  double jump_within(std::size_t i) {
    constexpr int halvings = 40;
    double left = curve_.x[i], right = curve_.x[i + 1];
    double at_left = curve_.y[i], at_right = curve_.y[i + 1];
    const double rise = std::abs(at_right - at_left);
    for (int k = 0; k < halvings; ++k) {
      const double middle = left + (right - left) / 2;
      if (!(left < middle && middle < right)) break;
      double at_middle = not_a_number;
      f_({&middle, 1}, {&at_middle, 1});
      if (!std::isfinite(at_middle)) return middle;
      const bool steeper_left = std::abs(at_middle - at_left) > std::abs(at_right - at_middle);
      (steeper_left ? right : left) = middle;
      (steeper_left ? at_right : at_left) = at_middle;
    }
    return std::abs(at_right - at_left) > rise / 2 ? left + (right - left) / 2 : not_a_number;
  }

  BlockFunction f_;
  Curve curve_ = {};
  std::vector<bool> bent_ = {};  // one for each interval
};

}  // namespace

Curve sample_curve(BlockFunction f, double low, double high) {
  return Sampler(f, low, high).sample();
}

std::optional<Limits> readable_limits(std::span<const Curve> curves) {
  constexpr double towering = 8;  // ranges of nine tenths of the points
  std::vector<double> spaced, every;
  for (const Curve& curve : curves) {
    append_evenly_spaced(curve, spaced);
    every.insert(every.end(), curve.y.begin(), curve.y.end());
  }
  const Limits most = central_range(spaced, 0.05), all = central_range(every, 0);
  if (!(extent(most) > 0) || extent(all) <= towering * extent(most)) return std::nullopt;
  return Limits{std::max(all.first, most.first - extent(most) / 2),
                std::min(all.second, most.second + extent(most) / 2)};
}

}  // namespace mathtool::cli
