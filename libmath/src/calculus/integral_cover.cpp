// How a piece of the range is covered by panels, and what is said of its ends.

#include <fmt/core.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "adaptive_panels.hpp"
#include "half_waves.hpp"

namespace mathtool::math {
namespace {

using Scale = IntegrationChart::Scale;

std::string towards(const IntegrationChart& chart) {
  if (chart.scale == Scale::towards) return fmt::format("x = {:.12g}", chart.origin);
  return chart.reach < 0.0 ? "-infinity" : "infinity";
}

}  // namespace

void AdaptivePanels::add_piece(double low, double high, bool low_is_end, bool high_is_end) {
  constexpr int nodes = 21;
  const int count = std::max(2, options_.scan / nodes / pieces_);
  std::vector<IntegrationPanel> piece(static_cast<std::size_t>(count));
  double from = low;
  for (int i = 1; i <= count; ++i) {
    IntegrationPanel& panel = piece[static_cast<std::size_t>(i - 1)];
    panel.low = from;
    panel.high = from = i == count ? high : low + i * (high / count - low / count);
    measure(panel, f_, charts_.front());
  }
  piece.front().low_is_end = low_is_end;
  piece.back().high_is_end = high_is_end;
  suspect_end(piece[0], piece[1]);
  suspect_end(piece[piece.size() - 1], piece[piece.size() - 2]);
  for (const IntegrationPanel& panel : piece) push(panel);
}

void AdaptivePanels::suspect_end(IntegrationPanel& panel, const IntegrationPanel& neighbour) {
  constexpr double concentrated = 16.0;
  panel.suspect =
      (panel.low_is_end || panel.high_is_end) && panel.error > concentrated * neighbour.error;
}

void AdaptivePanels::add_infinite_piece(double origin, double reach) {
  const double middle = origin + reach;
  add_piece(std::min(origin, middle), std::max(origin, middle), reach > 0.0, reach < 0.0);
  cover_logarithmic({.scale = Scale::away, .origin = origin, .reach = reach});
}

void AdaptivePanels::cover_towards(double origin, double end) {
  if (origin != end)
    cover_logarithmic({.scale = Scale::towards, .origin = origin, .reach = end - origin});
}

void AdaptivePanels::cover_around(double point, double low, double high) {
  cover_towards(point, low);
  cover_towards(point, high);
}

void AdaptivePanels::cover_peak(double top, double low, double high) {
  cover_around(top, low, high);
  // Where it is an edge, the top is known to one rounding only.
  const double unit = std::numeric_limits<double>::epsilon() * std::abs(top);
  const double jump = f_.at(top + 2 * unit) - f_.at(top - 2 * unit);
  if (std::isfinite(jump)) rounded_ += unit * std::abs(jump);
}

void AdaptivePanels::cover_end(const IntegrationPanel& panel) {
  if (panel.low_is_end)
    cover_towards(panel.low, panel.high);
  else
    cover_towards(panel.high, panel.low);
}

void AdaptivePanels::lay_straight(double from, double to, int depth) {
  IntegrationPanel panel;
  panel.low = std::min(from, to);
  panel.high = std::max(from, to);
  panel.depth = depth;
  measure(panel, f_, charts_.front());
  push(panel);
}

void AdaptivePanels::lay_panels(const IntegrationChart& chart, double last) {
  charts_.push_back(chart);
  IntegrationPanel panel;
  panel.chart = charts_.size() - 1;
  for (double width = 2.0; panel.low < last; width = 2 * panel.low) {
    panel.high = std::min(last, panel.low + width);
    if (last - panel.high < 0.25 * width) panel.high = last;
    measure(panel, f_, chart);
    push(panel);
    panel.low = panel.high;
  }
}

void AdaptivePanels::cover_logarithmic(IntegrationChart chart) {
  using Kind = IntegrandEnd::Kind;
  if (over()) return;
  const IntegrandEnd end = examine_end(f_, chart);
  switch (end.kind) {
    case Kind::divergent: return diverge(chart, end);
    case Kind::undefined:
      return fail(Status::not_finite,
                  fmt::format("the integrand is not finite at x = {:.12g}", chart.x(end.last)));
    case Kind::closed: return lay_panels(chart, end.last);
    case Kind::regular: {
      // The panels end at a distance that is a double, so that nothing is left between.
      const double place = chart.x(end.last);
      lay_panels(chart, std::log(chart.reach / (place - chart.origin)));
      return lay_straight(chart.origin, place, 0);
    }
    case Kind::open: {
      const IntegralTail tail = extrapolate_tail(f_, chart, end.last);
      lay_panels(chart, end.last);
      beyond_ += tail.value;
      beyond_error_ += tail.error;
      if (tail.established) return;
      return fail(Status::stalled,
                  fmt::format("the integrand falls off too slowly towards {} to be followed to "
                              "where it no longer matters",
                              towards(chart)));
    }
    case Kind::waves:
    case Kind::ripples: {
      const WaveSum waves = end.kind == Kind::waves ? sum_half_waves(f_, chart, end.last)
                                                    : sum_ripples(f_, chart, end.last);
      if (waves.sum.status != Status::converged) {
        infinite_value_ = std::numeric_limits<double>::quiet_NaN();
        beyond_error_ = std::numeric_limits<double>::infinity();
        return fail(waves.sum.status, waves.sum.reason);
      }
      beyond_ += waves.sum.value;
      beyond_error_ += waves.sum.error;
      return lay_panels(chart, waves.first);
    }
    case Kind::revival: {
      const double before = chart.x(end.last), after = chart.x(end.next);
      lay_panels(chart, end.last);
      cover_peak(chart.x(end.peak), before, after);
      chart.reach = after - chart.origin;
      return cover_logarithmic(chart);
    }
  }
}

void AdaptivePanels::diverge(const IntegrationChart& chart, const IntegrandEnd& end) {
  // On the other side of a point inside the range, or at the other infinite end, the sign may be
  // another.
  const double mirrored = chart.origin - (chart.x(0.5 * end.last) - chart.origin);
  const double other = low_ < mirrored && mirrored < high_ ? f_.at(mirrored) : end.sign;
  infinite_value_ = end.sign * other > 0.0 ? end.sign * std::numeric_limits<double>::infinity()
                                           : std::numeric_limits<double>::quiet_NaN();
  fail(Status::divergent,
       chart.scale == Scale::away
           ? fmt::format("the integrand does not fall off faster than 1/x towards {}",
                         towards(chart))
           : fmt::format("the integrand grows like 1/|x - c| or faster towards c = {:.12g}",
                         chart.origin));
}

}  // namespace mathtool::math
