#include "cli/covariance/correlation_report.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <cmath>
#include <span>

#include "cli/covariance/named_matrix.hpp"
#include "cli/covariance/pairwise_repair.hpp"
#include "cli/first_few.hpp"
#include "cli/render/json.hpp"
#include "mathtool/stats/p_adjustment.hpp"

namespace mathtool::cli {
namespace {

constexpr Index most_shown = 12;        // columns of a matrix for people
constexpr Index most_pairs_shown = 10;  // below it

/// Every pair once, the strongest first.
std::vector<CorrelatedPair> order_pairs(const Mat& r) {
  std::vector<CorrelatedPair> pairs;
  for (Index a = 0; a < r.rows(); ++a)
    for (Index b = a + 1; b < r.cols(); ++b) pairs.push_back({a, b});
  const auto strength = [&](const CorrelatedPair& pair) {
    const double value = std::abs(r(pair.a, pair.b));
    return std::isnan(value) ? -1.0 : value;
  };
  std::stable_sort(pairs.begin(), pairs.end(), [&](const auto& one, const auto& other) {
    return strength(one) > strength(other);
  });
  return pairs;
}

Mat adjusted(const Mat& p_values, const std::vector<CorrelatedPair>& pairs,
             const std::string& adjustment) {
  std::vector<double> list;
  for (const CorrelatedPair& pair : pairs) list.push_back(p_values(pair.a, pair.b));
  const Vec values = stats::adjust_p_values(
      list, adjustment == "holm" ? stats::PAdjustment::holm : stats::PAdjustment::bh);
  Mat result = p_values;
  for (std::size_t i = 0; i < pairs.size(); ++i)
    result(pairs[i].a, pairs[i].b) = result(pairs[i].b, pairs[i].a) = values[static_cast<Index>(i)];
  return result;
}

Table pair_table(const CorrelationResult& result, Index most) {
  const Index all = std::ssize(result.strongest);
  std::vector<std::string> columns{"a", "b", "r", "p_value", "ci_low", "ci_high", "n"};
  const bool has_adjustment = !result.adjustment.empty();
  if (has_adjustment) columns.insert(columns.begin() + 4, "p_adjusted");
  return {.columns = columns,
          .rows = most > 0 ? std::min(most, all) : all,
          .cell = [&result, has_adjustment](Index row, Index column) -> Cell {
            const auto [a, b] = result.strongest[static_cast<std::size_t>(row)];
            if (column == 0) return result.variables[static_cast<std::size_t>(a)];
            if (column == 1) return result.variables[static_cast<std::size_t>(b)];
            if (has_adjustment && column == 4) return result.p_adjusted(a, b);
            const stats::Correlation& c = result.correlation;
            switch (column - (has_adjustment && column > 4 ? 1 : 0)) {
              case 2: return c.r(a, b);
              case 3: return c.p_values(a, b);
              case 4: return c.ci_low(a, b);
              case 5: return c.ci_high(a, b);
              default: return c.n(a, b);
            }
          }};
}

Json pairs_json(const CorrelationResult& result) {
  Json pairs = Json::array();
  const stats::Correlation& c = result.correlation;
  for (const auto& [a, b] : result.strongest) {
    Json pair{{"a", result.variables[static_cast<std::size_t>(a)]},
              {"b", result.variables[static_cast<std::size_t>(b)]},
              {"r", c.r(a, b)},
              {"p_value", c.p_values(a, b)}};
    if (!result.adjustment.empty()) pair["p_adjusted"] = result.p_adjusted(a, b);
    pair["ci_low"] = c.ci_low(a, b);
    pair["ci_high"] = c.ci_high(a, b);
    pair["n"] = whole_or_real(c.n(a, b));
    pairs.push_back(std::move(pair));
  }
  return {{"pairs", std::move(pairs)}};
}

Json matrices_json(const CorrelationResult& result) {
  const stats::Correlation& c = result.correlation;
  Json json{{"variables", result.variables},
            {"matrix", rows_to_json(c.r)},
            {"p_values", rows_to_json(c.p_values)}};
  if (!result.adjustment.empty()) json["p_adjusted"] = rows_to_json(result.p_adjusted);
  json["ci_low"] = rows_to_json(c.ci_low);
  json["ci_high"] = rows_to_json(c.ci_high);
  json["n"] = rows_to_json(c.n);
  return json;
}

void note_constant(const CorrelationResult& result, Report& report) {
  std::vector<std::string> constant;
  for (Index j = 0; j < result.correlation.r.cols(); ++j)
    if (std::isnan(result.correlation.r(j, j)))
      constant.push_back(result.variables[static_cast<std::size_t>(j)]);
  if (!constant.empty())
    report.notes.push_back(fmt::format("no correlation with constant column{}: {}",
                                       constant.size() == 1 ? "" : "s", first_few(constant)));
}

}  // namespace

CorrelationResult correlation_result(std::vector<std::string> variables,
                                     stats::Correlation correlation, const std::string& method,
                                     const std::string& adjustment) {
  CorrelationResult result{.variables = std::move(variables),
                           .method = method,
                           .adjustment = adjustment,
                           .correlation = std::move(correlation)};
  result.strongest = order_pairs(result.correlation.r);
  if (!adjustment.empty())
    result.p_adjusted = adjusted(result.correlation.p_values, result.strongest, adjustment);
  return result;
}

void repair(CorrelationResult& result, Report& report) {
  const std::string note = repair_pairwise(result.correlation.r, "correlation");
  if (!note.empty())
    report.notes.push_back(note + "; p-values and intervals are those of the pairs before that");
}

void report_correlation(const CorrelationResult& result, bool pairs, Report& report) {
  note_constant(result, report);
  if (pairs) {
    report.main = pair_table(result, 0);
    report.screen.push_back(report.main);
    report.result = [&result] { return pairs_json(result); };
    return;
  }
  const Index p = std::ssize(result.variables);
  report.main = named_matrix(result.variables, result.correlation.r);
  report.result = [&result] { return matrices_json(result); };
  Table matrix = named_matrix(result.variables, result.correlation.r, most_shown);
  matrix.digits = 3;
  report.screen.push_back(matrix);
  if (p > most_shown)
    report.screen.push_back(Paragraph{
        fmt::format("the first {} of {} columns; --csv or --json gives all", most_shown, p)});
  if (p < 2) return;
  Table strongest = pair_table(result, most_pairs_shown);
  strongest.title = fmt::format("Strongest pairs ({})", result.method);
  strongest.digits = 4;
  report.screen.push_back(strongest);
}

}  // namespace mathtool::cli
