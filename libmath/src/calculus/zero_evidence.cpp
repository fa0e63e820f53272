#include "zero_evidence.hpp"

#include <algorithm>
#include <cmath>
#include <optional>
#include <vector>

namespace mathtool::math {
namespace {

/// The first distance: one unit in the last place, or next to nothing where x is 0.
double first_distance(double x, Reach reach) {
  constexpr double smallest_share = 0x1p-120;
  return std::max({std::numeric_limits<double>::epsilon() * std::abs(x),
                   smallest_share * (reach.upper - reach.lower), 1e-300});
}

/// A quantity seen at growing distances: it should grow like a power of the distance.
class Growth {
 public:
  /// `usable`: the signs of f are as they should be.
  void add(double distance, double quantity, bool usable) {
    const bool fell = !std::isfinite(quantity) || quantity < 0.8 * largest_;
    if (!usable || fell) after_break_ = samples_.size() + 1;
    largest_ = std::max(largest_, quantity);
    samples_.push_back({distance, quantity});
  }

  struct Start {
    double distance, quantity;
  };

  /// From where on it grows, after everything that contradicts; nothing if that is never seen.
  std::optional<Start> start() const {
    constexpr std::size_t run = 3;
    for (std::size_t k = after_break_; k + run < samples_.size(); ++k)
      if (steady(k, run)) return Start{samples_[k].distance, samples_[k].quantity};
    return std::nullopt;
  }

 private:
  struct Sample {
    double distance, quantity;
  };

  /// The exponent of the power between samples k and k + 1.
  double exponent(std::size_t k) const {
    return std::log(samples_[k + 1].quantity / samples_[k].quantity) /
           std::log(samples_[k + 1].distance / samples_[k].distance);
  }

  bool steady(std::size_t k, std::size_t run) const {
    constexpr double least = 0.13;
    for (std::size_t i = k; i < k + run; ++i)
      if (!(exponent(i) >= least)) return false;
    return std::abs(exponent(k) - exponent(k + 1)) <= 0.2;
  }

  std::vector<Sample> samples_;
  std::size_t after_break_ = 0;
  double largest_ = 0;
};

/// Distances to a crossing grow by 4 where its error is likely to lie, by 16 further out.
double next_distance(double distance, double first) {
  return distance * (distance < 4000 * first ? 4 : 16);
}

}  // namespace

ZeroEvidence crossing_evidence(const Bracket& bracket, Reach reach, CountedFunction& f) {
  const double x = bracket.a;
  const bool rising = (bracket.a < bracket.b) == (bracket.fb > 0);
  const double sign = bracket.fb == 0 ? 0.0 : (rising ? 1.0 : -1.0);
  const double width = bracket.fa == 0 ? 0.0 : std::abs(bracket.b - bracket.a);
  const double first = std::max(first_distance(x, reach), width);

  ZeroEvidence evidence{ZeroEvidence::Nature::unproved, x};
  Growth growth;
  double smallest = 0, last = 0, constant_up_to = 0;
  bool signs_hold = true, constant = true;
  for (double h = first; !f.exhausted(); h = next_distance(h, first)) {
    const double left = std::max(x - h, reach.lower), right = std::min(x + h, reach.upper);
    const double f_left = left < x ? f(left) : 0.0, f_right = right > x ? f(right) : 0.0;
    const bool signs = (left == x || f_left * sign < 0) && (right == x || f_right * sign > 0);
    const double difference = std::abs(f_right - f_left);
    if (std::isnan(difference)) continue;  // a hole in the domain
    growth.add(std::max(x - left, right - x), difference, signs);
    signs_hold = signs_hold && signs;
    if (smallest == 0) smallest = difference;
    constant = constant && difference > 0.8 * smallest && difference < 1.25 * smallest;
    if (constant) constant_up_to = h;
    last = difference;
    if (left == reach.lower && right == reach.upper) break;
  }
  evidence.size = smallest;
  if (signs_hold && (!(smallest <= 16 * last) || !std::isfinite(smallest)))
    return evidence.nature = ZeroEvidence::Nature::pole, evidence.error = width, evidence;
  constexpr double far = 50'000;  // units in the last place
  if (signs_hold && smallest > 0 && constant_up_to > far * first)
    return evidence.nature = ZeroEvidence::Nature::jump, evidence.error = width, evidence;
  if (const auto start = growth.start()) {
    evidence.nature = ZeroEvidence::Nature::zero;
    evidence.error = 2 * start->distance;
  }
  return evidence;
}

ZeroEvidence touching_evidence(double x, double fx, Reach reach, CountedFunction& f) {
  ZeroEvidence evidence{ZeroEvidence::Nature::unproved, x};
  Growth growth;
  const double first = first_distance(x, reach);
  for (double h = first; !f.exhausted(); h *= 4) {
    const double left = std::max(x - h, reach.lower), right = std::min(x + h, reach.upper);
    const double f_left = left < x ? f(left) : f(right), f_right = right > x ? f(right) : f_left;
    const double rise = std::min(std::abs(f_left), std::abs(f_right)) - std::abs(fx);
    growth.add(std::max(x - left, right - x), rise, !opposite_signs(f_left, f_right) && rise > 0);
    if (left == reach.lower && right == reach.upper) break;
  }
  if (const auto start = growth.start()) {
    const bool reaches = std::abs(fx) <= 4 * start->quantity;
    evidence.nature = reaches ? ZeroEvidence::Nature::zero : ZeroEvidence::Nature::none;
    evidence.error = 2 * start->distance;
  }
  return evidence;
}

}  // namespace mathtool::math
