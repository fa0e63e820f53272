#include "cli/plot/panel_script.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "cli/terminal_text.hpp"

namespace mathtool::cli {
namespace {

/// Distinct for colour-blind readers too. Ref: Okabe & Ito, Color Universal Design (2008).
constexpr std::array palette = {"#0072B2", "#D55E00", "#009E73", "#CC79A7",
                                "#E69F00", "#56B4E9", "#777777"};
constexpr std::array point_types = {7, 9, 5, 13, 11, 15, 3};  // filled: circle, triangle, square
constexpr std::array letters = {"o", "x", "+", "#", "@", "%", "&"};
constexpr std::array line_types = {2, 1, 3, 4, 5, 6, 7};  // of a terminal, drawn as # * $ % @ & =
constexpr const char* ink = "#333333";

/// In single quotes, between which gnuplot neither runs commands nor knows escapes. An apostrophe
/// becomes a typographic one: gnuplot 5.4 does not take a doubled one after the opening quote.
std::string quoted(const std::string& text) {
  std::string result = "'";
  for (const char c : printable(text)) result += c == '\'' ? std::string("’") : std::string(1, c);
  return result + "'";
}

std::string number(double x) { return std::isfinite(x) ? fmt::format("{}", x) : "NaN"; }

std::string data_block(const std::string& name, const std::vector<double>& x,
                       const std::vector<double>& y) {
  std::string block = name + " << END\n";
  for (std::size_t i = 0; i < x.size(); ++i) block += number(x[i]) + " " + number(y[i]) + "\n";
  return block + "END\n";
}

/// A terminal does not fill a box, so each of its columns becomes a line of its own.
Series filled_bars(const Series& bars, const Axes& axes, const Canvas& canvas) {
  constexpr double share = 0.6;  // of the distance to the next bar
  const double column = (axes.x.high - axes.x.low) / canvas.frame().width;
  Series lines{.name = bars.name};
  for (std::size_t i = 0; i < bars.x.size(); ++i)
    for (double x = bars.x[i] - share / 2; x <= bars.x[i] + share / 2; x += column) {
      lines.x.push_back(x);
      lines.y.push_back(bars.y[i]);
    }
  return lines;
}

/// `with ...` of the k-th series that a panel plots.
std::string style(Mark mark, std::size_t k, const Canvas& canvas) {
  const std::size_t c = k % palette.size();
  std::string color = fmt::format("lc rgb '{}'", palette[c]);
  if (canvas.characters)
    color = canvas.color ? fmt::format("lt {} {}", line_types[c], color)
                         : fmt::format("lt {}", line_types[c]);
  const std::string point = canvas.characters ? fmt::format("pt '{}'", letters[c])
                                              : fmt::format("pt {} ps 0.6", point_types[c]);
  switch (mark) {
    case Mark::line: return fmt::format("with lines {} lw 1.5", color);
    case Mark::points: return fmt::format("with points {} {}", color, point);
    case Mark::line_points: return fmt::format("with linespoints {} lw 1.5 {}", color, point);
    case Mark::bars:
      return canvas.characters ? fmt::format("with impulses {}", color)
                               : fmt::format("with boxes {} fs solid 0.85 noborder", color);
    case Mark::arrows: break;
  }
  return "";
}

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
    script += fmt::format("set label {} at {},{} center front{}\n", quoted(texts[i]),
                          number(middle.x), number(middle.y),
                          canvas.characters ? "" : fmt::format(" tc rgb '{}' boxed", ink));
  }
  return script;
}

std::string axes_script(const Panel& panel, const Axes& axes, const Canvas& canvas) {
  std::string script = fmt::format("set xrange [{}:{}]\nset yrange [{}:{}]\n", number(axes.x.low),
                                   number(axes.x.high), number(axes.y.low), number(axes.y.high));
  if (panel.integer_x) {
    constexpr double most_ticks = 12;
    const double step = std::max(1.0, std::ceil((axes.x.high - axes.x.low) / most_ticks));
    script += fmt::format("set xtics {},{}\n", number(std::ceil(axes.x.low)), number(step));
  } else {
    script += "set xtics autofreq\n";
  }
  for (const char axis : {'x', 'y'})
    script += panel.cross_at_zero
                  ? fmt::format("set {}zeroaxis {}\n", axis,
                                canvas.characters ? "lt 0" : "lt 1 lc rgb '#999999' lw 0.8")
                  : fmt::format("unset {}zeroaxis\n", axis);
  return script;
}

/// Letters do not turn in a terminal, so the label of the y axis stands above it.
std::string words_of_terminal(const Panel& panel, const Canvas& canvas) {
  return fmt::format(
      "set border 3\nset tics out nomirror\nset key tmargin center horizontal\nset title {}\n"
      "set label {} at character 1, character {} left\n",
      quoted(panel.title), quoted(panel.y_label), canvas.height - canvas.top);
}

/// The title stands over the left end of the axes, the key in a row below it.
std::string words_of_picture(const Panel& panel, const Canvas& canvas) {
  const double frame_height = canvas.frame().height;
  return fmt::format(
      "set ylabel {} offset 0.5,0\n"
      "set label {} at graph 0, graph {} left font ',{}'\n"
      "set key at graph 0, graph {} left bottom horizontal reverse Left samplen 1.2 width 1 "
      "tc rgb '{}'\n",
      quoted(panel.y_label), quoted(panel.title), 1 + (canvas.top - 22) / frame_height,
      canvas.title_size, 1 + 12 / frame_height, ink);
}

}  // namespace

std::string picture_style() {
  return fmt::format(
      "set border 3 lc rgb '#888888' lw 0.8\n"
      "set grid back lt 1 lw 0.5 lc rgb '#e4e4e4'\n"
      "set tics out nomirror scale 0.6 tc rgb '{0}'\n"
      "set boxwidth 0.6\n"
      "set style data points\n"
      "set style textbox opaque noborder fillcolor rgb '#ffffff' margins 0.2,0.2\n",
      ink);
}

std::string panel_script(const Panel& panel, const Canvas& canvas) {
  const Axes axes = axes_of(panel);
  std::string script = "unset arrow\nunset label\n";
  script += fmt::format("set xlabel {}\n", quoted(panel.x_label));
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
    const bool as_lines = canvas.characters && series.mark == Mark::bars;
    const Series drawn = as_lines ? filled_bars(series, axes, canvas) : series;
    const std::string name = fmt::format("$data{}", k);
    script += data_block(name, drawn.x, drawn.y);
    plot += fmt::format("{}{} using 1:2 {} {}", plot.empty() ? "plot " : ", ", name,
                        style(series.mark, k, canvas),
                        series.name.empty() ? "notitle" : "title " + quoted(series.name));
    ++k;
  }
  return script + (plot.empty() ? "plot NaN notitle" : plot) + "\n";
}

}  // namespace mathtool::cli
