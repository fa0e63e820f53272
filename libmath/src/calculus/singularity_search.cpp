#include "singularity_search.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <functional>
#include <numbers>

#include "mathtool/math/constants.hpp"

namespace mathtool::math {
namespace {

constexpr double golden = std::numbers::phi - 1.0;

/// The top of the first peak among samples at first, next(first), ... that stop before the end.
std::optional<double> first_top(FunctionRef<double(double)> size, double first,
                                FunctionRef<double(double)> next,
                                FunctionRef<bool(double)> within) {
  double before = first, at = first;
  while (within(at) && size(at) == 0.0) before = at, at = next(at);
  if (!within(at)) return std::nullopt;
  double after = next(at);
  while (within(after) && size(after) > size(at)) before = at, at = after, after = next(after);
  return place_of_largest(size, std::min(before, after), at, std::max(before, after));
}

}  // namespace

double place_of_largest(FunctionRef<double(double)> size, double low, double inside, double high) {
  double a = low, b = high, x = inside, at_x = size(x);
  while (std::isfinite(at_x)) {
    const bool right = b - x > x - a;
    const double y = right ? x + (1.0 - golden) * (b - x) : x - (1.0 - golden) * (x - a);
    if (y == x || y == a || y == b) break;
    const double at_y = size(y);
    if (!(at_y <= at_x)) {
      (right ? a : b) = x;
      x = y, at_x = at_y;
    } else {
      (right ? b : a) = y;
    }
  }
  return x;
}

std::optional<double> find_singularity(ChartedIntegrand& f, double low, double high) {
  const double width = high - low;
  const auto size = [&](double x) { return std::abs(f.at(x)); };
  double place = place_of_largest(size, low, low + golden * width, high);
  // At an end of the panel: what lies on the other side is the neighbour's.
  if (place - low < 1e-6 * width) place = low;
  if (high - place < 1e-6 * width) place = high;
  const double reach = high - place > place - low ? high - place : low - place;
  const double far = size(place + 1e-1 * reach), near = size(place + 1e-3 * reach),
               nearer = size(place + 1e-5 * reach);
  constexpr double growth = 1.05;  // a hundredfold approach: a power of 0.01, or a logarithm
  if (!(near > growth * far && nearer > growth * near)) return std::nullopt;
  return place;
}

std::optional<double> find_break(ChartedIntegrand& f, double low, double high) {
  constexpr int parts = 8, least_stages = 3;
  constexpr double alone = 2.5, noise = 64 * epsilon;
  double a = low, b = high;
  for (int stage = 0;; ++stage) {
    std::array<double, parts + 1> x, y;
    double largest = 0.0;
    for (std::size_t i = 0; i < x.size(); ++i) {
      x[i] = i == parts ? b : a + static_cast<double>(i) * ((b - a) / parts);
      y[i] = f.at(x[i]);
      if (!std::isfinite(y[i])) return std::nullopt;
      largest = std::max(largest, std::abs(y[i]));
    }
    // Beside a bend or a jump two second differences are not small, and more anywhere else.
    std::array<double, parts - 1> bends;
    for (std::size_t i = 0; i < bends.size(); ++i)
      bends[i] = std::abs(y[i] - 2 * y[i + 1] + y[i + 2]);
    const auto worst = std::max_element(bends.begin(), bends.end());
    const auto at = static_cast<std::size_t>(worst - bends.begin());
    const double size = *worst;
    std::sort(bends.begin(), bends.end(), std::greater<>());
    if (!(size > noise * largest)) {
      if (stage < least_stages) return std::nullopt;
      break;
    }
    if (!(size > alone * bends[2])) return std::nullopt;
    a = x[at], b = x[at + 2];
    if (b - a <= 16 * epsilon * std::max(std::abs(a), std::abs(b))) break;
  }
  // A jump is found to the last bit.
  double at_a = f.at(a), at_b = f.at(b);
  while (true) {
    const double middle = a + 0.5 * (b - a);
    if (middle <= a || middle >= b) return a;
    const double value = f.at(middle);
    if (std::abs(value - at_a) <= std::abs(at_b - value))
      a = middle, at_a = value;
    else
      b = middle, at_b = value;
  }
}

std::optional<HiddenPeak> search_zero_panels(ChartedIntegrand& f,
                                             std::span<const IntegrationPanel> panels,
                                             const std::vector<IntegrationChart>& charts,
                                             int samples) {
  if (samples == 0) return std::nullopt;
  double empty = 0.0;
  for (const IntegrationPanel& panel : panels)
    if (panel.chart == 0 && panel.magnitude == 0.0) empty += panel.width();
  for (std::size_t i = 0; i < panels.size(); ++i) {
    const IntegrationPanel& panel = panels[i];
    if (panel.magnitude != 0.0) continue;
    const IntegrationChart& chart = charts[panel.chart];
    const auto size = [&](double s) { return std::abs(f(chart, s)); };
    const double step = panel.chart != 0 ? 80.0 / samples : empty / samples;
    std::optional<double> top;
    top = first_top(
        size, panel.low + golden * step, [&](double s) { return s + step; },
        [&](double s) { return s < panel.high; });
    // Beside an end features have any size: steps in proportion to the distance.
    for (const bool low : {true, false}) {
      if (top || !(low ? panel.low_is_end : panel.high_is_end)) continue;
      const double end = low ? panel.low : panel.high, width = low ? panel.width() : -panel.width();
      const double ratio = 1.0 - std::min(0.1, 400.0 / samples);
      // No nearer than where a step still moves a double.
      const double digits = std::max(1e-13, 2 * epsilon / (1.0 - ratio));
      const double nearest = std::max(digits * std::abs(end), 1e-13 * 0.01 * panel.width());
      top = first_top(
          size, end + golden * width, [&](double s) { return end + ratio * (s - end); },
          [&](double s) { return std::abs(s - end) > nearest; });
    }
    if (top) return HiddenPeak{i, chart.x(*top)};
  }
  return std::nullopt;
}

std::optional<double> scatter_beside_end(ChartedIntegrand& f, const IntegrationPanel& panel) {
  constexpr int probes = 64;  // two an octave
  constexpr int least_alternations = 6;
  const double width = panel.low_is_end ? panel.width() : -panel.width();
  const double end = panel.low_is_end ? panel.low : panel.high;
  const double level = panel.magnitude / panel.width();
  double share = 0.47, last = f.at(end + share * width), last_step = 0.0;
  double first_noise = 0.0, worst = 0.0;
  int alternations = 0;
  for (int i = 0; i < probes; ++i) {
    share *= 0.7;
    const double value = f.at(end + share * width), step = value - last;
    if (!std::isfinite(value)) break;
    constexpr int halfway = 16;  // at 0.002 of the width what is smooth hardly moves
    if (i == halfway && std::abs(step) > 1e-3 * level) return std::nullopt;
    if (step * last_step < 0.0) {
      if (++alternations == 1) first_noise = share;
      // Rounding starts at its own level and grows with a power of 1/share; a true oscillation
      // is there from the beginning.
      if (std::abs(step) > 1e3 * epsilon * level / (share * share * share)) return std::nullopt;
      worst = std::max(worst, std::abs(step) * share * share);
    }
    if (step != 0.0) last_step = step;
    last = value;
  }
  if (alternations < least_alternations || first_noise > 0.1) return std::nullopt;
  // The outermost nodes are at 0.0022 and 0.013 of the width and weigh 0.006 and 0.016.
  constexpr double spoilt = 0.006 / (0.0022 * 0.0022) + 0.016 / (0.013 * 0.013);
  return spoilt * worst * std::abs(width);
}

}  // namespace mathtool::math
