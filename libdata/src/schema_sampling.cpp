#include "schema_sampling.hpp"

#include <numeric>

#include "blanks.hpp"
#include "column_names.hpp"
#include "excerpt.hpp"
#include "mathtool/math/error.hpp"
#include "row_sampler.hpp"
#include "table_faults.hpp"

namespace mathtool::data {
namespace {

bool holds_number(const Record& record, const TextDialect& dialect, const CellReader& cells) {
  for (FieldCursor cursor(record.text, dialect); !cursor.done();) {
    double value;
    if (cells.understand(cursor.next(), value) == CellKind::number) return true;
  }
  return false;
}

std::string header_name(const Field& field) {
  return field.quoted ? field.content() : std::string(trim_blanks(field.text));
}

std::vector<std::string> column_names(const Record& first, const TextDialect& dialect,
                                      bool has_header) {
  std::vector<std::string> names;
  for (FieldCursor cursor(first.text, dialect); !cursor.done();) {
    const Field field = cursor.next();
    names.push_back(has_header ? header_name(field) : "");
  }
  return names;
}

/// What one row tells about the types of its columns.
void learn_types(TableSchema& schema, const std::vector<SampledCell>& row, std::int64_t line) {
  for (std::size_t j = 0; j < row.size(); ++j) {
    Column& column = schema.columns[j];
    const auto& [place, kind, value] = row[j];
    if (kind == CellKind::missing) continue;
    ++column.sample_present;
    if (kind != CellKind::text) {
      ++column.sample_numbers;
    } else if (column.first_text_line == 0) {
      column.first_text_line = line;
      column.first_text = excerpt(FieldCursor(place).next().content());
    }
  }
}

/// Why reading will refuse this row, if it will.
std::optional<std::string> row_fault(const std::string& name, const Record& record,
                                     const TextDialect& dialect, Index columns, BadRows bad_rows) {
  auto fault = nul_fault(name, record);
  if (fault || bad_rows == BadRows::skip) return fault;
  fault = structure_fault(name, record, dialect, columns);
  if (fault) *fault += skip_remedy;
  return fault;
}

/// The same for the first such row of the sample.
std::optional<std::string> first_fault(const TableSample& sample, const TableSchema& schema,
                                       const ReadOptions& options, const std::string& name) {
  RecordScanner scanner(sample.text, sample.dialect, 1, sample.end);
  if (schema.has_header) scanner.next();
  for (std::int64_t row = 0; row < schema.sample_rows; ++row) {
    const auto fault = row_fault(name, *scanner.next(), sample.dialect, std::ssize(schema.columns),
                                 options.bad_rows);
    if (fault) return fault;
  }
  if (!scanner.next() && scanner.open_quote() && sample.end == TextEnd::of_table)
    return open_quote_fault(name, *scanner.open_quote());
  return std::nullopt;
}

}  // namespace

TableSchema sample_schema(const TableSample& sample, const ReadOptions& options,
                          const std::string& name) {
  const TextDialect& dialect = sample.dialect;
  const CellReader cells(options);
  RecordScanner scanner(sample.text, dialect, 1, sample.end);
  std::optional<Record> record = scanner.next();
  if (!record) throw DataError(open_quote_fault(name, scanner.open_quote().value()));
  if (const auto fault = nul_fault(name, *record)) throw DataError(*fault);

  TableSchema schema;
  schema.delimiter = dialect.delimiter;
  schema.has_header = options.header.value_or(!holds_number(*record, dialect, cells));
  std::vector<std::string> names = column_names(*record, dialect, schema.has_header);
  const std::string note = make_names_unique(names);
  if (!note.empty()) schema.notes.push_back(note);
  for (std::string& column : names) schema.columns.push_back({.name = std::move(column)});

  const std::size_t columns = schema.columns.size();
  std::vector<std::size_t> counting(columns);  // columns that have counted the rows so far
  std::iota(counting.begin(), counting.end(), std::size_t{0});
  std::int64_t rows_of_numbers = 0;
  RowSampler rows(dialect, cells);
  if (schema.has_header) record = scanner.next();
  for (; record && schema.sample_rows < options.sample_rows; record = scanner.next()) {
    const auto number = static_cast<double>(++schema.sample_rows);
    if (const double* values = rows.read_numbers(*record, columns)) {
      ++rows_of_numbers;
      std::erase_if(counting, [&](std::size_t j) { return values[j] != number; });
      continue;
    }
    const std::vector<SampledCell>& row = rows.read(*record, columns);
    if (row.size() != columns) continue;
    learn_types(schema, row, record->line);
    std::erase_if(counting, [&](std::size_t j) {
      return row[j].kind != CellKind::number || row[j].value != number;
    });
  }
  for (Column& column : schema.columns) {
    column.sample_present += rows_of_numbers;
    column.sample_numbers += rows_of_numbers;
    if (column.sample_present > 0 && 2 * column.sample_numbers >= column.sample_present)
      column.type = ColumnType::numeric;
  }
  for (const std::size_t j : counting) schema.columns[j].counts_rows = schema.sample_rows >= 3;
  // Otherwise the rows that cannot be read would pass for a table without numbers.
  if (schema.columns_of(ColumnType::numeric).empty())
    if (const auto fault = first_fault(sample, schema, options, name)) throw DataError(*fault);
  return schema;
}

}  // namespace mathtool::data
