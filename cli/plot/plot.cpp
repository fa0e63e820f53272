#include "cli/plot/plot.hpp"

#include <unistd.h>

#include <algorithm>

#include "cli/plot/figure_file.hpp"
#include "cli/plot/gnuplot.hpp"
#include "cli/plot/gnuplot_script.hpp"
#include "cli/standard_error.hpp"
#include "cli/terminal.hpp"
#include "mathtool/data/output_file.hpp"

namespace mathtool::cli {
namespace {

/// A page that holds nothing but the picture and needs nothing from anywhere.
std::string html_page(const std::string& svg) {
  return "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
         "<title>mathtool</title>\n"
         "<style>body { margin: 2em; text-align: center } svg { max-width: 100%; height: auto }"
         "</style>\n</head>\n<body>\n" +
         svg.substr(std::min(svg.find("<svg"), svg.size())) + "</body>\n</html>\n";
}

/// gnuplot fills every line with blanks, leaves several lines empty, and ends pages for a printer.
std::string tidy(std::string drawing) {
  drawing.erase(std::remove(drawing.begin(), drawing.end(), '\f'), drawing.end());
  std::string result = "\n";
  std::size_t begin = 0;
  while (begin < drawing.size()) {
    const std::size_t end = std::min(drawing.find('\n', begin), drawing.size());
    std::string line = drawing.substr(begin, end - begin);
    line.erase(line.find_last_not_of(' ') + 1);
    const bool doubled = result == "\n" || result.ends_with("\n\n");
    if (!line.empty() || !doubled) result += line + "\n";
    begin = end + 1;
  }
  return result;
}

void draw_in_terminal(const Figure& figure, const GlobalOptions& global) {
  constexpr int widest = 100;
  // On standard output, unless a program reads there.
  const bool to_stdout = global.format == Format::table || global.output != "-";
  const bool color = use_color(global.color, to_stdout ? STDOUT_FILENO : STDERR_FILENO);
  const std::string script = terminal_script(figure, std::min(terminal_width(), widest), color);
  const std::string drawing = tidy(run_gnuplot(script));
  if (!to_stdout) return write_stderr(drawing);
  data::OutputFile out("-");
  out.write(drawing);
  out.commit();
}

}  // namespace

void draw(const Figure& figure, const GlobalOptions& global) {
  const auto kind = figure_kind(global.plot_path);
  if (!kind) return draw_in_terminal(figure, global);
  const std::string picture = run_gnuplot(picture_script(figure, *kind));
  data::OutputFile out(global.plot_path);
  out.write(*kind == FigureKind::html ? html_page(picture) : picture);
  out.commit();
}

}  // namespace mathtool::cli
