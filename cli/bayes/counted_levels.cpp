#include "cli/bayes/counted_levels.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>
#include <utility>

#include "cli/kept_memory.hpp"
#include "cli/table_pass.hpp"
#include "mathtool/data/column_selection.hpp"
#include "mathtool/data/csv_format.hpp"
#include "mathtool/math/error.hpp"

namespace mathtool::cli {
namespace {

struct MassColumn {
  MassKind kind = MassKind::row;
  std::optional<Index> column = {};
};

/// --weights, else the column of that name unless -c excludes it.
MassColumn find_mass(const TableOptions& options, const TableInput& input) {
  if (input.weights) return {MassKind::count, input.weights};
  const std::vector<std::string> names = input.reader.schema().names();
  const std::vector<Index> excluded = data::pick_columns(names, options.columns).excluded;
  MassColumn mass;
  for (const auto& [name, kind] :
       {std::pair{"count", MassKind::count}, std::pair{"probability", MassKind::probability}}) {
    const auto place = std::find(names.begin(), names.end(), name);
    const Index column = place - names.begin();
    if (place == names.end() || std::count(excluded.begin(), excluded.end(), column) > 0) continue;
    require(!mass.column, "there are columns 'count' and 'probability'; leave one out, as in {}",
            "-c '!count'");
    mass = {kind, column};
  }
  return mass;
}

/// Makes the columns of the variables the picked ones, with the masses as the last of the numbers.
void set_aside_mass(const MassColumn& mass, TableInput& input) {
  const data::TableSchema& schema = input.reader.schema();
  if (mass.column) {
    const Index column = *mass.column;
    const data::Column& described = schema.columns[static_cast<std::size_t>(column)];
    require<DataError>(described.type == data::ColumnType::numeric, "{}: column '{}' is {}",
                       input.reader.name(), described.name, why_skipped(described, schema));
    for (std::vector<Index>* columns : {&input.picked, &input.numeric})
      std::erase(*columns, column);
    input.numeric.push_back(column);
    input.weights.reset();
    // Rows are cells: no note is due where their levels count 1, 2, 3, ...
    input.notes = schema.notes;
    if (input.filter)
      input.notes.insert(input.notes.end(), input.filter->notes().begin(),
                         input.filter->notes().end());
  }
  input.carried = std::exchange(input.picked_texts, {});
  require(!input.picked.empty(), "{} has no column of levels; name some with -c",
          input.reader.name());
  constexpr Index most_variables = 20;
  require(std::ssize(input.picked) <= most_variables,
          "{} has {} columns; name the variables, at most {}, with -c", input.reader.name(),
          input.picked.size(), most_variables);
}

/// Where the level of a variable stands in a block.
struct Source {
  Index column = 0;  ///< of the table
  bool numeric = false;
  Index place = 0;  ///< among the numbers or the texts of a row
};

std::vector<Source> sources_of(const TableInput& input) {
  std::vector<Source> sources;
  for (const Index column : input.picked) {
    const auto number = std::find(input.numeric.begin(), input.numeric.end(), column);
    const auto text = std::find(input.carried.begin(), input.carried.end(), column);
    const bool numeric = number != input.numeric.end();
    sources.push_back(
        {column, numeric, numeric ? number - input.numeric.begin() : text - input.carried.begin()});
  }
  return sources;
}

struct Part {
  stats::Contingency cells;
  data::RowCount count;
  std::vector<std::int64_t> missing_texts;

  void merge(const Part& other) {
    cells.merge(other.cells);
    count.merge(other.count);
    missing_texts.resize(other.missing_texts.size());
    for (std::size_t t = 0; t < missing_texts.size(); ++t)
      missing_texts[t] += other.missing_texts[t];
  }
};

/// Counts the rows of one block.
class BlockCounter {
 public:
  BlockCounter(const TableInput& input, bool weighted)
      : input_(input), sources_(sources_of(input)), weighted_(weighted) {}

  Part count(AllRows&& rows) const {
    const data::RowBlock& block = rows.block;
    Part part{stats::Contingency(input_.names(input_.picked)), {}, {}};
    part.count = {
        .read = block.rows(), .bad_rows = block.bad_rows, .first_bad_row = block.first_bad_row};
    part.count.missing.assign(input_.numeric.size(), 0);
    part.missing_texts.assign(input_.carried.size(), 0);
    for (Index row = 0; row < block.rows(); ++row) {
      if (!rows.kept.empty() && !rows.kept[static_cast<std::size_t>(row)])
        ++part.count.filtered;
      else
        push(block, row, part);
    }
    return part;
  }

 private:
  void push(const data::RowBlock& block, Index row, Part& part) const {
    std::vector<std::array<char, data::number_room>> decimals(sources_.size());
    std::vector<std::string_view> levels(sources_.size());
    bool complete = true;
    for (std::size_t v = 0; v < sources_.size(); ++v) {
      const auto& [column, numeric, place] = sources_[v];
      if (numeric) {
        char* begin = decimals[v].data();
        const double x = block.numbers(row, place) + 0.0;  // −0 is 0
        levels[v] = {begin, static_cast<std::size_t>(data::write_number(begin, x) - begin)};
      } else {
        levels[v] = block.texts[row * std::ssize(input_.carried) + place];
      }
      if (numeric ? !levels[v].empty() : !input_.is_missing(levels[v])) continue;
      refuse_missing(block, row, column);
      ++(numeric ? part.count.missing : part.missing_texts)[static_cast<std::size_t>(place)];
      complete = false;
    }
    const double mass = mass_of(block, row);
    if (std::isnan(mass)) ++part.count.missing.back();
    if (!complete || std::isnan(mass)) return;
    part.cells.push(levels, mass);
    ++part.count.used;
  }

  double mass_of(const data::RowBlock& block, Index row) const {
    if (!weighted_) return 1;
    const double mass = block.numbers(row, std::ssize(input_.numeric) - 1);
    if (std::isnan(mass)) refuse_missing(block, row, input_.numeric.back());
    if (mass < 0)
      throw DataError(fmt::format("{}:{}: column '{}' has {}; a count or probability must be >= 0",
                                  input_.reader.name(), line(block, row),
                                  input_.column_name(input_.numeric.back()), mass));
    return mass;
  }

  /// Under --missing error.
  void refuse_missing(const data::RowBlock& block, Index row, Index column) const {
    if (input_.missing != data::MissingPolicy::error) return;
    throw DataError(
        fmt::format("{}:{}: column '{}' has no value; --missing drop leaves such rows out",
                    input_.reader.name(), line(block, row), input_.column_name(column)));
  }

  static std::int64_t line(const data::RowBlock& block, Index row) {
    return block.lines[static_cast<std::size_t>(row)];
  }

  const TableInput& input_;
  std::vector<Source> sources_;
  bool weighted_;
};

}  // namespace

CountedLevels count_levels(const TableOptions& options, std::int64_t memory, const RunControl& run,
                           TableInput& input) {
  const MassColumn mass = find_mass(options, input);
  set_aside_mass(mass, input);
  const BlockCounter counter(input, mass.column.has_value());
  // A cell with its levels takes about so many numbers, here and in the joint table.
  const double numbers_per_cell = 32 + 4 * static_cast<double>(input.picked.size());
  Part all;
  TablePass pass(input, {.texts = true});
  pass.read_all([&](AllRows&& rows) { return counter.count(std::move(rows)); },
                [&](Part&& part) {
                  all.merge(part);
                  require_memory(
                      numbers_per_cell * static_cast<double>(all.cells.cells()), memory,
                      fmt::format("a table of {} combinations of levels", all.cells.cells()));
                },
                run);
  require<InsufficientDataError>(all.count.used > 0, "{}: no row is left to count",
                                 input.reader.name());
  CountedLevels result{std::move(all.cells), mass.kind, std::move(all.count), {}};
  const std::vector<std::string> names = input.carried_names();
  for (std::size_t t = 0; t < names.size(); ++t)
    if (all.missing_texts[t] > 0) result.missing_texts.emplace_back(names[t], all.missing_texts[t]);
  return result;
}

}  // namespace mathtool::cli
