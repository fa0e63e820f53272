#include "cli/regress/model_rows.hpp"

#include <fmt/core.h>

#include <map>

#include "cli/kept_memory.hpp"
#include "mathtool/math/error.hpp"

namespace mathtool::cli {
namespace {

std::int64_t bytes_of(const TableRows& rows) {
  return static_cast<std::int64_t>(sizeof(double)) *
             (rows.numbers.size() + rows.weights.size() + std::ssize(rows.lines)) +
         rows.texts.memory() + 256;
}

}  // namespace

TableRows ModelRows::complete(TableRows&& rows, std::vector<std::int64_t>& missing) const {
  const Index texts = std::ssize(input_->carried);
  missing.assign(static_cast<std::size_t>(texts), 0);
  if (rows.numbers.cols() == 0 && texts > 0)  // no column of numbers to tell the rows by
    rows.numbers.resize(rows.texts.size() / texts, 0);
  const Index n = rows.rows();
  std::vector<Index> whole;
  for (Index i = 0; i < n; ++i) {
    bool complete = true;
    for (Index t = 0; t < texts; ++t) {
      if (!input_->is_missing(rows.texts[i * texts + t])) continue;
      if (input_->missing == data::MissingPolicy::error)
        throw DataError(fmt::format(
            "{}: column '{}' has no value in some row; --missing drop leaves such rows out",
            input_->reader.name(),
            input_->column_name(input_->carried[static_cast<std::size_t>(t)])));
      ++missing[static_cast<std::size_t>(t)];
      complete = false;
    }
    if (!complete) --rows.count.used;
    if (complete && (rows.weights.size() == 0 || rows.weights[i] > 0)) whole.push_back(i);
  }
  if (std::ssize(whole) == n) return std::move(rows);
  TableRows result{.first_row = rows.first_row, .count = std::move(rows.count)};
  result.numbers = RowMat(rows.numbers(whole, Eigen::all));
  if (rows.weights.size() > 0) result.weights = Vec(rows.weights(whole));
  for (const Index i : whole) {
    if (!rows.lines.empty()) result.lines.push_back(rows.lines[static_cast<std::size_t>(i)]);
    for (Index t = 0; t < texts; ++t) result.texts.push_back(rows.texts[i * texts + t]);
    const Index levels = std::ssize(input_->groups);
    for (Index g = 0; g < levels; ++g) result.levels.push_back(rows.levels[i * levels + g]);
  }
  return result;
}

void ModelRows::keep(TableRows&& rows) {
  if (!kept_) return;
  used_ += bytes_of(rows);
  if (used_ <= memory_) {
    blocks_.push_back(std::move(rows));
    return;
  }
  kept_ = false;
  blocks_ = {};
}

MissingTexts ModelRows::missing_texts() const {
  MissingTexts result;
  for (std::size_t t = 0; t < missing_texts_.size(); ++t)
    if (missing_texts_[t] > 0)
      result.emplace_back(input_->column_name(input_->carried[t]), missing_texts_[t]);
  return result;
}

GroupedRows gather_model_groups(TableInput& input, std::int64_t memory, const RunControl& run) {
  GroupedRows result;
  std::map<std::vector<std::string>, std::size_t> places;
  std::vector<std::int64_t> rows_of;
  double bytes = 0;
  ModelRows table(input, 0, run);
  table.pass(
      [&](const TableRows& rows) {
        return split_by_group(TableRows(rows), std::ssize(input.groups));
      },
      [&](std::vector<RowGroup>&& groups) {
        for (RowGroup& group : groups) {
          const auto [place, added] = places.emplace(group.levels, result.groups.size());
          if (added) {
            result.groups.push_back({group.levels, {}});
            rows_of.push_back(0);
          }
          group.rows.first_row = rows_of[place->second];
          rows_of[place->second] += group.rows.rows();
          bytes += static_cast<double>(bytes_of(group.rows));
          result.groups[place->second].blocks.push_back(std::move(group.rows));
        }
        require_group_limit(input, result.groups.size());
        require_memory(bytes / 8, memory, "keeping the rows of all groups",
                       "allow more with --memory, or pick groups with --where");
      });
  result.count = table.count();
  result.missing_texts = table.missing_texts();
  return result;
}

}  // namespace mathtool::cli
