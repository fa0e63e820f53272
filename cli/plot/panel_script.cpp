#include "cli/plot/panel_script.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "cli/plot/categories.hpp"
#include "cli/plot/gnuplot_text.hpp"
#include "cli/plot/series_script.hpp"
#include "cli/plot/ticks.hpp"
#include "cli/terminal_text.hpp"
#include "mathtool/math/error.hpp"

namespace mathtool::cli {
namespace {

constexpr const char* ink = "#333333";

std::string arrow(double x, double y, const Canvas& canvas) {
  return fmt::format(
      "set arrow from 0,0 to {},{} {}\n", number(x), number(y),
      canvas.characters
          ? "nohead lt 1 back"
          : fmt::format("head filled size screen 0.008,18 lw 1.2 lc rgb '{}' front", ink));
}

/// What labels should not cover: points that have none, and the shafts of arrows.
std::vector<Point> obstacles(const Panel& panel, const Axes& axes, const Canvas& canvas) {
  constexpr int steps = 30;
  std::vector<Point> points;
  for (const Series& series : panel.series)
    for (std::size_t i = 0; i < series.x.size(); ++i)
      if (series.mark == Mark::arrows)
        for (int step = 0; step <= steps; ++step)
          points.push_back(
              canvas.to_canvas(axes, series.x[i] * step / steps, series.y[i] * step / steps));
      else
        points.push_back(canvas.to_canvas(axes, series.x[i], series.y[i]));
  return points;
}

std::string labels(const Panel& panel, const Axes& axes, const Canvas& canvas) {
  std::vector<Label> wanted;
  std::vector<std::string> texts;
  for (const Series& series : panel.series)
    for (std::size_t i = 0; i < std::min(series.labels.size(), series.x.size()); ++i) {
      texts.push_back(printable(series.labels[i]));
      wanted.push_back({canvas.to_canvas(axes, series.x[i], series.y[i]),
                        canvas.letter_width * display_width(texts.back()), canvas.line_height});
    }
  const auto places = place_labels(wanted, canvas.frame(), canvas.to_canvas(axes, 0, 0),
                                   obstacles(panel, axes, canvas));
  std::string script;
  for (std::size_t i = 0; i < places.size(); ++i) {
    if (!places[i]) continue;
    const Box& box = *places[i];
    const Point middle = canvas.to_axes(axes, {box.x + box.width / 2, box.y + box.height / 2});
    script += fmt::format("set label {} at {},{} center front{}\n", in_quotes(texts[i]),
                          number(middle.x), number(middle.y),
                          canvas.characters ? "" : fmt::format(" tc rgb '{}' boxed", ink));
  }
  return script;
}

std::string tics(char axis, const std::vector<std::string>& categories, bool integers,
                 const Range& range, const Canvas& canvas) {
  return categories.empty() ? number_tics(axis, integers, range, canvas)
                            : category_tics(axis, categories, canvas);
}

/// Throws: InsufficientDataError for data so far apart that no axis holds them.
void require_extent(const Range& range) {
  require<InsufficientDataError>(std::isfinite(range.high - range.low),
                                 "the values are too far apart to be drawn; rescale them");
}

std::string axes_script(const Panel& panel, const Axes& axes, const Canvas& canvas) {
  std::string script = fmt::format("set xrange [{}:{}]\nset yrange [{}:{}]\n", number(axes.x.low),
                                   number(axes.x.high), number(axes.y.low), number(axes.y.high));
  script += tics('x', panel.x_categories, panel.integer_x, axes.x, canvas);
  script += tics('y', panel.y_categories, panel.downwards, axes.y, canvas);
  for (const char axis : {'x', 'y'})
    script += panel.cross_at_zero
                  ? fmt::format("set {}zeroaxis {}\n", axis,
                                canvas.characters ? "lt 0" : "lt 1 lc rgb '#999999' lw 0.8")
                  : fmt::format("unset {}zeroaxis\n", axis);
  return script;
}

/// Letters do not turn in a terminal, so the label of the y axis stands above it. Title, key and
/// that label have lines of their own.
std::string words_of_terminal(const Panel& panel, const Canvas& canvas) {
  return fmt::format(
      "set border 3\nset tics out nomirror\n"
      "set key at character {},{} center top horizontal samplen 1 width 1\n"
      "set label {} at character {},{} center\nset label {} at character 1,{} left\n",
      number(canvas.width / 2), number(canvas.height - 2), in_quotes(panel.title),
      number(canvas.width / 2), number(canvas.height - 1), in_quotes(panel.y_label),
      number(canvas.height - canvas.top));
}

/// The title stands over the left end of the axes, the key in a row below it.
std::string words_of_picture(const Panel& panel, const Canvas& canvas) {
  const double frame_height = canvas.frame().height;
  return fmt::format(
      "set ylabel {}\n"
      "set label {} at graph 0, graph {} left font ',{}'\n"
      "set key at graph 0, graph {} left bottom horizontal reverse Left samplen 1.2 width 1 "
      "tc rgb '{}'\n",
      in_quotes(panel.y_label), in_quotes(panel.title), 1 + (canvas.top - 22) / frame_height,
      canvas.title_size, 1 + 12 / frame_height, ink);
}

}  // namespace

std::string picture_style() {
  return fmt::format(
      "set border 3 lc rgb '#888888' lw 0.8\n"
      "set grid back lt 1 lw 0.5 lc rgb '#e4e4e4'\n"
      "set tics out nomirror scale 0.6 tc rgb '{0}'\n"
      "set style data points\n"
      "set style textbox opaque noborder fillcolor rgb '#ffffff' margins 0.2,0.2\n",
      ink);
}

std::string panel_script(const Panel& panel, const Canvas& canvas) {
  const Axes axes = axes_of(panel);
  require_extent(axes.x);
  require_extent(axes.y);
  std::string script = "unset arrow\nunset label\n";
  script += fmt::format("set xlabel {}\n", in_quotes(panel.x_label));
  script += canvas.characters ? words_of_terminal(panel, canvas) : words_of_picture(panel, canvas);
  script += axes_script(panel, axes, canvas);
  for (const Series& series : panel.series)
    for (std::size_t i = 0; series.mark == Mark::arrows && i < series.x.size(); ++i)
      script += arrow(series.x[i], series.y[i], canvas);
  script += labels(panel, axes, canvas);

  std::string plot;
  std::size_t k = 0;
  for (const Series& series : panel.series) {
    if (series.mark == Mark::arrows || series.x.empty()) continue;
    const SeriesScript drawn = series_script(series, k++, panel, axes, canvas);
    script += drawn.data;
    std::string title = series.name.empty() ? "notitle" : "title " + in_quotes(series.name);
    for (const std::string& clause : drawn.clauses) {
      plot += fmt::format("{}{} {}", plot.empty() ? "plot " : ", ", clause, title);
      title = "notitle";
    }
  }
  return script + (plot.empty() ? "plot NaN notitle" : plot) + "\n";
}

}  // namespace mathtool::cli
