#include "adaptive_panels.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "mathtool/math/constants.hpp"
#include "rule_agreement.hpp"
#include "singularity_search.hpp"

namespace mathtool::math {
namespace {

bool less_wrong(const IntegrationPanel& a, const IntegrationPanel& b) { return a.error < b.error; }

}  // namespace

void AdaptivePanels::push(const IntegrationPanel& panel) {
  if (!std::isfinite(panel.error)) ++broken_;
  deepest_ = std::max(deepest_, panel.depth);
  running_.value += panel.value;
  running_.error += panel.error;
  running_.magnitude += panel.magnitude;
  panels_.push_back(panel);
  std::push_heap(panels_.begin(), panels_.end(), less_wrong);
}

IntegrationPanel AdaptivePanels::pop_worst() {
  std::pop_heap(panels_.begin(), panels_.end(), less_wrong);
  const IntegrationPanel worst = panels_.back();
  panels_.pop_back();
  running_.value -= worst.value;
  running_.error -= worst.error;
  running_.magnitude -= worst.magnitude;
  if (!std::isfinite(running_.error)) running_ = totals();
  return worst;
}

void AdaptivePanels::remove(std::size_t panel) {
  panels_.erase(panels_.begin() + static_cast<std::ptrdiff_t>(panel));
  std::make_heap(panels_.begin(), panels_.end(), less_wrong);
  running_ = totals();
}

AdaptivePanels::Totals AdaptivePanels::totals() const {
  CompensatedSum value;
  Totals sum;
  double noise = 0.0, loudest = 0.0;
  for (const IntegrationPanel& panel : panels_) {
    value += panel.value;
    sum.error += panel.error;
    sum.disagreement += panel.disagreement;
    sum.magnitude += panel.magnitude;
    noise += panel.noise;
    loudest = std::max(loudest, panel.noise);
  }
  sum.noise = std::sqrt(loudest) * std::sqrt(noise);  // above √Σ², and no square overflows
  sum.value = value.value();
  return sum;
}

double AdaptivePanels::rounding(const Totals& sum) const {
  return 8 * epsilon * sum.magnitude + 6 * sum.noise + rounded_;
}

double AdaptivePanels::tolerance(const Totals& sum) const {
  const double value = sum.value + beyond_.value();
  return std::max({options_.abs_tol, options_.rel_tol * std::abs(value), 2 * rounding(sum)});
}

void AdaptivePanels::fail(Status status, std::string reason) {
  if (over()) return;
  status_ = status;
  reason_ = std::move(reason);
}

/// A panel with a jump or a bend inside becomes two without. Beside a bend f may be singular.
void AdaptivePanels::cut(const IntegrationPanel& panel, double point) {
  constexpr double step = 1e-3, singular = 1e-10;
  const double after = std::nextafter(point, panel.high);
  const double below = f_.at(point), above = f_.at(after), jump = std::abs(above - below);
  const bool bend = jump <= step * std::max(std::abs(below), std::abs(above));
  rounded_ += epsilon * std::abs(point) * jump;
  IntegrationPanel left = panel, right = panel;
  left.high = point, right.low = bend ? point : after;
  left.high_is_end = right.low_is_end = bend;
  for (IntegrationPanel* part : {&left, &right}) {
    part->examined = true;
    part->disagreement = 0.0;
    if (!(part->width() > 0.0)) continue;
    measure(*part, f_, charts_[panel.chart]);
    part->suspect = bend && part->error > singular * part->magnitude;
    push(*part);
  }
}

void AdaptivePanels::halve(const IntegrationPanel& panel) {
  const double middle = panel.low + 0.5 * panel.width();
  IntegrationPanel left = panel, right = panel;
  left.high = right.low = middle;
  left.high_is_end = right.low_is_end = false;
  ++left.depth, ++right.depth;
  left.disagreement = right.disagreement = 0.0;
  measure(left, f_, charts_[panel.chart]);
  measure(right, f_, charts_[panel.chart]);
  const double value = left.value + right.value, error = left.error + right.error;
  if (std::abs(value - panel.value) <= 1e-5 * std::abs(value) && error >= 0.99 * panel.error &&
      std::isfinite(error) && panel.error > 4 * epsilon * panel.magnitude)
    ++stagnations_;
  suspect_end(left, right);
  suspect_end(right, left);
  push(left);
  push(right);
}

void AdaptivePanels::freeze(const IntegrationPanel& panel) {
  beyond_ += panel.value;
  beyond_error_ += panel.error;
  rounded_ += panel.noise;
}

void AdaptivePanels::divide(IntegrationPanel panel) {
  constexpr int depth_of_singularities = 12, most_broken = 200;
  const IntegrationChart chart = charts_[panel.chart];
  const bool linear = panel.chart == 0;
  const bool broken = !std::isfinite(panel.error);
  if (broken && broken_ > most_broken)
    return fail(Status::not_finite, fmt::format("the integrand is not finite around x = {:.12g}",
                                                chart.x(panel.low + 0.5 * panel.width())));
  const bool at_end = linear && panel.low_is_end != panel.high_is_end;
  if (at_end && (broken || panel.suspect || panel.disputed)) {
    if (const auto scatter = broken ? std::nullopt : scatter_beside_end(f_, panel)) {
      rounded_ += *scatter;
      panel.error = epsilon * panel.magnitude;
      return freeze(panel);
    }
    if (broken || panel.suspect) return cover_end(panel);
  }
  if (linear && panel.depth >= depth_of_singularities && !panel.examined) {
    if (const auto singularity = find_singularity(f_, panel.low, panel.high))
      return cover_around(*singularity, panel.low, panel.high);
    if (const auto point = find_break(f_, panel.low, panel.high)) return cut(panel, *point);
    panel.examined = true;
  }
  constexpr int depth_of_return = 6;
  if (!linear && panel.depth >= depth_of_return) {  // no longer better, and its trouble is inside
    const double low = chart.x(panel.low), high = chart.x(panel.high);
    rounded_ += epsilon * std::abs(low) * panel.magnitude / std::abs(high - low);
    return lay_straight(low, high, panel.depth);
  }
  const double narrowest =
      4 * epsilon * (linear ? std::max(std::abs(panel.low), std::abs(panel.high)) : 1.0);
  panel.width() > narrowest ? halve(panel) : freeze(panel);
}

void AdaptivePanels::refine() {
  constexpr int most_stagnations = 30;
  for (int step = 1; !over(); ++step) {
    options_.stop.check();
    if (step % 16 == 0) running_ = totals();  // differences of large sums drift
    if (running_.error <= 0.25 * tolerance(running_)) {
      running_ = totals();
      if (running_.error <= 0.25 * tolerance(running_)) return;
    }
    if (f_.evaluations() >= options_.max_evaluations)
      return fail(Status::out_of_budget,
                  fmt::format("the estimated error is still {:.2g} after {} evaluations",
                              totals().error + beyond_error_, f_.evaluations()));
    if (stagnations_ > most_stagnations)
      return fail(Status::stalled,
                  fmt::format("halving no longer reduces the estimated error of {:.2g}: rounding "
                              "in the integrand",
                              totals().error + beyond_error_));
    divide(pop_worst());
  }
}

bool AdaptivePanels::rules_agree() {
  const Totals sum = totals();
  const double allowed = 0.25 * tolerance(sum);
  std::sort(panels_.begin(), panels_.end(), [](const auto& a, const auto& b) {
    return a.chart != b.chart ? a.chart < b.chart : a.low < b.low;
  });
  compare_rules(
      panels_, charts_, f_,
      {.difference = allowed, .magnitude = sum.magnitude, .evaluations = options_.max_evaluations});
  if (totals().disagreement <= allowed) return true;
  const auto end = std::partition(panels_.begin(), panels_.end(),
                                  [](const IntegrationPanel& panel) { return panel.checked; });
  std::vector<IntegrationPanel> disputed(end, panels_.end());
  panels_.erase(end, panels_.end());
  std::make_heap(panels_.begin(), panels_.end(), less_wrong);
  running_ = totals();
  const bool exhausted = f_.evaluations() >= options_.max_evaluations;
  for (IntegrationPanel& panel : disputed) {
    panel.disputed = true;
    exhausted || over() ? push(panel) : divide(panel);
  }
  if (exhausted)
    fail(Status::out_of_budget,
         fmt::format("the two rules still differ by {:.2g} after {} evaluations",
                     totals().disagreement, f_.evaluations()));
  return disputed.empty();
}

bool AdaptivePanels::find_hidden_peak() {
  const bool all_zero = totals().magnitude == 0.0 && beyond_.value() == 0.0;
  const int samples = all_zero ? options_.zero_scan : options_.zero_scan / 20;
  const auto hidden = search_zero_panels(f_, panels_, charts_, samples);
  if (!hidden) {
    if (all_zero)
      fail(Status::suspicious,
           fmt::format("the integrand is 0 at all {} points looked at; something narrow may have "
                       "been missed",
                       f_.evaluations()));
    return false;
  }
  const IntegrationPanel panel = panels_[hidden->panel];
  const IntegrationChart chart = charts_[panel.chart];
  remove(hidden->panel);
  cover_peak(hidden->x, chart.x(panel.low), chart.x(panel.high));
  return true;
}

double AdaptivePanels::widest_gap() const {
  constexpr double widest_spacing = 0.0745;  // between nodes of the rule, as a share of a panel
  double low = infinity, high = -infinity, widest = 0.0;
  for (const IntegrationPanel& panel : panels_) {
    if (panel.chart != 0) continue;
    low = std::min(low, panel.low);
    high = std::max(high, panel.high);
    widest = std::max(widest, widest_spacing * panel.width());
  }
  return high > low ? widest / (high - low) : 0.0;
}

Integral AdaptivePanels::integrate() {
  do {
    do refine();
    while (!over() && !rules_agree());
  } while (!over() && find_hidden_peak());

  const Totals sum = totals();
  Integral result;
  result.evaluations = f_.evaluations();
  result.value = sum.value + beyond_.value();
  result.error = sum.error + sum.disagreement + beyond_error_ + rounding(sum);
  if (!over() && !(result.error <= tolerance(sum)))
    fail(Status::stalled,
         fmt::format("beside a singularity, or far out, an error of {:.2g} remains", result.error));
  if (!over() && !std::isfinite(result.error)) fail(Status::not_finite, "the integrand overflows");
  // Where much halving was needed f is not smooth, and the rules may have met by accident within
  // what was asked of them.
  constexpr int smooth_depth = 4;
  if (deepest_ > smooth_depth) result.error += 0.5 * tolerance(sum);
  result.status = status_;
  result.reason = reason_;
  if (status_ == Status::divergent) result.value = infinite_value_;
  if (status_ == Status::not_finite) result.value = std::numeric_limits<double>::quiet_NaN();
  if (!std::isfinite(result.value)) result.error = infinity;
  result.widest_gap = widest_gap();
  return result;
}

}  // namespace mathtool::math
