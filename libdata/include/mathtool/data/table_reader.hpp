#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "mathtool/data/input.hpp"
#include "mathtool/data/read_options.hpp"
#include "mathtool/data/row_block.hpp"
#include "mathtool/data/table_schema.hpp"
#include "mathtool/math/function_ref.hpp"
#include "mathtool/math/run_control.hpp"

namespace mathtool::data {

/// Which columns a pass reads, by position in the schema, in the order wanted, none twice in one
/// list. A column of either type can be asked for as text.
struct ColumnSelection {
  std::vector<Index> numbers = {};
  std::vector<Index> texts = {};
};

/// Reads a table in blocks of rows. Its first bytes tell what it is:
/// - text (CSV, TSV, other delimiters, blanks): RFC 4180 quoting, CRLF or LF, a byte order mark,
///   quoted newlines; bytes that are not UTF-8 pass through. Blank lines are no rows. Numbers are
///   correctly rounded.
/// - an array (NPY, NPZ, IDX) of numbers: columns x1, x2, ..., all numeric; one dimension is one
///   column, more than two are n × the rest; lines are rows counted from 1, NaN is a missing cell.
///   Of the options, only `sample_rows` applies.
///
/// Throws:  DataError with file, line and column: a ragged row, an open quote, text after a closing
///          quote, a NUL byte, text in a selected numeric column, UTF-16; with file and byte: a
///          broken, short or overlong array; what Input throws. InsufficientDataError: an empty
///          file, a single number, an infinite or overflowing number.
/// Cost:    memory for a few blocks, whatever the length of the file.
/// Ref:     RFC 4180; NumPy Enhancement Proposal 1.
class TableReader {
 public:
  /// Reads the first rows to learn the schema.
  explicit TableReader(Input input, const ReadOptions& options = {});
  TableReader(TableReader&&) noexcept;
  ~TableReader();

  const TableSchema& schema() const;
  const std::string& name() const;  ///< of the input, for messages

  /// Rows in every block of a pass but the last: 1024, fewer in tables of more than 512 columns. It
  /// depends on the number of columns alone, so blocks are the same however the bytes arrive.
  Index rows_per_block() const;

  /// Says, before the first pass, that there will be another (a pipe starts to remember).
  void expect_another_pass();

  /// One pass over all rows: `map` works on several blocks at once, `consume` takes its results in
  /// the order of the rows. The first failure in that order is the one that is thrown.
  ///
  ///     map: (RowBlock&&) → T      consume: (T&&)
  template <class Map, class Consume>
  void read(const ColumnSelection& selection, Map&& map, Consume&& consume,
            const RunControl& run = {});

  /// The same without a parallel step of the caller's own; parsing is parallel nevertheless.
  template <class Consume>
  void read(const ColumnSelection& selection, Consume&& consume, const RunControl& run = {}) {
    read(
        selection, [](RowBlock&& block) { return std::move(block); },
        std::forward<Consume>(consume), run);
  }

 private:
  struct State;

  /// The same of values whose type the caller knows: the program has this code once.
  void read_each(const ColumnSelection& selection,
                 FunctionRef<std::shared_ptr<void>(RowBlock&&)> map,
                 FunctionRef<void(void*)> consume, const RunControl& run);

  std::unique_ptr<State> state_;
};

template <class Map, class Consume>
void TableReader::read(const ColumnSelection& selection, Map&& map, Consume&& consume,
                       const RunControl& run) {
  using T = decltype(map(std::declval<RowBlock&&>()));
  read_each(
      selection,
      [&](RowBlock&& block) -> std::shared_ptr<void> {
        return std::make_shared<T>(map(std::move(block)));
      },
      [&](void* mapped) { consume(std::move(*static_cast<T*>(mapped))); }, run);
}

}  // namespace mathtool::data
