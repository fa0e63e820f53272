#include "cli/table_pass.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>

#include "cli/first_few.hpp"
#include "mathtool/math/error.hpp"

namespace mathtool::cli {
namespace {

using data::MissingPolicy;

/// The rows of a matrix in the given order, its first columns only.
RowMat pick(const RowMat& numbers, const std::vector<Index>& rows, Index columns) {
  RowMat result(std::ssize(rows), columns);
  for (Index i = 0; i < result.rows(); ++i)
    result.row(i) = numbers.row(rows[static_cast<std::size_t>(i)]).head(columns);
  return result;
}

/// The cells [first, first + width) of `per_row`, for each of some rows.
data::TextCells pick(const data::TextCells& cells, const std::vector<Index>& rows, Index per_row,
                     Index first, Index width) {
  data::TextCells result;
  for (const Index row : rows)
    for (Index t = first; t < first + width; ++t) result.push_back(cells[row * per_row + t]);
  return result;
}

/// A loop without branches, much faster than Eigen's hasNaN.
bool has_nan(const RowMat& numbers) {
  const double* x = numbers.data();
  Index count = 0;
  for (Index k = 0; k < numbers.size(); ++k) count += x[k] != x[k];
  return count > 0;
}

constexpr double most_weight = 0x1p53;  // up to which a double counts every row

[[noreturn]] void refuse_weight(const TableInput& input, const data::RowBlock& block, Index row,
                                Index column) {
  throw DataError(
      fmt::format("{}:{}: the weight in column '{}' is {}; weights must be from 0 to "
                  "2^53",
                  input.reader.name(), block.lines[static_cast<std::size_t>(row)],
                  input.column_name(*input.weights), block.numbers(row, column)));
}

}  // namespace

TablePass::TablePass(TableInput& input, const PassOptions& options)
    : input_(input), options_(options) {
  selection_.numbers = input.numeric;
  if (input.weights) selection_.numbers.push_back(*input.weights);
  if (options.texts) selection_.texts = input.carried;
  selection_.texts.insert(selection_.texts.end(), input.groups.begin(), input.groups.end());
  if (input.filter) input.filter->add_columns(selection_);
}

TableRows TablePass::take(data::RowBlock&& block) const {
  const Index p = std::ssize(input_.numeric);
  std::vector<bool> kept = filter(block);
  TableRows result;
  result.first_row = block.first_row;
  result.count = {
      .read = block.rows(), .bad_rows = block.bad_rows, .first_bad_row = block.first_bad_row};
  const std::vector<Index> rows = usable_rows(block, kept, result.count);
  const Index texts_per_row = std::ssize(selection_.texts);
  const Index carried = options_.texts ? std::ssize(input_.carried) : 0;
  if (carried > 0) result.texts = pick(block.texts, rows, texts_per_row, 0, carried);
  if (!input_.groups.empty())
    result.levels = pick(block.texts, rows, texts_per_row, carried, std::ssize(input_.groups));
  if (options_.texts)
    for (const Index row : rows) result.lines.push_back(block.lines[static_cast<std::size_t>(row)]);
  if (input_.weights) result.weights = block.numbers.col(p)(rows);
  if (std::ssize(rows) < block.rows() || block.numbers.cols() > p)
    result.numbers = pick(block.numbers, rows, p);
  else if (options_.all)
    result.numbers = block.numbers;
  else
    result.numbers = std::move(block.numbers);
  if (options_.all) result.all = whole(std::move(block), std::move(kept));
  return result;
}

std::vector<bool> TablePass::filter(const data::RowBlock& block) const {
  return input_.filter ? input_.filter->keep(block) : std::vector<bool>();
}

/// The block without the columns that were read for groups, weights and --where.
AllRows TablePass::whole(data::RowBlock&& block, std::vector<bool>&& kept) const {
  const Index p = std::ssize(input_.numeric);
  const Index texts_per_row = std::ssize(selection_.texts);
  const Index carried = options_.texts ? std::ssize(input_.carried) : 0;
  if (block.numbers.cols() > p) block.numbers.conservativeResize(block.rows(), p);
  if (texts_per_row > carried) {
    std::vector<Index> every(static_cast<std::size_t>(block.rows()));
    std::iota(every.begin(), every.end(), Index{0});
    block.texts = pick(block.texts, every, texts_per_row, 0, carried);
  }
  return {std::move(block), std::move(kept)};
}

/// The rows, among those that --where keeps, that can be used; counts missing cells.
std::vector<Index> TablePass::usable_rows(const data::RowBlock& block,
                                          const std::vector<bool>& kept,
                                          data::RowCount& count) const {
  const Index p = std::ssize(input_.numeric), counted = p + (input_.weights ? 1 : 0);
  const bool keep_incomplete = options_.incomplete && input_.missing == MissingPolicy::drop;
  const MissingPolicy policy = keep_incomplete ? MissingPolicy::pairwise : input_.missing;
  const Index texts = options_.texts && options_.complete_texts ? std::ssize(input_.carried) : 0;
  const Index texts_per_row = std::ssize(selection_.texts);
  count.missing.assign(static_cast<std::size_t>(counted + texts), 0);
  const bool complete = !has_nan(block.numbers);
  std::vector<Index> rows;
  rows.reserve(static_cast<std::size_t>(block.rows()));
  for (Index i = 0; i < block.rows(); ++i) {
    if (!kept.empty() && !kept[static_cast<std::size_t>(i)]) {
      ++count.filtered;
      continue;
    }
    bool usable = true;
    for (Index j = 0; !complete && j < counted; ++j) {
      if (!std::isnan(block.numbers(i, j))) continue;
      if (policy == MissingPolicy::error) refuse_missing(input_, block, i, j);
      ++count.missing[static_cast<std::size_t>(j)];
      if (policy == MissingPolicy::drop || j == p) usable = false;
    }
    for (Index t = 0; t < texts; ++t) {
      if (!input_.is_missing(block.texts[i * texts_per_row + t])) continue;
      if (policy == MissingPolicy::error) refuse_missing(input_, block, i, counted + t);
      ++count.missing[static_cast<std::size_t>(counted + t)];
      usable = false;
    }
    if (input_.weights && (block.numbers(i, p) < 0 || block.numbers(i, p) > most_weight))
      refuse_weight(input_, block, i, p);
    if (usable) rows.push_back(i);
  }
  count.used = std::ssize(rows);
  return rows;
}

void require_group_limit(const TableInput& input, std::size_t groups) {
  constexpr std::size_t most_groups = 100'000;
  require<InsufficientDataError>(groups <= most_groups,
                                 "{}: more than {} groups by {}; is that a column of numbers?",
                                 input.reader.name(), most_groups, first_few(input.group_names()));
}

void require_weight_limit(const TableInput& input, double weight) {
  require<DataError>(weight <= most_weight,
                     "{}: the weights in column '{}' sum to more than 2^53; scale them down",
                     input.reader.name(), input.column_name(input.weights.value_or(0)));
}

std::vector<RowGroup> split_by_group(TableRows&& rows, Index group_columns) {
  std::vector<RowGroup> groups;
  if (group_columns == 0) {
    groups.push_back({{}, std::move(rows)});
    return groups;
  }
  std::map<std::vector<std::string>, std::size_t> places;
  std::vector<std::vector<Index>> members;
  for (Index i = 0; i < rows.rows(); ++i) {
    std::vector<std::string> levels;
    for (Index g = 0; g < group_columns; ++g)
      levels.emplace_back(rows.levels[i * group_columns + g]);
    const auto [place, added] = places.emplace(std::move(levels), groups.size());
    if (added) {
      groups.push_back({place->first, {}});
      members.emplace_back();
    }
    members[place->second].push_back(i);
  }
  const Index carried = rows.rows() > 0 ? rows.texts.size() / rows.rows() : 0;
  for (std::size_t g = 0; g < groups.size(); ++g) {
    TableRows& part = groups[g].rows;
    part.numbers = pick(rows.numbers, members[g], rows.numbers.cols());
    if (rows.weights.size() > 0) part.weights = rows.weights(members[g]);
    part.texts = pick(rows.texts, members[g], carried, 0, carried);
  }
  return groups;
}

}  // namespace mathtool::cli
