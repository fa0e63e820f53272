#include "cli/plot/heatmap_script.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <map>

#include "cli/plot/gnuplot_text.hpp"

namespace mathtool::cli {
namespace {

constexpr int number_width = 6;  // of "-0.123" in a terminal
constexpr std::array shades = {" ", "░", "▒", "▓", "█"};

/// All values; about zero where there are values of both signs.
Limits color_limits(const Series& series, const Panel& panel) {
  if (panel.z_limits) return *panel.z_limits;
  double low = std::numeric_limits<double>::infinity(), high = -low;
  for (const double z : series.z) {
    if (!std::isfinite(z)) continue;
    low = std::min(low, z);
    high = std::max(high, z);
  }
  if (low > high) return {0, 1};
  const double most = std::max(-low, high);
  if (low < 0 && high > 0) return {-most, most};
  return low < high ? Limits{low, high} : Limits{low - 0.5, high + 0.5};
}

std::string rows(const Series& series) {
  std::string text;
  for (std::size_t i = 0; i < series.z.size(); ++i)
    text +=
        fmt::format("{} {} {}\n", number(series.x[i]), number(series.y[i]), number(series.z[i]));
  return text;
}

SeriesScript picture(const Series& series, const std::string& name, const Limits& limits) {
  const char* colors = limits.first < 0 && limits.second > 0
                           ? "0 '#2166AC', 1 '#92C5DE', 2 '#F7F7F7', 3 '#F4A582', 4 '#B2182B'"
                           : "0 '#F7FBFF', 1 '#9ECAE1', 2 '#3182BD', 3 '#08306B'";
  return {fmt::format("set palette defined ({})\nset cbrange [{}:{}]\n"
                      "set colorbox user origin graph 1.02,0 size graph 0.03,1 noborder\n"
                      "{} << END\n{}END\n",
                      colors, number(limits.first), number(limits.second), name, rows(series)),
          {fmt::format("{} using 1:2:3 with image pixels", name)}};
}

/// Numbers in the middle of their cells.
std::string numbers_in_cells(const Series& series) {
  std::string text;
  for (std::size_t i = 0; i < series.z.size(); ++i)
    if (std::isfinite(series.z[i]))
      text += fmt::format("{} {} {:.3g}\n", number(series.x[i]), number(series.y[i]), series.z[i]);
  return text;
}

/// Every character of the frame in the shade of the cell that it lies in.
std::string shades_of_cells(const Series& series, const Limits& limits, const Axes& axes,
                            const Canvas& canvas) {
  std::map<std::pair<double, double>, double> cells;
  for (std::size_t i = 0; i < series.z.size(); ++i) cells[{series.x[i], series.y[i]}] = series.z[i];
  const Box frame = canvas.frame();
  std::string text;
  for (double row = 0.5; row < frame.height; ++row)
    for (double column = 0.5; column < frame.width; ++column) {
      const Point point = canvas.to_axes(axes, {frame.x + column, frame.y + row});
      const auto cell = cells.find({std::round(point.x), std::round(point.y)});
      if (cell == cells.end() || !std::isfinite(cell->second)) continue;
      const double share = (cell->second - limits.first) / (limits.second - limits.first);
      const double level = std::clamp(share, 0.0, 1.0) * static_cast<double>(shades.size() - 1);
      text += fmt::format("{} {} \"{}\"\n", number(point.x), number(point.y),
                          shades[static_cast<std::size_t>(std::lround(level))]);
    }
  return text;
}

}  // namespace

SeriesScript heatmap_script(const Series& series, const std::string& name, const Panel& panel,
                            const Axes& axes, const Canvas& canvas) {
  const Limits limits = color_limits(series, panel);
  if (!canvas.characters) return picture(series, name, limits);
  const Box frame = canvas.frame();
  const bool numbers = (axes.x.high - axes.x.low) * (number_width + 1) <= frame.width &&
                       std::abs(axes.y.high - axes.y.low) <= frame.height;
  const std::string cells =
      numbers ? numbers_in_cells(series) : shades_of_cells(series, limits, axes, canvas);
  return {name + " << END\n" + cells + "END\n",
          {fmt::format("{} using 1:2:3 with labels center", name)}};
}

}  // namespace mathtool::cli
