#include "cli/hypothesis/test_report.hpp"

#include <fmt/format.h>

#include <cmath>

#include "cli/hypothesis/sample_boxes.hpp"
#include "cli/hypothesis/test_kind.hpp"
#include "cli/render/json.hpp"

namespace mathtool::cli {
namespace {

using stats::Interval;
using stats::TestResult;

constexpr double least_shown = 1e-300;  // smaller p-values are shown as powers of ten

/// Below what doubles hold the p-value is known by its logarithm.
Cell p_cell(double p, double log10_p) {
  if (p < least_shown && std::isfinite(log10_p)) return fmt::format("10^{:.5g}", log10_p);
  return p;
}

bool is_given(const Interval& ci) { return !std::isnan(ci.low) || !std::isnan(ci.high); }

Json interval_json(const Interval& ci) {
  return is_given(ci) ? Json::array({ci.low, ci.high}) : Json();
}

Json df_json(const std::vector<double>& df) {
  if (df.empty()) return Json();
  if (df.size() == 1) return whole_or_real(df[0]);
  return Json::array({whole_or_real(df[0]), whole_or_real(df[1])});
}

/// Counts and degrees of freedom are whole numbers among figures that are not.
Cell whole_cell(double x) {
  if (x == std::floor(x) && std::abs(x) < 1e15) return fmt::format("{:.0f}", x);
  return x;
}

/// A row of a table that was made beforehand.
using Row = std::vector<Cell>;

Table table_of(std::vector<std::string> columns, std::vector<Row> rows, std::string title = {}) {
  const auto count = std::ssize(rows);
  return {.title = std::move(title),
          .columns = std::move(columns),
          .rows = count,
          .cell = [rows = std::move(rows)](Index row, Index column) {
            return rows[static_cast<std::size_t>(row)][static_cast<std::size_t>(column)];
          }};
}

/// "mpg by am", "a and b".
std::string subject(const TestData& data) {
  if (data.columns.empty()) return fmt::format("{}", fmt::join(data.factors, " and "));
  std::string text = fmt::format("{}", fmt::join(data.columns, " and "));
  if (!data.factors.empty()) text += fmt::format(" by {}", fmt::join(data.factors, " and "));
  return text;
}

/// Which way a difference or a ratio is taken.
std::string direction(const TestData& data, const TestResult& result) {
  const bool compared = result.estimate_name.starts_with("difference") ||
                        result.estimate_name.starts_with("ratio") ||
                        result.estimate_name == "shift";
  if (!compared || data.samples.size() != 2) return "";
  return fmt::format(" ({} {} {})", data.samples[0].name,
                     result.estimate_name.starts_with("ratio") ? "over" : "less",
                     data.samples[1].name);
}

std::string headline(const TestData& data, const TestSettings& settings, const TestResult& result) {
  std::string text = fmt::format("{}: {}\n", result.method, subject(data));
  text += fmt::format("null hypothesis: {}{}\n", result.null_hypothesis, direction(data, result));
  if (settings.kind->can("alternative"))
    text += fmt::format("alternative: {}\n", to_string(result.alternative));
  if (std::isnan(result.p_value)) return text;
  const bool rejected = result.p_value < settings.alpha;
  text +=
      fmt::format("{} at alpha = {:.6g}", rejected ? "rejected" : "not rejected", settings.alpha);
  return text;
}

Table figures(const TestResult& result, const TestSettings& settings) {
  const std::string level = fmt::format("{:.6g} %", 100 * settings.level());
  std::vector<Row> rows;
  const auto add = [&](const std::string& name, Cell value, const Interval& ci) {
    rows.push_back({name, std::move(value), ci.low, ci.high});
  };
  const Interval none{not_a_number, not_a_number};
  add(result.statistic_name.empty() ? "statistic" : result.statistic_name, result.statistic, none);
  if (std::isnan(result.statistic)) rows.clear();
  for (std::size_t i = 0; i < result.df.size(); ++i)
    add(result.df.size() == 1 ? "df" : fmt::format("df{}", i + 1), whole_cell(result.df[i]), none);
  add("p_value", p_cell(result.p_value, result.log10_p), none);
  const bool same = result.estimate_name == result.effect_size.name;
  if (!result.estimate_name.empty()) add(result.estimate_name, result.estimate, result.ci);
  if (!result.effect_size.name.empty() && !same)
    add(result.effect_size.name, result.effect_size.value, result.effect_size.ci);
  add("n", whole_cell(result.n), none);
  const bool intervals = is_given(result.ci) || is_given(result.effect_size.ci);
  std::vector<std::string> columns{"", "value"};
  if (intervals) {
    columns.push_back("low " + level);
    columns.push_back("high");
  }
  return table_of(std::move(columns), std::move(rows));
}

Table sample_table(const TestData& data) {
  std::vector<Row> rows;
  for (const TestSample& sample : data.samples)
    rows.push_back({sample.name, sample.moments.weight(), sample.moments.mean(),
                    sample.moments.standard_deviation()});
  return table_of({"sample", "n", "mean", "sd"}, std::move(rows));
}

Table cell_table(const TestData& data) {
  std::vector<Row> rows;
  for (std::size_t i = 0; i < data.cells.size(); ++i) {
    const stats::Moments& cell = data.cells[i];
    rows.push_back({data.row_levels[i / data.column_levels.size()],
                    data.column_levels[i % data.column_levels.size()], cell.weight(), cell.mean(),
                    cell.standard_deviation()});
  }
  return table_of({data.factors[0], data.factors[1], "n", "mean", "sd"}, std::move(rows));
}

Table count_table(const TestData& data) {
  std::vector<std::string> columns{fmt::format("{}", fmt::join(data.factors, " \\ "))};
  for (const std::string& level : data.column_levels)
    columns.push_back(level.empty() ? "count" : level);
  std::vector<Row> rows;
  for (Index i = 0; i < data.counts.rows(); ++i) {
    Row row{data.row_levels[static_cast<std::size_t>(i)]};
    for (Index j = 0; j < data.counts.cols(); ++j) row.emplace_back(data.counts(i, j));
    rows.push_back(std::move(row));
  }
  return table_of(std::move(columns), std::move(rows));
}

Table variance_table(const TestOutcome& outcome, bool for_people) {
  std::vector<Row> rows;
  for (const stats::AnovaRow& row : outcome.table)
    rows.push_back({row.source, row.df, row.ss, row.ms, row.f,
                    for_people ? p_cell(row.p_value, row.log10_p) : Cell(row.p_value)});
  return table_of({"source", "df", "ss", "ms", "f", "p_value"}, std::move(rows));
}

Table pair_table(const TestOutcome& outcome) {
  std::vector<Row> rows;
  for (const ComparedPair& pair : outcome.pairs)
    rows.push_back({pair.a, pair.b, pair.difference, pair.ci.low, pair.ci.high, pair.p_value});
  return table_of({"a", "b", "difference", "low", "high", "p_value"}, std::move(rows),
                  outcome.pairs_method);
}

Table assumption_table(const TestOutcome& outcome) {
  std::vector<Row> rows;
  for (const CheckedAssumption& each : outcome.assumptions)
    rows.push_back({each.assumption, each.check, each.p_value,
                    std::string(each.doubtful ? "doubtful" : "no objection")});
  return table_of({"assumption", "check", "p_value", "verdict"}, std::move(rows));
}

Table main_table(const TestOutcome& outcome) {
  if (!outcome.table.empty()) return variance_table(outcome, false);
  const TestResult& r = outcome.result;
  const auto df = [&](std::size_t i) { return i < r.df.size() ? Cell(r.df[i]) : Cell(); };
  return table_of({"method", "statistic", "df", "df2", "p_value", "log10_p", "estimate", "ci_low",
                   "ci_high", "effect_size", "n"},
                  {{r.method, r.statistic, df(0), df(1), r.p_value, r.log10_p, r.estimate, r.ci.low,
                    r.ci.high, r.effect_size.value, r.n}});
}

Json samples_json(const TestData& data) {
  Json samples = Json::array();
  for (const TestSample& sample : data.samples)
    samples.push_back({{"name", sample.name},
                       {"n", whole_or_real(sample.moments.weight())},
                       {"mean", sample.moments.mean()},
                       {"sd", sample.moments.standard_deviation()}});
  return samples;
}

Json result_json(const TestData& data, const TestOutcome& outcome, const TestSettings& settings) {
  const TestResult& r = outcome.result;
  Json json{{"method", r.method},
            {"null_hypothesis", r.null_hypothesis},
            {"alternative", to_string(r.alternative)},
            {"statistic", r.statistic},
            {"statistic_name", r.statistic_name},
            {"df", df_json(r.df)},
            {"p_value", r.p_value},
            {"log10_p", r.log10_p},
            {"alpha", settings.alpha},
            {"rejected", r.p_value < settings.alpha},
            {"estimate", r.estimate},
            {"estimate_name", r.estimate_name},
            {"ci", interval_json(r.ci)},
            {"effect_size", r.effect_size.value},
            {"effect_size_name", r.effect_size.name},
            {"effect_size_ci", interval_json(r.effect_size.ci)},
            {"n", whole_or_real(r.n)}};
  if (!data.samples.empty()) json["samples"] = samples_json(data);
  if (!outcome.table.empty()) {
    Json table = Json::array();
    for (const stats::AnovaRow& row : outcome.table)
      table.push_back({{"source", row.source},
                       {"df", whole_or_real(row.df)},
                       {"ss", row.ss},
                       {"ms", row.ms},
                       {"f", row.f},
                       {"p_value", row.p_value}});
    json["table"] = std::move(table);
    Json pairs = Json::array();
    for (const ComparedPair& pair : outcome.pairs)
      pairs.push_back({{"a", pair.a},
                       {"b", pair.b},
                       {"difference", pair.difference},
                       {"ci", interval_json(pair.ci)},
                       {"p_value", pair.p_value}});
    json["pairs"] = std::move(pairs);
  }
  Json assumptions = Json::array();
  for (const CheckedAssumption& each : outcome.assumptions)
    assumptions.push_back({{"assumption", each.assumption},
                           {"check", each.check},
                           {"p_value", each.p_value},
                           {"doubtful", each.doubtful}});
  json["assumptions"] = std::move(assumptions);
  if (outcome.permutation)
    json["permutation"] = {{"permutations", outcome.permutation->permutations},
                           {"std_error", outcome.permutation->std_error}};
  if (outcome.bootstrap)
    json["bootstrap"] = {{"samples", outcome.bootstrap->samples},
                         {"std_error", outcome.bootstrap->std_error},
                         {"bias", outcome.bootstrap->bias},
                         {"percentile", interval_json(outcome.bootstrap->percentile)},
                         {"bca", interval_json(outcome.bootstrap->bca)}};
  return json;
}

constexpr Index most_counts = 40;  // rows or columns of a table of counts that is shown

}  // namespace

void report_test(const TestData& data, const TestOutcome& outcome, const TestSettings& settings,
                 Report& report) {
  report.notes.insert(report.notes.end(), outcome.notes.begin(), outcome.notes.end());
  report.screen.push_back(Paragraph{headline(data, settings, outcome.result)});
  report.screen.push_back(figures(outcome.result, settings));
  if (!outcome.table.empty()) report.screen.push_back(variance_table(outcome, true));
  if (!data.cells.empty())
    report.screen.push_back(cell_table(data));
  else if (!data.samples.empty())
    report.screen.push_back(sample_table(data));
  if (data.counts.size() > 0 && data.counts.rows() <= most_counts &&
      data.counts.cols() <= most_counts)
    report.screen.push_back(count_table(data));
  if (!outcome.pairs.empty()) report.screen.push_back(pair_table(outcome));
  if (!outcome.assumptions.empty()) report.screen.push_back(assumption_table(outcome));
  report.main = main_table(outcome);
  report.result = [&] { return result_json(data, outcome, settings); };
  if (!data.samples.empty()) report.figure = [&] { return sample_boxes(data); };
  if (outcome.permutation || outcome.bootstrap) report.seed = settings.seed;
  if (outcome.result.status != Status::converged) {
    report.status = outcome.result.status;
    report.reason = outcome.result.reason;
    report.notes.push_back(report.reason);
  }
}

}  // namespace mathtool::cli
