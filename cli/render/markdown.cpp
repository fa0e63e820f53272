#include "cli/render/markdown.hpp"

#include <fmt/format.h>

#include "cli/render/plain_cell.hpp"

namespace mathtool::cli {
namespace {

/// A cell must stay on its line and between its pipes; what Markdown would read as type is escaped.
std::string markdown_escaped(const std::string& text) {
  constexpr std::string_view special = "|\\`*<";
  std::string result;
  for (const char c : text) {
    if (c == '\n') {
      result += "<br>";
    } else if (c != '\r') {
      if (special.find(c) != special.npos) result += '\\';
      result += c;
    }
  }
  return result;
}

}  // namespace

void write_markdown(const Table& table, data::OutputFile& out) {
  if (table.columns.empty()) return;
  const auto columns = static_cast<Index>(table.columns.size());
  const auto write_line = [&](auto&& text_of) {
    std::string line = "|";
    for (Index j = 0; j < columns; ++j) line += fmt::format(" {} |", text_of(j));
    out.write(line + "\n");
  };
  write_line([&](Index j) { return markdown_escaped(table.columns[static_cast<std::size_t>(j)]); });
  write_line([&](Index j) { return std::string(is_numeric(table, j) ? "---:" : ":---"); });
  for (Index i = 0; i < table.rows; ++i)
    write_line([&](Index j) { return markdown_escaped(plain_text(table.cell(i, j))); });
}

}  // namespace mathtool::cli
