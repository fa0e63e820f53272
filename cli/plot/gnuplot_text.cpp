#include "cli/plot/gnuplot_text.hpp"

#include <fmt/format.h>

#include <cmath>

#include "cli/terminal_text.hpp"

namespace mathtool::cli {

std::string in_quotes(const std::string& text) {
  std::string result = "'";
  for (const char c : printable(text)) result += c == '\'' ? std::string("’") : std::string(1, c);
  return result + "'";
}

std::string number(double x) { return std::isfinite(x) ? fmt::format("{}", x) : "NaN"; }

}  // namespace mathtool::cli
