#include "dialect_detection.hpp"

#include <algorithm>
#include <map>
#include <vector>

#include "cell_reader.hpp"

namespace mathtool::data {
namespace {

/// Carriage returns end the lines where they stand outside quotes and line feeds do not.
char detect_line_end(std::string_view start) {
  bool quoted = false, carriage_return = false;
  for (const char c : start) {
    if (c == '"') quoted = !quoted;
    if (quoted) continue;
    if (c == '\n') return '\n';
    carriage_return |= c == '\r';
  }
  return carriage_return ? '\r' : '\n';
}

/// How a delimiter divides the first records.
struct Division {
  TextDialect dialect = {};
  Index records = 0;
  Index fields = 0;                ///< the commonest number of fields in a record
  Index records_of_that_size = 0;  ///< and in how many it is
  double number_share = 0;         ///< numbers per cell
  bool has_numeric_column = false;

  bool even() const { return fields >= 2 && records_of_that_size == records; }
  bool mostly_even() const { return fields >= 2 && 2 * records_of_that_size >= records; }
  bool never_divides() const { return fields == 1 && records_of_that_size == records; }
};

Division divide(std::string_view start, TextEnd end, const TextDialect& dialect,
                const CellReader& cells) {
  constexpr Index most_records = 100;
  constexpr std::size_t most_bytes = 1 << 20;
  Division division{.dialect = dialect};
  std::map<Index, Index> records_by_size;
  std::vector<Index> numbers_in_column;
  Index all_cells = 0, numbers = 0, first_size = 0;
  RecordScanner scanner(start, dialect, 1, end);
  while (division.records < most_records && scanner.position() < most_bytes) {
    const auto record = scanner.next();
    if (!record) break;
    std::size_t column = 0;
    for (FieldCursor cursor(record->text, dialect); !cursor.done(); ++column) {
      if (column == numbers_in_column.size()) numbers_in_column.push_back(0);
      double value;
      const bool number = cells.take(cursor, value) == CellKind::number;
      numbers_in_column[column] += number;
      numbers += number;
    }
    const auto size = static_cast<Index>(column);
    if (division.records++ == 0) first_size = size;
    ++records_by_size[size];
    all_cells += size;
  }
  for (const auto& [size, records] : records_by_size) {
    const bool tie = records == division.records_of_that_size;
    if (records < division.records_of_that_size || (tie && size != first_size)) continue;
    division.fields = size;
    division.records_of_that_size = records;
  }
  if (all_cells > 0) division.number_share = static_cast<double>(numbers) / double(all_cells);
  division.has_numeric_column =
      std::any_of(numbers_in_column.begin(), numbers_in_column.end(),
                  [&](Index count) { return 2 * count >= division.records; });
  return division;
}

/// The candidates in the order in which they win a tie.
std::string candidates(const ReadOptions& options, const std::string& name) {
  std::string result = ",\t;|:";
  if (name.ends_with(".tsv") || name.ends_with(".tab")) result = "\t,;|:";
  std::erase(result, options.decimal);
  return result;
}

}  // namespace

TextDialect detect_dialect(std::string_view start, TextEnd end, const ReadOptions& options,
                           const std::string& name) {
  TextDialect dialect{.line_end = detect_line_end(start), .decimal = options.decimal};
  if (options.delimiter) {
    dialect.delimiter = *options.delimiter;
    return dialect;
  }
  const CellReader cells(options);
  const std::string order = candidates(options, name);
  std::vector<Division> divisions;
  for (const char candidate : order) {
    dialect.delimiter = candidate;
    divisions.push_back(divide(start, end, dialect, cells));
  }
  const bool named_for_tabs = order.front() == '\t';
  if (named_for_tabs && divisions.front().even()) return divisions.front().dialect;

  // Among even divisions the one with more numbers wins. Without any, it is a delimiter that half
  // of the rows agree on, so that a ragged row is reported as such.
  const Division* best = nullptr;
  for (const Division& division : divisions)
    if (division.even() && (!best || division.number_share > best->number_share)) best = &division;
  if (best) return best->dialect;
  for (const Division& division : divisions) {
    if (!division.mostly_even()) continue;
    if (!best || division.records_of_that_size > best->records_of_that_size) best = &division;
  }
  if (best) return best->dialect;

  dialect.delimiter = ' ';
  const Division blanks = divide(start, end, dialect, cells);
  if (blanks.even() && blanks.has_numeric_column) return dialect;
  for (const Division& division : divisions)
    if (division.never_divides()) return division.dialect;
  return divisions.front().dialect;
}

}  // namespace mathtool::data
