#include "table_faults.hpp"

#include <fmt/core.h>

#include <algorithm>

#include "excerpt.hpp"
#include "mathtool/data/column_selection.hpp"

namespace mathtool::data {

std::string open_quote_fault(const std::string& table, std::int64_t line) {
  return fmt::format("{}:{}: a quote opens here and never closes", table, line);
}

std::optional<std::string> nul_fault(const std::string& table, const Record& record) {
  const std::size_t at = record.text.find('\0');
  if (at == std::string_view::npos) return std::nullopt;
  const auto line_ends =
      std::count(record.text.begin(), record.text.begin() + std::ptrdiff_t(at), '\n');
  return fmt::format("{}:{}: a NUL byte; is this a binary file?", table, record.line + line_ends);
}

std::optional<std::string> structure_fault(const std::string& table, const Record& record,
                                           const TextDialect& dialect, Index columns) {
  Index fields = 0;
  for (FieldCursor cursor(record.text, dialect); !cursor.done(); ++fields) {
    const Field field = cursor.next();
    if (!field.well_formed)
      return fmt::format("{}:{}: text follows the closing quote of \"{}\"", table, record.line,
                         excerpt(field.text));
  }
  if (fields == columns) return std::nullopt;
  return fmt::format("{}:{}: {} {} where {} {} expected", table, record.line, fields,
                     fields == 1 ? "field" : "fields", columns, columns == 1 ? "is" : "are");
}

std::string cell_fault(const std::string& table, std::int64_t line, const std::string& column,
                       CellKind kind, const std::string& cell) {
  const std::string place = fmt::format("{}:{}: column '{}' has", table, line, excerpt(column));
  const std::string shown = excerpt(cell);
  const std::string remedy =
      fmt::format("add it with --na or exclude it with -c '{}'", excerpt(exclusion_of(column)));
  if (kind == CellKind::infinite)
    return fmt::format("{} the infinite value \"{}\"; {}", place, shown, remedy);
  if (kind == CellKind::too_large)
    return fmt::format("{} \"{}\", which is too large for a double; {}", place, shown, remedy);
  return fmt::format("{} text \"{}\"; {}", place, shown, remedy);
}

}  // namespace mathtool::data
