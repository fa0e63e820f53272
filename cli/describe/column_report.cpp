#include "cli/describe/column_report.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "cli/first_few.hpp"
#include "cli/render/json.hpp"
#include "cli/squares_fit.hpp"
#include "mathtool/math/constants.hpp"
#include "mathtool/math/parallel.hpp"

namespace mathtool::cli {
namespace {

ColumnDescription unknown(const std::string& name, bool numeric) {
  return {.name = name,
          .numeric = numeric,
          .count = 0.0,
          .missing = 0.0,
          .mean = not_a_number,
          .sd = not_a_number,
          .se = not_a_number,
          .min = not_a_number,
          .q25 = not_a_number,
          .median = not_a_number,
          .q75 = not_a_number,
          .max = not_a_number,
          .skewness = not_a_number,
          .kurtosis = not_a_number,
          .mad = not_a_number};
}

/// Notes a column that varies, but whose deviations have powers beyond the range of doubles.
void check_range(const stats::Moments& moments, ColumnDescription& column) {
  const double variance = moments.variance(), weight = moments.weight();
  if (!(column.min < column.max) || !(weight > 1)) return;
  const bool squares = squares_fit(variance);
  if (!squares) column.sd = column.se = not_a_number;
  column.out_of_range = !squares || !std::isfinite(column.mean) ||
                        (weight > 2 && !std::isfinite(column.skewness)) ||
                        (weight > 3 && !std::isfinite(column.kurtosis));
}

ColumnDescription describe_numbers(const std::string& name, const NumberSummary& summary,
                                   const QuantileChoice& choice) {
  const stats::Moments& moments = summary.moments;
  ColumnDescription column = unknown(name, true);
  column.count = moments.weight();
  column.missing = summary.missing;
  column.mean = moments.mean();
  column.sd = moments.standard_deviation();
  column.se = moments.standard_error();
  column.min = summary.extrema.min();
  column.max = summary.extrema.max();
  column.skewness = moments.skewness();
  column.kurtosis = moments.kurtosis();
  check_range(moments, column);
  column.fractional_weights = !summary.whole_weights;
  column.quantiles.assign(choice.shares.size(), not_a_number);
  if (!summary.whole_weights) return column;
  std::vector<double> shares{0.25, 0.5, 0.75};
  shares.insert(shares.end(), choice.shares.begin(), choice.shares.end());
  const std::vector<double> values = summary.quantiles.quantiles(shares, choice.type);
  column.q25 = values[0];
  column.median = values[1];
  column.q75 = values[2];
  column.quantiles.assign(values.begin() + 3, values.end());
  column.mad = summary.quantiles.median_absolute_deviation();
  column.approximate = summary.quantiles.approximate();
  column.rank_error = summary.quantiles.rank_error();
  return column;
}

ColumnDescription describe_texts(const std::string& name, const TextSummary& summary,
                                 const QuantileChoice& choice) {
  ColumnDescription column = unknown(name, false);
  column.count = summary.count;
  column.missing = summary.missing;
  column.distinct = summary.distinct.distinct();
  column.distinct_approximate = summary.distinct.approximate();
  column.quantiles.assign(choice.shares.size(), not_a_number);
  return column;
}

/// A count as a whole number where it is one: weights need not be.
Cell count_cell(double count) {
  if (count == std::floor(count)) return static_cast<std::int64_t>(count);
  return count;
}

struct Field {
  const char* name;
  double ColumnDescription::*value;
};

using Selected = std::vector<const ColumnDescription*>;

constexpr Field fields[] = {{"mean", &ColumnDescription::mean},
                            {"sd", &ColumnDescription::sd},
                            {"se", &ColumnDescription::se},
                            {"min", &ColumnDescription::min},
                            {"q25", &ColumnDescription::q25},
                            {"median", &ColumnDescription::median},
                            {"q75", &ColumnDescription::q75},
                            {"max", &ColumnDescription::max},
                            {"skewness", &ColumnDescription::skewness},
                            {"kurtosis", &ColumnDescription::kurtosis},
                            {"mad", &ColumnDescription::mad}};

std::string quantile_name(double share) { return fmt::format("q{:g}", 100 * share); }

Json column_json(const ColumnDescription& column, const QuantileChoice& choice) {
  Json json{{"name", column.name},
            {"type", column.numeric ? "numeric" : "text"},
            {"count", whole_or_real(column.count)},
            {"missing", whole_or_real(column.missing)}};
  if (!column.numeric) {
    json["distinct"] = static_cast<std::int64_t>(column.distinct);
    if (column.distinct_approximate) json["approximate"] = true;
    return json;
  }
  for (const Field& field : fields) json[field.name] = column.*field.value;
  if (!choice.shares.empty()) {
    Json quantiles = Json::array();
    for (std::size_t i = 0; i < choice.shares.size(); ++i)
      quantiles.push_back({{"p", choice.shares[i]}, {"value", column.quantiles[i]}});
    json["quantiles"] = std::move(quantiles);
  }
  if (column.approximate) {
    json["approximate"] = true;
    json["rank_error"] = column.rank_error;
  }
  return json;
}

/// Name, count, missing, then numbers; `shown` are positions in `fields`.
Table description_table(const Selected& columns, bool with_type,
                        const std::vector<std::size_t>& shown, const QuantileChoice& choice) {
  Table table{.columns = {"name"}, .rows = std::ssize(columns)};
  if (with_type) table.columns.push_back("type");
  table.columns.insert(table.columns.end(), {"count", "missing"});
  const Index before = std::ssize(table.columns);
  for (const std::size_t f : shown) table.columns.push_back(fields[f].name);
  for (const double share : choice.shares) table.columns.push_back(quantile_name(share));
  const Index numbers = std::ssize(shown);
  table.cell = [=](Index row, Index j) -> Cell {
    const ColumnDescription& column = *columns[static_cast<std::size_t>(row)];
    if (j == 0) return column.name;
    if (j == before - 2) return count_cell(column.count);
    if (j == before - 1) return count_cell(column.missing);
    if (j == 1) return std::string(column.numeric ? "numeric" : "text");
    if (j < before + numbers)
      return column.*fields[shown[static_cast<std::size_t>(j - before)]].value;
    return column.quantiles[static_cast<std::size_t>(j - before - numbers)];
  };
  return table;
}

Table text_table(const Selected& columns) {
  return {.columns = {"name", "count", "missing", "distinct"},
          .rows = std::ssize(columns),
          .cell = [=](Index row, Index j) -> Cell {
            const ColumnDescription& column = *columns[static_cast<std::size_t>(row)];
            switch (j) {
              case 0: return column.name;
              case 1: return count_cell(column.count);
              case 2: return count_cell(column.missing);
              default: return static_cast<std::int64_t>(column.distinct);
            }
          }};
}

void report_range(const std::vector<ColumnDescription>& columns, Report& report) {
  std::vector<std::string> names;
  for (const ColumnDescription& column : columns)
    if (column.out_of_range) names.push_back(column.name);
  if (names.empty()) return;
  report.status = Status::not_finite;
  report.reason = fmt::format(
      "powers of the deviations of {} are beyond the range of doubles; rescale the values",
      first_few(names));
  report.notes.push_back(report.reason);
}

void note_estimates(const std::vector<ColumnDescription>& columns, Report& report) {
  double largest = 0.0;
  std::vector<std::string> estimated, fractional, counted;
  for (const ColumnDescription& column : columns) {
    if (column.approximate) estimated.push_back(column.name);
    if (column.fractional_weights) fractional.push_back(column.name);
    if (column.distinct_approximate) counted.push_back(column.name);
    largest = std::max(largest, column.rank_error);
  }
  if (!estimated.empty())
    report.notes.push_back(fmt::format(
        "quantiles of {} are estimates, their ranks off by at most {:.2g} %: the values do not fit "
        "--memory",
        first_few(estimated), std::ceil(1e4 * largest) / 100));
  if (!fractional.empty())
    report.notes.push_back("some weights are no whole numbers, so there are no quantiles");
  if (!counted.empty())
    report.notes.push_back(
        fmt::format("different values of {} are estimated, with a standard error of 0.8 %",
                    first_few(counted)));
}

}  // namespace

std::vector<ColumnDescription> describe_columns(const TableInput& input,
                                                const TableSummary& summary,
                                                const QuantileChoice& quantiles, int threads) {
  std::vector<ColumnDescription> columns(input.picked.size());
  math::parallel_for(
      std::ssize(columns),
      [&](Index i) {
        const Index position = input.picked[static_cast<std::size_t>(i)];
        const std::string& name = input.column_name(position);
        const auto place_in = [&](const std::vector<Index>& list) {
          return static_cast<std::size_t>(std::find(list.begin(), list.end(), position) -
                                          list.begin());
        };
        const std::size_t number = place_in(input.numeric);
        columns[static_cast<std::size_t>(i)] =
            number < input.numeric.size()
                ? describe_numbers(name, summary.numbers()[number], quantiles)
                : describe_texts(name, summary.texts()[place_in(input.carried)], quantiles);
      },
      threads);
  return columns;
}

void report_columns(const std::vector<ColumnDescription>& columns, const QuantileChoice& quantiles,
                    Report& report) {
  std::vector<std::size_t> every(std::size(fields));
  for (std::size_t f = 0; f < every.size(); ++f) every[f] = f;
  Selected all, numbers, texts;
  for (const ColumnDescription& column : columns) {
    all.push_back(&column);
    (column.numeric ? numbers : texts).push_back(&column);
  }
  report.main = description_table(all, true, every, quantiles);
  const std::vector<std::size_t> for_people{0, 1, 3, 4, 5, 6, 7};
  if (!numbers.empty())
    report.screen.push_back(description_table(numbers, false, for_people, quantiles));
  if (!texts.empty()) report.screen.push_back(text_table(texts));
  report.result = [&columns, quantiles] {
    Json list = Json::array();
    for (const ColumnDescription& column : columns) list.push_back(column_json(column, quantiles));
    return Json{{"columns", std::move(list)}};
  };
  note_estimates(columns, report);
  report_range(columns, report);
}

}  // namespace mathtool::cli
