#include "cli/plot/canvas.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace mathtool::cli {
namespace {

constexpr double inf = std::numeric_limits<double>::infinity();
constexpr double air = 0.05;  // beyond the data, as a share of their range

void include(Range& range, double value) {
  if (!std::isfinite(value)) return;
  range.low = std::min(range.low, value);
  range.high = std::max(range.high, value);
}

/// With air at both ends, except at the end where the data begin at zero.
Range widened(Range range, double share, bool from_zero) {
  if (range.low > range.high) return {0, 1};
  const double extent = range.high - range.low;
  const double margin = extent > 0 ? share * extent : std::max(1.0, std::abs(range.low)) / 2;
  const bool keep_low = from_zero && range.low >= 0;
  return {keep_low ? 0 : range.low - margin, range.high + margin};
}

}  // namespace

Axes axes_of(const Panel& panel) {
  Axes data{{inf, -inf}, {inf, -inf}};
  bool bars = false, labels = false;
  for (const Series& series : panel.series) {
    const double half_width = series.mark == Mark::bars ? 0.5 : 0;
    for (const double x : series.x) {
      include(data.x, x - half_width);
      include(data.x, x + half_width);
    }
    for (const double y : series.y) include(data.y, y);
    if (series.mark == Mark::arrows) include(data.x, 0);
    if (series.mark == Mark::arrows || series.mark == Mark::bars) include(data.y, 0);
    bars = bars || series.mark == Mark::bars;
    labels = labels || !series.labels.empty();
  }
  const double room = labels ? 2 * air : air;
  return {bars ? data.x : widened(data.x, room, false),
          widened(data.y, room, bars || panel.from_zero)};
}

Box Canvas::frame() const { return {left, bottom, width - left - right, height - bottom - top}; }

Point Canvas::to_canvas(const Axes& axes, double x, double y) const {
  const Box box = frame();
  return {box.x + (x - axes.x.low) / (axes.x.high - axes.x.low) * box.width,
          box.y + (y - axes.y.low) / (axes.y.high - axes.y.low) * box.height};
}

Point Canvas::to_axes(const Axes& axes, Point point) const {
  const Box box = frame();
  return {axes.x.low + (point.x - box.x) / box.width * (axes.x.high - axes.x.low),
          axes.y.low + (point.y - box.y) / box.height * (axes.y.high - axes.y.low)};
}

Canvas picture_canvas(int key_lines) {
  constexpr double line = 17;
  const double top = 59 + line * std::max(1, key_lines);
  return {.width = 540,
          .height = 384 + top,
          .left = 84,
          .right = 24,
          .bottom = 66,
          .top = top,
          .letter_width = 7.6,
          .line_height = line,
          .title_size = 16};
}

Canvas terminal_canvas(int columns, bool color) {
  return {.characters = true,
          .color = color,
          .width = static_cast<double>(columns),
          .height = 24,
          .left = 9,
          .right = 2,
          .bottom = 3,
          .top = 3};
}

}  // namespace mathtool::cli
