#include "cli/render/csv.hpp"

#include "cli/render/plain_cell.hpp"
#include "mathtool/data/csv_format.hpp"

namespace mathtool::cli {

void write_csv(const Table& table, char delimiter, data::OutputFile& out) {
  if (table.columns.empty()) return;
  const auto columns = static_cast<Index>(table.columns.size());
  std::string line;
  const auto write_line = [&](auto&& text_of) {
    line.clear();
    for (Index j = 0; j < columns; ++j) {
      if (j > 0) line += delimiter;
      data::append_field(line, text_of(j), delimiter);
    }
    if (line.empty()) line = "\"\"";  // a blank line would be no row
    line += '\n';
    out.write(line);
  };
  write_line([&](Index j) { return table.columns[static_cast<std::size_t>(j)]; });
  for (Index i = 0; i < table.rows; ++i)
    write_line([&](Index j) { return plain_text(table.cell(i, j)); });
}

}  // namespace mathtool::cli
