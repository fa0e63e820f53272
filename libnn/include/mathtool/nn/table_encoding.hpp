#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "mathtool/data/text_cells.hpp"
#include "mathtool/nn/dataset.hpp"
#include "mathtool/nn/table_column.hpp"

namespace mathtool::nn {

/// Rows of a table in memory, numbers and texts apart as `data::RowBlock` has them.
struct TableData {
  std::string source = "table";  ///< where it comes from, for messages
  std::vector<std::string> number_names = {}, text_names = {};
  std::vector<double> numbers = {};      ///< rows × numbers, NaN where missing
  data::TextCells texts = {};            ///< rows × texts
  std::vector<std::int64_t> lines = {};  ///< of the file, for messages; none: rows from 1

  Index rows() const;

  /// Rows that follow. Throws: DimensionError unless they have these columns.
  void append(const RowMatRef& more_numbers, const data::TextCells& more_texts,
              std::span<const std::int64_t> more_lines = {});
};

enum class TargetKind {
  automatic,  ///< texts are classes, and so are whole numbers of which there are at most 20
  classes,
  number
};

struct TableEncodingOptions {
  TargetKind target = TargetKind::automatic;
  Index most_levels = 256;  ///< ≥ 1; a text column of more is rather an identifier
};

/// How a table becomes features and targets: fitted to the rows that a network learns from, and
/// then applied to any.
struct TableEncoding {
  std::vector<TableColumn> columns = {};  ///< numeric ones in their order, then texts in theirs
  std::string target = {};                ///< name of the column to be predicted
  std::vector<std::string> classes = {};  ///< in the order of stats::sort_labels; none: a number
  double target_center = 0, target_scale = 1;  ///< of a number: target = (y − center) / scale
};

/// Every column but the target is a feature. Numeric ones, and a target that is a number, are
/// standardised by the mean and standard deviation of the training rows alone; levels are those of
/// the training rows. Classes are those of all rows, as a class that happens to be absent from the
/// training rows of one fold is nevertheless one.
/// Throws: DomainError for a target that is no column (with the nearest one) and options out of
///         range; DataError that names line and column: a missing or infinite number, or a text
///         column with too many levels; InsufficientDataError for no feature, fewer than two
///         training rows, a target of a single class.
TableEncoding fit_table_encoding(const TableData& table, const std::string& target,
                                 std::span<const Index> training,
                                 const TableEncodingOptions& options = {});

enum class UnknownLevels {
  error,  ///< a DataError that names line, column, level, and the levels there are
  zero    ///< every feature of that column is 0 in that row
};

/// Some rows as features.
struct EncodedRows {
  Batch<float> features = {};       ///< rows × features
  std::vector<Index> unknown = {};  ///< which of them have an unknown level, ascending
  std::string first_unknown = {};   ///< one such, in words; empty: there is none
};

/// Columns are found by name; others are not looked at. A column of texts may be one of numbers
/// here and the other way round, as far as its texts are numbers.
/// Throws: DomainError that names the columns that the table lacks, with the nearest ones;
///         DataError for a missing or infinite number, one so far from the training rows that it
///         is no float, and unknown levels.
/// Cost:   O(rows × columns).
EncodedRows encode_features(const std::vector<TableColumn>& columns, const TableData& table,
                            std::span<const Index> rows,
                            UnknownLevels unknown = UnknownLevels::error);

/// The targets of some rows, one each.
/// Throws: DomainError where the table lacks the target; DataError with the line of a missing
///         value and of a class that is not among those of the encoding.
Batch<float> encode_targets(const TableEncoding& encoding, const TableData& table,
                            std::span<const Index> rows);

/// Both, as a data set.
Dataset encode(const TableEncoding& encoding, const TableData& table, std::span<const Index> rows,
               UnknownLevels unknown = UnknownLevels::error);

/// 0, 1, ..., as many as the table has rows.
std::vector<Index> all_rows(const TableData& table);

}  // namespace mathtool::nn
