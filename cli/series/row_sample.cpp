#include "cli/series/row_sample.hpp"

#include <fmt/format.h>

#include <utility>

namespace mathtool::cli {
namespace {

/// "4th", "2nd": steps are powers of two.
std::string ordinal(std::int64_t n) {
  const bool teens = n % 100 / 10 == 1;
  return fmt::format("{}{}", n, n % 10 == 2 && !teens ? "nd" : "th");
}

}  // namespace

void RowSample::push(const TableRows& rows, Index group_columns) {
  for (Index i = 0; i < rows.rows(); ++i) {
    if (seen_++ % step_ != 0) continue;
    if (rows_.size() == capacity_) {
      for (std::size_t k = 0; 2 * k < rows_.size(); ++k) std::swap(rows_[k], rows_[2 * k]);
      rows_.resize((rows_.size() + 1) / 2);
      step_ *= 2;
      if ((seen_ - 1) % step_ != 0) continue;
    }
    SampledRow row{.number = static_cast<double>(seen_)};
    row.values.assign(rows.numbers.row(i).begin(), rows.numbers.row(i).end());
    for (Index g = 0; g < group_columns; ++g)
      row.levels.emplace_back(rows.levels[i * group_columns + g]);
    rows_.push_back(std::move(row));
  }
}

std::string RowSample::note() const {
  if (step_ == 1) return {};
  return fmt::format("every {} of {} rows is drawn", ordinal(step_), seen_);
}

SampledTable sample_rows(TableInput& input, std::size_t capacity, const RunControl& run) {
  SampledTable table{RowSample(capacity)};
  TablePass pass(input);
  pass.read([](TableRows&& rows) { return std::move(rows); },
            [&](TableRows&& rows) {
              table.count.merge(rows.count);
              table.sample.push(rows, std::ssize(input.groups));
            },
            run);
  return table;
}

}  // namespace mathtool::cli
