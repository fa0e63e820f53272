#include "mathtool/opt/line_search/more_thuente.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include "mathtool/math/constants.hpp"
#include "mathtool/math/error.hpp"

namespace mathtool::opt {
namespace {

struct Sample {
  double step = 0, value = 0, slope = 0;
};

/// Minimum of the cubic through values and slopes at a and b, as the distance from a over b − a;
/// NaN where it has none.
double cubic_share(const Sample& a, const Sample& b) {
  const double width = b.step - a.step;
  const double theta = 3 * (a.value - b.value) / width + a.slope + b.slope;
  const double s = std::max({std::abs(theta), std::abs(a.slope), std::abs(b.slope)});
  const double square = (theta / s) * (theta / s) - (a.slope / s) * (b.slope / s);
  double gamma = s * std::sqrt(std::max(0.0, square));
  if (width < 0) gamma = -gamma;
  return (gamma - a.slope + theta) / (2 * gamma - a.slope + b.slope);
}

/// Moré and Thuente's interval of uncertainty, between the best sample and the other end.
struct Interval {
  Sample best, other;
  bool bracketed = false;

  /// The next step from a new sample, within [low, high], by their four cases; updates the ends.
  double next(const Sample& trial, double low, double high);
};

double Interval::next(const Sample& trial, double low, double high) {
  const bool opposite = (trial.slope < 0) != (best.slope < 0);
  const double gap = trial.step - best.step;
  double step = 0;
  if (trial.value > best.value) {
    // Case 1: higher. The minimum lies between.
    const double cubic = best.step + cubic_share(best, trial) * gap;
    const double parabola =
        best.step + best.slope / ((best.value - trial.value) / gap + best.slope) / 2 * gap;
    step = std::abs(cubic - best.step) < std::abs(parabola - best.step)
               ? cubic
               : cubic + (parabola - cubic) / 2;
    bracketed = true;
  } else if (opposite) {
    // Case 2: lower, and the slope has changed its sign. It lies between.
    const double cubic = trial.step - cubic_share(trial, best) * gap;
    const double secant = trial.step + trial.slope / (trial.slope - best.slope) * -gap;
    step = std::abs(cubic - trial.step) > std::abs(secant - trial.step) ? cubic : secant;
    bracketed = true;
  } else if (std::abs(trial.slope) < std::abs(best.slope)) {
    // Case 3: lower, and less steep. The cubic counts where it has its minimum beyond the trial.
    const double width = best.step - trial.step;
    const double theta = 3 * (trial.value - best.value) / width + trial.slope + best.slope;
    const double s = std::max({std::abs(theta), std::abs(best.slope), std::abs(trial.slope)});
    double gamma = s * std::sqrt(std::max(
                           0.0, (theta / s) * (theta / s) - (best.slope / s) * (trial.slope / s)));
    if (trial.step > best.step) gamma = -gamma;
    const double p = gamma - trial.slope + theta, q = gamma + (best.slope - trial.slope) + gamma;
    const double r = p / q;
    double cubic = trial.step > best.step ? high : low;
    if (r < 0 && gamma != 0) cubic = trial.step + r * width;
    const double secant = trial.step + trial.slope / (trial.slope - best.slope) * width;
    const bool nearer = std::abs(cubic - trial.step) < std::abs(secant - trial.step);
    step = bracketed == nearer ? cubic : secant;
    if (bracketed) {
      const double limit = trial.step + 0.66 * (other.step - trial.step);
      step = trial.step > best.step ? std::min(limit, step) : std::max(limit, step);
    }
  } else if (bracketed) {
    // Case 4: lower, and as steep. It lies between the trial and the other end.
    step = trial.step + (std::isfinite(other.value)
                             ? cubic_share(trial, other) * (other.step - trial.step)
                             : (other.step - trial.step) / 2);
  } else {
    step = trial.step > best.step ? high : low;
  }
  if (trial.value > best.value) {
    other = trial;
  } else {
    if (opposite) other = best;
    best = trial;
  }
  // Slopes of all sizes make a quotient that is no number.
  if (!std::isfinite(step)) return bracketed ? best.step + (other.step - best.step) / 2 : low;
  return bracketed ? step : std::clamp(step, low, high);
}

/// What one search has seen.
class Search {
 public:
  Search(const MoreThuente& rule, const Line& line, double first)
      : rule_(rule), line_(line), step_(std::min(first, line.longest())), high_(5 * step_) {
    interval_.best = {0, line.value(), line.slope()};
  }

  LineEnd run(LinePoint& found);

 private:
  bool accepts(const LinePoint& p) const;
  bool slopes_accept(const LinePoint& p, double noise) const;
  void step_back(double from);
  void advance(const LinePoint& p);

  const MoreThuente& rule_;
  const Line& line_;
  double step_;
  Interval interval_ = {};
  bool first_stage_ = true;
  double low_ = 0, high_;                            ///< between which the next step must lie
  double width_ = infinity, last_width_ = infinity;  ///< of the interval, now and before
};

bool Search::accepts(const LinePoint& p) const {
  const double rise = p.value - line_.value();
  const bool flat = std::abs(p.slope) <= -rule_.curvature * line_.slope();
  const bool at_bound = p.step >= line_.longest() && p.slope < 0;
  if (rise <= rule_.decrease * p.step * line_.slope() && rise < 0) return flat || at_bound;
  return slopes_accept(p, line_.noise());
}

/// The test of Hager and Zhang where the values of f have no digits left to tell.
bool Search::slopes_accept(const LinePoint& p, double noise) const {
  return std::abs(p.value - line_.value()) <= noise && -p.step * line_.slope() <= 10 * noise &&
         p.slope <= (2 * rule_.decrease - 1) * line_.slope() &&
         (p.slope >= rule_.curvature * line_.slope() || p.step >= line_.longest());
}

/// Nearer to the best point, f being not finite at `from`.
void Search::step_back(double from) {
  const double best = interval_.best.step;
  // As an end of the interval it has no slope, and a value above all.
  interval_.other = {from, infinity, 0};
  interval_.bracketed = true;
  step_ = best + 0.2 * (from - best);
  low_ = std::min(best, from), high_ = std::max(best, from);
}

void Search::advance(const LinePoint& p) {
  const double limit = rule_.decrease * line_.slope();
  const double line_value = line_.value() + p.step * limit;
  if (first_stage_ && p.value <= line_value && p.slope >= 0) first_stage_ = false;
  Sample trial{p.step, p.value, p.slope};
  if (first_stage_ && p.value <= interval_.best.value && p.value > line_value) {
    // In the first stage the function less the line of sufficient decrease is what counts.
    const auto tilt = [&](Sample& s, double sign) {
      s.value += sign * s.step * limit, s.slope += sign * limit;
    };
    tilt(trial, -1), tilt(interval_.best, -1), tilt(interval_.other, -1);
    step_ = interval_.next(trial, low_, high_);
    tilt(interval_.best, 1), tilt(interval_.other, 1);
  } else {
    step_ = interval_.next(trial, low_, high_);
  }
  const double a = interval_.best.step, b = interval_.other.step;
  if (interval_.bracketed) {
    // The interval must shrink by a third in every two trials.
    if (std::abs(b - a) >= 0.66 * last_width_) step_ = a + (b - a) / 2;
    last_width_ = width_, width_ = std::abs(b - a);
    low_ = std::min(a, b), high_ = std::max(a, b);
  } else {
    low_ = step_ + 1.1 * (step_ - a), high_ = step_ + 4 * (step_ - a);
  }
  step_ = std::min(step_, line_.longest());
}

LineEnd Search::run(LinePoint& found) {
  LinePoint lower;     // the lowest that passes the first condition alone
  LinePoint smoother;  // one that the slopes accept if f has lost more digits than one would think
  bool finite = false;
  for (int trial = 0; trial < rule_.max_trials && !line_.exhausted(); ++trial) {
    line_.look(step_, found);
    if (found.value == -infinity) return LineEnd::found;
    if (std::isnan(found.value)) {
      step_back(step_);
    } else {
      finite = true;
      if (accepts(found)) return LineEnd::found;
      const bool enough = found.value < line_.value() &&
                          found.value - line_.value() <= rule_.decrease * step_ * line_.slope();
      const double tried = step_;
      advance(found);
      if (enough && !(found.value >= lower.value))
        std::swap(found, lower);
      else if (std::isnan(smoother.value) && slopes_accept(found, 1e4 * line_.noise()) &&
               line_.gradient_norm(found) <= 0.9 * line_.gradient_norm())
        std::swap(found, smoother);
      if (step_ == tried) break;
    }
    const double a = interval_.best.step, b = interval_.other.step;
    // What is left of the interval is rounding.
    if (interval_.bracketed && std::abs(b - a) <= 4 * epsilon * std::max(a, b)) break;
    if (!(step_ > 0)) break;
  }
  if (!std::isnan(lower.value))
    std::swap(found, lower);
  else if (!std::isnan(smoother.value))
    std::swap(found, smoother);
  else
    return finite ? LineEnd::no_lower : LineEnd::not_finite;
  return LineEnd::found;
}

}  // namespace

LineEnd MoreThuente::search(const Line& line, double first, LinePoint& found) const {
  return Search(*this, line, first).run(found);
}

void MoreThuente::validate() const {
  require(0 < decrease && decrease < 0.5, "MoreThuente: decrease must be in (0, 1/2), got {}",
          decrease);
  require(decrease < curvature && curvature < 1,
          "MoreThuente: curvature must be in ({}, 1), got {}", decrease, curvature);
  require(max_trials >= 1, "MoreThuente: max_trials must be >= 1, got {}", max_trials);
}

}  // namespace mathtool::opt
