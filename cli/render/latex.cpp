#include "cli/render/latex.hpp"

#include "cli/render/plain_cell.hpp"

namespace mathtool::cli {
namespace {

std::string latex_escaped(const std::string& text) {
  constexpr std::string_view special = "&%$#_{}";
  std::string result;
  for (const char c : text) {
    if (special.find(c) != special.npos)
      result += std::string("\\") + c;
    else if (c == '\\')
      result += "\\textbackslash{}";
    else if (c == '~')
      result += "\\textasciitilde{}";
    else if (c == '^')
      result += "\\textasciicircum{}";
    else if (c == '\n' || c == '\r')
      result += ' ';
    else
      result += c;
  }
  return result;
}

/// In mathematics, so that a minus is one and an exponent stands where it belongs.
std::string number(const Cell& cell) {
  std::string text = plain_text(cell);
  if (text.empty()) return text;
  if (text.ends_with("inf")) text.replace(text.size() - 3, 3, "\\infty");
  const std::size_t e = text.find('e');
  if (e != std::string::npos) {
    const int exponent = std::stoi(text.substr(e + 1));
    text = text.substr(0, e) + " \\times 10^{" + std::to_string(exponent) + "}";
  }
  return "$" + text + "$";
}

}  // namespace

void write_latex(const Table& table, data::OutputFile& out) {
  if (table.columns.empty()) return;
  const auto columns = static_cast<Index>(table.columns.size());
  const auto write_line = [&](auto&& text_of) {
    std::string line;
    for (Index j = 0; j < columns; ++j) line += (j > 0 ? " & " : "") + text_of(j);
    out.write(line + " \\\\\n");
  };
  std::string alignment;
  for (Index j = 0; j < columns; ++j) alignment += is_numeric(table, j) ? 'r' : 'l';

  out.write("\\begin{tabular}{" + alignment + "}\n\\toprule\n");
  write_line([&](Index j) { return latex_escaped(table.columns[static_cast<std::size_t>(j)]); });
  out.write("\\midrule\n");
  for (Index i = 0; i < table.rows; ++i)
    write_line([&](Index j) {
      const std::string formula = table.mathematics ? table.mathematics(i, j) : "";
      if (!formula.empty()) return "$" + formula + "$";
      const Cell cell = table.cell(i, j);
      return std::holds_alternative<std::string>(cell) ? latex_escaped(plain_text(cell))
                                                       : number(cell);
    });
  out.write("\\bottomrule\n\\end{tabular}\n");
}

}  // namespace mathtool::cli
