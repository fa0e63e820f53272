#include "cli/plot/categories.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "cli/plot/gnuplot_text.hpp"
#include "cli/terminal_text.hpp"
#include "mathtool/math/utf8.hpp"

namespace mathtool::cli {
namespace {

constexpr int longest_aslant = 10;  // columns of text that fit below the axis

/// At most so many columns of a text; "…" is the last of them where it was cut.
std::string shortened(const std::string& text, int columns) {
  const std::string shown = printable(text);
  if (display_width(shown) <= columns) return shown;
  std::size_t end = 0;
  while (true) {
    const std::size_t next = end + math::first_character(std::string_view(shown).substr(end)).bytes;
    if (display_width(std::string_view(shown).substr(0, next)) >= columns) break;
    end = next;
  }
  return shown.substr(0, end) + "…";
}

int longest(const std::vector<std::string>& names) {
  int most = 0;
  for (const std::string& name : names) most = std::max(most, display_width(printable(name)));
  return most;
}

/// The room along an axis for each name, in columns or lines of text.
double room_for_each(char axis, std::size_t names, const Canvas& canvas) {
  const Box frame = canvas.frame();
  const double all =
      axis == 'x' ? frame.width / canvas.letter_width : frame.height / canvas.line_height;
  return all / static_cast<double>(std::max<std::size_t>(names, 1));
}

}  // namespace

bool stand_aslant(const std::vector<std::string>& names, const Canvas& canvas) {
  const int most = longest(names);
  return !canvas.characters && most > 0 && most + 1 > room_for_each('x', names.size(), canvas);
}

std::string category_tics(char axis, const std::vector<std::string>& names, const Canvas& canvas) {
  // One beyond the axis: without any, terminals have no place for the label of the axis.
  if (longest(names) == 0) return fmt::format("set {}tics norotate (\"\" -1)\n", axis);
  const double room = room_for_each(axis, names.size(), canvas);
  const bool aslant = axis == 'x' && stand_aslant(names, canvas);
  int columns = static_cast<int>(canvas.left / canvas.letter_width) - beside_names;
  double needed = 1;  // of that room
  if (aslant) {
    columns = longest_aslant;
    needed = canvas.line_height / canvas.letter_width;
  } else if (axis == 'x') {
    columns = std::max(3, static_cast<int>(room) - 1);
    needed = std::min(columns, longest(names)) + 1;
  }
  const auto step = static_cast<std::size_t>(std::max(1.0, std::ceil(needed / room)));
  std::string script =
      fmt::format("set {}tics {} (", axis, aslant ? "rotate by 35 right" : "norotate");
  for (std::size_t i = 0; i < names.size(); i += step)
    script +=
        fmt::format("{}{} {}", i == 0 ? "" : ", ", in_quotes(shortened(names[i], columns)), i + 1);
  return script + ")\n";
}

}  // namespace mathtool::cli
