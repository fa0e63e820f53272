#include "cli/plot/gnuplot_script.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "cli/plot/panel_script.hpp"

namespace mathtool::cli {
namespace {

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

/// Lines that the longest key of a figure takes.
int key_lines(const Figure& figure) {
  constexpr std::ptrdiff_t per_line = 4;
  std::ptrdiff_t most = 0;
  for (const Panel& panel : figure.panels)
    most = std::max(most, std::count_if(panel.series.begin(), panel.series.end(),
                                        [](const Series& series) { return !series.name.empty(); }));
  return static_cast<int>((most + per_line - 1) / per_line);
}

}  // namespace

std::string picture_script(const Figure& figure, FigureKind kind) {
  Canvas canvas = picture_canvas(key_lines(figure));
  const bool cairo = kind == FigureKind::png || kind == FigureKind::pdf;
  if (cairo) canvas.title_size *= 0.75;  // points there, pixels in SVG
  const auto panels = static_cast<double>(figure.panels.size());
  std::string script = "set encoding utf8\n";
  script += terminal_of(kind, panels * canvas.width, canvas.height);
  script += picture_style();
  script += "set multiplot\n";
  for (std::size_t i = 0; i < figure.panels.size(); ++i) {
    const double from_left = static_cast<double>(i) * canvas.width;
    const auto place = [&](const char* margin, double position, double extent) {
      script += fmt::format("set {} at screen {}\n", margin, position / extent);
    };
    place("lmargin", from_left + canvas.left, panels * canvas.width);
    place("rmargin", from_left + canvas.width - canvas.right, panels * canvas.width);
    place("bmargin", canvas.bottom, canvas.height);
    place("tmargin", canvas.height - canvas.top, canvas.height);
    script += panel_script(figure.panels[i], canvas);
  }
  return script + "unset multiplot\n";
}

std::string terminal_script(const Figure& figure, int columns, bool color) {
  const Canvas canvas = terminal_canvas(columns, color);
  std::string script = "set encoding utf8\n";
  script += fmt::format("set terminal dumb noenhanced nofeed size {},{} {}\n", canvas.width,
                        canvas.height, color ? "ansi256" : "mono");
  script += fmt::format("set lmargin {}\nset rmargin {}\nset bmargin {}\nset tmargin {}\n",
                        canvas.left, canvas.right, canvas.bottom, canvas.top);
  for (const Panel& panel : figure.panels) script += panel_script(panel, canvas);
  return script;
}

}  // namespace mathtool::cli
