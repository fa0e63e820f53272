#include "cli/plot/plot.hpp"

#include <algorithm>
#include <string_view>
#include <utility>

#include "cli/plot/figure_file.hpp"
#include "cli/plot/gnuplot.hpp"
#include "cli/plot/gnuplot_script.hpp"
#include "cli/terminal.hpp"

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

/// A picture of the same data has the same bytes at any time: its date is that of the Unix epoch.
std::string with_fixed_date(std::string pdf) {
  constexpr std::string_view label = "/CreationDate (D:", date = "19700101000000";
  const std::size_t found = pdf.find(label);
  if (found != pdf.npos) pdf.replace(found + label.size(), date.size(), date);
  return pdf;
}

/// gnuplot fills every line with blanks, leaves several lines empty, and ends pages for a printer,
/// the last line of one before the next with nothing else.
std::string tidy(std::string drawing) {
  std::replace(drawing.begin(), drawing.end(), '\f', '\n');
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

}  // namespace

std::string drawing_in_characters(const Figure& figure, bool colored) {
  constexpr int widest = 100;
  return tidy(run_gnuplot(terminal_script(figure, std::min(terminal_width(), widest), colored)));
}

data::OutputFile draw_to_file(const Figure& figure, const std::string& path) {
  const FigureKind kind = figure_kind(path).value();
  data::OutputFile out(path);
  std::string picture = run_gnuplot(picture_script(figure, kind));
  if (kind == FigureKind::html) picture = html_page(picture);
  if (kind == FigureKind::pdf) picture = with_fixed_date(std::move(picture));
  out.write(picture);
  return out;
}

}  // namespace mathtool::cli
