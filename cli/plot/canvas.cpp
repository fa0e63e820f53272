#include "cli/plot/canvas.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include "mathtool/math/constants.hpp"

namespace mathtool::cli {
namespace {

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

/// How far a mark reaches to both sides of its point.
double half_width(const Series& series, std::size_t i) {
  if (series.mark != Mark::bars && series.mark != Mark::boxes && series.mark != Mark::heatmap)
    return 0;
  return series.widths.empty() ? 0.5 : series.widths[i] / 2;
}

void include(Axes& data, const Series& series) {
  for (std::size_t i = 0; i < series.x.size(); ++i) {
    include(data.x, series.x[i] - half_width(series, i));
    include(data.x, series.x[i] + half_width(series, i));
  }
  const double half_height = series.mark == Mark::heatmap ? 0.5 : 0;
  for (const double y : series.y) {
    include(data.y, y - half_height);
    include(data.y, y + half_height);
  }
  for (const Spread& spread : series.spreads) {
    include(data.y, spread.low);
    include(data.y, spread.high);
  }
  if (series.mark == Mark::arrows) include(data.x, 0);
  if (series.mark == Mark::arrows || series.mark == Mark::bars) include(data.y, 0);
}

bool holds(const Panel& panel, Mark mark) {
  return std::any_of(panel.series.begin(), panel.series.end(),
                     [mark](const Series& series) { return series.mark == mark; });
}

}  // namespace

Axes axes_of(const Panel& panel) {
  Axes data{{infinity, -infinity}, {infinity, -infinity}};
  bool labels = false;
  for (const Series& series : panel.series) {
    include(data, series);
    labels = labels || !series.labels.empty();
  }
  const bool bars = holds(panel, Mark::bars), cells = holds(panel, Mark::heatmap);
  const double room = labels ? 2 * air : air;
  const bool to_the_edge = bars || cells || holds(panel, Mark::boxes);
  Axes axes{to_the_edge && data.x.low <= data.x.high ? data.x : widened(data.x, room, false),
            widened(data.y, cells ? 0 : room, bars || panel.from_zero)};
  if (!panel.x_categories.empty())
    axes.x = {0.5, static_cast<double>(panel.x_categories.size()) + 0.5};
  if (panel.y_limits) axes.y = {panel.y_limits->first, panel.y_limits->second};
  if (panel.downwards) std::swap(axes.y.low, axes.y.high);
  return axes;
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

Canvas picture_canvas() {
  constexpr double top = 59;
  return {.width = 540,
          .height = 384 + top,
          .left = 84,
          .right = 24,
          .bottom = 66,
          .top = top,
          .letter_width = 7.6,
          .line_height = 17,
          .title_size = 16};
}

Canvas terminal_canvas(int columns, bool color) {
  return {.characters = true,
          .color = color,
          .width = static_cast<double>(columns),
          .height = 23,
          .left = 9,
          .right = 2,
          .bottom = 3,
          .top = 2};
}

}  // namespace mathtool::cli
