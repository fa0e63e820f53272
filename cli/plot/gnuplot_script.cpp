#include "cli/plot/gnuplot_script.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "cli/plot/categories.hpp"
#include "cli/plot/panel_script.hpp"
#include "cli/terminal_text.hpp"

namespace mathtool::cli {
namespace {

constexpr std::size_t longest_row = 4;  // of panels in a picture

std::string terminal_of(FigureKind kind, double width, double height) {
  switch (kind) {
    case FigureKind::png:  // twice the pixels, for screens that have them
      return fmt::format(
          "set terminal pngcairo noenhanced size {},{} font 'Sans,10' fontscale 2 linewidth 2 "
          "pointscale 2 background '#ffffff'\n",
          2 * width, 2 * height);
    case FigureKind::pdf:
      return fmt::format(
          "set terminal pdfcairo noenhanced size {},{} font 'Sans,10' fontscale 1 linewidth 1.5 "
          "background '#ffffff'\n",
          width / 72, height / 72);
    case FigureKind::svg:
    case FigureKind::html: break;
  }
  return fmt::format(
      "set terminal svg noenhanced size {},{} font 'Helvetica,Arial,sans-serif,13' "
      "background '#ffffff'\n",
      width, height);
}

/// Lines that the longest key of a figure takes, with entries in columns as wide as the longest.
int key_lines(const Figure& figure, const Canvas& canvas) {
  constexpr double sample = 8;  // columns that an entry takes beside its name
  double most = 0;
  for (const Panel& panel : figure.panels) {
    double entries = 0, longest = 0;
    for (const Series& series : panel.series) {
      if (series.name.empty()) continue;
      ++entries;
      longest = std::max<double>(longest, display_width(printable(series.name)));
    }
    const double width = (longest + sample) * canvas.letter_width;
    most = std::max(most,
                    std::ceil(entries / std::max(1.0, std::floor(canvas.frame().width / width))));
  }
  return static_cast<int>(most);
}

/// Wider margins where keys, names, or the colours of a heatmap and their scale stand in them.
void make_room(const Figure& figure, Canvas& canvas) {
  constexpr double aslant = 45, color_scale = 64;  // pixels
  constexpr int longest_name = 16;
  double names = 0, below = 0, beside = 0;
  for (const Panel& panel : figure.panels) {
    for (const std::string& name : panel.y_categories)
      names = std::max<double>(
          names, std::min(longest_name, display_width(printable(name))) + beside_names);
    if (stand_aslant(panel.x_categories, canvas)) below = aslant;
    for (const Series& series : panel.series)
      if (series.mark == Mark::heatmap && !canvas.characters) beside = color_scale;
  }
  const bool titles = std::any_of(figure.panels.begin(), figure.panels.end(),
                                  [](const Panel& panel) { return !panel.title.empty(); });
  const double above = canvas.line_height * (key_lines(figure, canvas) - (titles ? 0 : 1));
  canvas.top += above;
  canvas.height += above;
  const double left = std::max(canvas.left, names * canvas.letter_width);
  if (!canvas.characters) canvas.width += beside + left - canvas.left;
  canvas.left = left;
  canvas.right += beside;
  canvas.bottom += below;
  canvas.height += below;
}

}  // namespace

std::string picture_script(const Figure& figure, FigureKind kind) {
  Canvas canvas = picture_canvas();
  make_room(figure, canvas);
  const bool cairo = kind == FigureKind::png || kind == FigureKind::pdf;
  if (cairo) canvas.title_size *= 0.75;  // points there, pixels in SVG
  const std::size_t panels = figure.panels.size(), in_a_row = std::min(panels, longest_row);
  const std::size_t rows = (panels + longest_row - 1) / longest_row;
  const double width = static_cast<double>(in_a_row) * canvas.width;
  const double height = static_cast<double>(rows) * canvas.height;
  std::string script = "set encoding utf8\n";
  script += terminal_of(kind, width, height);
  script += picture_style();
  script += "set multiplot\n";
  for (std::size_t i = 0; i < panels; ++i) {
    const double from_left = static_cast<double>(i % longest_row) * canvas.width;
    const double from_top = static_cast<double>(i / longest_row) * canvas.height;
    const auto place = [&](const char* margin, double position, double extent) {
      script += fmt::format("set {} at screen {}\n", margin, position / extent);
    };
    place("lmargin", from_left + canvas.left, width);
    place("rmargin", from_left + canvas.width - canvas.right, width);
    place("bmargin", height - from_top - canvas.height + canvas.bottom, height);
    place("tmargin", height - from_top - canvas.top, height);
    script += panel_script(figure.panels[i], canvas);
  }
  return script + "unset multiplot\n";
}

std::string terminal_script(const Figure& figure, int columns, bool color) {
  Canvas canvas = terminal_canvas(columns, color);
  make_room(figure, canvas);
  std::string script = "set encoding utf8\n";
  script += fmt::format("set terminal dumb noenhanced nofeed size {},{} {}\n", canvas.width,
                        canvas.height, color ? "ansi256" : "mono");
  script += fmt::format("set lmargin {}\nset rmargin {}\nset bmargin {}\nset tmargin {}\n",
                        canvas.left, canvas.right, canvas.bottom, canvas.top);
  for (const Panel& panel : figure.panels) script += panel_script(panel, canvas);
  return script;
}

}  // namespace mathtool::cli
