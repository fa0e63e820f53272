#include "cli/describe/table_summary.hpp"

#include <algorithm>
#include <cmath>
#include <span>

#include "mathtool/math/parallel.hpp"

namespace mathtool::cli {
namespace {

/// The values of one column that are there, and their weights, one after the other.
struct PresentValues {
  std::vector<double> values, weights;
  double missing = 0.0;  ///< weight of the rows without a value

  void take(const TableRows& rows, Index column) {
    const Index n = rows.rows(), width = rows.numbers.cols();
    values.resize(static_cast<std::size_t>(n));
    weights.resize(rows.weights.size() > 0 ? values.size() : 0);
    std::size_t count = 0;
    for (Index i = 0; i < n; ++i) {  // without a branch: what is missing is written over
      const double x = rows.numbers.data()[i * width + column];
      values[count] = x;
      if (!weights.empty()) weights[count] = rows.weights[i];
      count += !std::isnan(x);
    }
    values.resize(count);
    missing = static_cast<double>(n) - static_cast<double>(count);
    if (weights.empty()) return;
    weights.resize(count);
    missing = 0.0;
    for (Index i = 0; i < n; ++i)
      if (std::isnan(rows.numbers(i, column))) missing += rows.weights[i];
  }
};

bool all_whole(std::span<const double> values) {
  return std::all_of(values.begin(), values.end(), [](double x) { return x == std::nearbyint(x); });
}

void push_values(NumberSummary& summary, const PresentValues& present) {
  const std::span<const double> values(present.values), weights(present.weights);
  summary.whole_numbers = summary.whole_numbers && all_whole(values);
  if (weights.empty()) {
    summary.extrema.push(values);
    summary.moments.push(values);
    summary.quantiles.push(values);
    return;
  }
  for (std::size_t i = 0; i < values.size(); ++i)
    if (weights[i] > 0) summary.extrema.push(values[i]);
  summary.moments.push(values, weights);
  summary.whole_weights = summary.whole_weights && all_whole(weights);
  if (summary.whole_weights) summary.quantiles.push(values, weights);
}

}  // namespace

void NumberSummary::merge(const NumberSummary& other) {
  moments.merge(other.moments);
  extrema.merge(other.extrema);
  quantiles.merge(other.quantiles);
  missing += other.missing;
  whole_numbers = whole_numbers && other.whole_numbers;
  whole_weights = whole_weights && other.whole_weights;
}

void TextSummary::merge(const TextSummary& other) {
  count += other.count;
  missing += other.missing;
  distinct.merge(other.distinct);
}

TableSummary::TableSummary(Index numbers, Index texts, std::int64_t kept_values, int threads)
    : numbers_(static_cast<std::size_t>(numbers)),
      texts_(static_cast<std::size_t>(texts)),
      threads_(threads) {
  for (NumberSummary& column : numbers_) column.quantiles = stats::Quantiles(kept_values);
}

void TableSummary::push(const TableRows& rows, FunctionRef<bool(std::string_view)> is_missing) {
  PresentValues present;
  for (std::size_t j = 0; j < numbers_.size(); ++j) {
    present.take(rows, static_cast<Index>(j));
    numbers_[j].missing += present.missing;
    push_values(numbers_[j], present);
  }
  const Index width = std::ssize(texts_);
  for (Index t = 0; t < rows.texts.size(); ++t) {
    TextSummary& column = texts_[static_cast<std::size_t>(t % width)];
    const std::string_view cell = rows.texts[t];
    const double weight = rows.weights.size() > 0 ? rows.weights[t / width] : 1.0;
    if (is_missing(cell)) {
      column.missing += weight;
      continue;
    }
    column.count += weight;
    if (weight > 0) column.distinct.push(cell);
  }
}

void TableSummary::merge(const TableSummary& other) {
  const auto merge_column = [&](Index column) {
    const auto j = static_cast<std::size_t>(column);
    if (j < numbers_.size())
      numbers_[j].merge(other.numbers_[j]);
    else
      texts_[j - numbers_.size()].merge(other.texts_[j - numbers_.size()]);
  };
  // Below so many values, as of one of many groups, threads cost more than they save.
  constexpr std::int64_t worth_sharing = 8192;
  const int threads = other.kept_values() < worth_sharing ? 1 : threads_;
  math::parallel_for(std::ssize(numbers_) + std::ssize(texts_), merge_column, threads);
}

double TableSummary::weight() const {
  const NumberSummary& column = numbers_.front();
  return column.moments.weight() + column.missing;
}

std::int64_t TableSummary::kept_values() const {
  std::int64_t kept = 0;
  for (const NumberSummary& column : numbers_) kept += column.quantiles.kept();
  return kept;
}

void TableSummary::limit(std::int64_t kept_values) {
  for (NumberSummary& column : numbers_) column.quantiles.limit(kept_values);
}

GatheredGroups<TableSummary> summarize_groups(TableInput& input, bool texts, std::int64_t memory,
                                              const RunControl& run) {
  using Groups = std::vector<stats::Grouped<TableSummary, std::vector<std::string>>::Group>;
  const std::int64_t budget = memory / static_cast<std::int64_t>(sizeof(double));
  const Index numbers = std::ssize(input.numeric);
  const auto per_column = [&](std::int64_t groups) {
    return std::max(budget / (numbers * groups), stats::Quantiles::least_capacity);
  };
  const auto share_budget = [&](Groups& groups) {
    std::int64_t kept = 0;
    for (const auto& group : groups) kept += group.value.kept_values();
    if (kept <= budget) return;
    for (auto& group : groups) group.value.limit(per_column(std::ssize(groups)));
  };
  return gather_groups(
      input,
      TableSummary(numbers, texts ? std::ssize(input.carried) : 0, per_column(1), run.threads),
      [&](TableSummary& summary, TableRows&& rows) {
        summary.push(rows, [&](std::string_view cell) { return input.is_missing(cell); });
      },
      PassOptions{.incomplete = true, .texts = texts}, run, nullptr, share_budget);
}

}  // namespace mathtool::cli
