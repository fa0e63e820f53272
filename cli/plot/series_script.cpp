#include "cli/plot/series_script.hpp"

#include <fmt/format.h>

#include <array>

#include "cli/plot/gnuplot_text.hpp"
#include "cli/plot/heatmap_script.hpp"

namespace mathtool::cli {
namespace {

/// Distinct for colour-blind readers too. Ref: Okabe & Ito, Color Universal Design (2008).
constexpr std::array palette = {"#0072B2", "#D55E00", "#009E73", "#CC79A7",
                                "#E69F00", "#56B4E9", "#777777"};
constexpr std::array point_types = {7, 9, 5, 13, 11, 15, 3};  // filled: circle, triangle, square
constexpr std::array letters = {"o", "x", "+", "#", "@", "%", "&"};
constexpr std::array line_types = {2, 1, 3, 4, 5, 6, 7};  // of a terminal, drawn as # * $ % @ & =
constexpr double usual_width = 0.6;                       // of bars and boxes

double bar_width(const Series& bars, std::size_t i) {
  return bars.widths.empty() ? usual_width : bars.widths[i];
}

std::string color(std::size_t k, const Canvas& canvas) {
  const std::size_t c = k % palette.size();
  if (!canvas.characters) return fmt::format("lc rgb '{}'", palette[c]);
  return canvas.color ? fmt::format("lt {} lc rgb '{}'", line_types[c], palette[c])
                      : fmt::format("lt {}", line_types[c]);
}

std::string point(std::size_t k, const Canvas& canvas) {
  const std::size_t c = k % palette.size();
  return canvas.characters ? fmt::format("pt '{}'", letters[c])
                           : fmt::format("pt {} ps 0.6", point_types[c]);
}

/// A block of data with one row for each point: `cells(i)` are its numbers.
template <class Cells>
std::string data_block(const std::string& name, std::size_t points, Cells cells) {
  std::string block = name + " << END\n";
  for (std::size_t i = 0; i < points; ++i) {
    const char* blank = "";
    for (const double cell : cells(i)) {
      block += blank + number(cell);
      blank = " ";
    }
    block += '\n';
  }
  return block + "END\n";
}

SeriesScript points_and_lines(const Series& series, std::size_t k, const std::string& name,
                              const Canvas& canvas) {
  const char* with = series.mark == Mark::line     ? "lines"
                     : series.mark == Mark::points ? "points"
                                                   : "linespoints";
  std::string style = fmt::format("with {} {}", with, color(k, canvas));
  if (series.mark != Mark::points) style += " lw 1.5";
  // Colours come round again as dashes, then dots.
  if (k >= palette.size() && !canvas.characters)
    style += fmt::format(" dt {}", 1 + k / palette.size());
  if (series.mark != Mark::line) style += " " + point(k, canvas);
  return {data_block(name, series.x.size(),
                     [&](std::size_t i) {
                       return std::array{series.x[i], series.y[i]};
                     }),
          {fmt::format("{} using 1:2 {}", name, style)}};
}

/// A terminal does not fill a box, so each of its columns becomes a line of its own.
Series filled_columns(const Series& bars, const Axes& axes, const Canvas& canvas) {
  const double column = (axes.x.high - axes.x.low) / canvas.frame().width;
  Series lines;
  for (std::size_t i = 0; i < bars.x.size(); ++i) {
    const double half = bar_width(bars, i) / 2;
    for (double x = bars.x[i] - half; x <= bars.x[i] + half; x += column) {
      lines.x.push_back(x);
      lines.y.push_back(bars.y[i]);
    }
  }
  return lines;
}

SeriesScript bars(const Series& series, std::size_t k, const std::string& name, const Axes& axes,
                  const Canvas& canvas) {
  if (canvas.characters) {
    const Series lines = filled_columns(series, axes, canvas);
    return {data_block(name, lines.x.size(),
                       [&](std::size_t i) {
                         return std::array{lines.x[i], lines.y[i]};
                       }),
            {fmt::format("{} using 1:2 with impulses {}", name, color(k, canvas))}};
  }
  // Bars that touch, as those of a histogram do, are told apart by a white line.
  const char* border = series.widths.empty() ? "noborder" : "border lc rgb '#ffffff'";
  return {data_block(name, series.x.size(),
                     [&](std::size_t i) {
                       return std::array{series.x[i], series.y[i], bar_width(series, i)};
                     }),
          {fmt::format("{} using 1:2:3 with boxes {} fs solid 0.85 {}", name, color(k, canvas),
                       border)}};
}

/// The median is a line across the box; in a terminal, a box without height.
SeriesScript boxes(const Series& series, std::size_t k, const std::string& name,
                   const Canvas& canvas) {
  const std::string fill = canvas.characters ? "" : " fs solid 0.3 border";
  const std::string median =
      canvas.characters
          ? "using 1:6:6:6:6:7 with candlesticks lt 1"
          : fmt::format("using ($1-$7/2):6:7:(0) with vectors nohead {} lw 3", color(k, canvas));
  return {data_block(name, series.x.size(),
                     [&](std::size_t i) {
                       const Spread& spread = series.spreads[i];
                       return std::array{series.x[i], spread.q25,  spread.low, spread.high,
                                         spread.q75,  series.y[i], usual_width};
                     }),
          {fmt::format("{} using 1:2:3:4:5:7 with candlesticks whiskerbars 0.5 {}{}", name,
                       color(k, canvas), fill),
           fmt::format("{} {}", name, median)}};
}

}  // namespace

SeriesScript series_script(const Series& series, std::size_t k, const Panel& panel,
                           const Axes& axes, const Canvas& canvas) {
  const std::string name = fmt::format("$data{}", k);
  switch (series.mark) {
    case Mark::line:
    case Mark::points:
    case Mark::line_points: return points_and_lines(series, k, name, canvas);
    case Mark::bars: return bars(series, k, name, axes, canvas);
    case Mark::boxes: return boxes(series, k, name, canvas);
    case Mark::heatmap: return heatmap_script(series, name, panel, axes, canvas);
    case Mark::arrows: break;
  }
  return {};
}

}  // namespace mathtool::cli
