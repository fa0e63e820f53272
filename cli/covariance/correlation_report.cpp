#include "cli/covariance/correlation_report.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <cmath>
#include <span>

#include "cli/covariance/named_matrix.hpp"
#include "cli/covariance/pairwise_repair.hpp"
#include "cli/first_few.hpp"
#include "cli/render/json.hpp"
#include "cli/squares_fit.hpp"
#include "mathtool/math/error.hpp"
#include "mathtool/stats/p_adjustment.hpp"

namespace mathtool::cli {
namespace {

constexpr Index most_shown = 12;        // columns of a matrix for people
constexpr Index most_pairs_shown = 10;  // below it
constexpr Index most_drawn = 60;        // columns in colours

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

/// Whether a column varies, but by so much or so little that its variance is not known.
bool is_out_of_range(const CorrelationResult& result, Index column) {
  if (result.variances.size() == 0 || result.correlation.n(column, column) < 2) return false;
  return result.variances[column] != 0 && !squares_fit(result.variances[column]);
}

void report_spread(const CorrelationResult& result, Report& report) {
  std::vector<std::string> constant, out_of_range;
  for (Index j = 0; j < std::ssize(result.variables); ++j) {
    const std::string& name = result.variables[static_cast<std::size_t>(j)];
    if (is_out_of_range(result, j))
      out_of_range.push_back(name);
    else if (std::isnan(result.correlation.r(j, j)))
      constant.push_back(name);
  }
  if (!constant.empty())
    report.notes.push_back("no correlation where the variance is 0: " + first_few(constant));
  if (out_of_range.empty()) return;
  report.status = Status::not_finite;
  report.reason =
      fmt::format("the variance of {} is beyond the range of doubles; rescale the values",
                  first_few(out_of_range));
  report.notes.push_back(report.reason);
}

void require_spread(const CorrelationResult& result, const TableInput& input) {
  bool any = false;
  for (Index j = 0; j < std::ssize(result.variables); ++j)
    any = any || is_out_of_range(result, j) || !std::isnan(result.correlation.r(j, j));
  require<InsufficientDataError>(any, "{}: no column varies", input.reader.name());
}

/// The matrix in colours from -1 to 1, as it is read: the first column at the top.
Panel panel_of(const CorrelationResult& result, Index drawn) {
  const std::vector<std::string> names(result.variables.begin(), result.variables.begin() + drawn);
  Series cells{.mark = Mark::heatmap};
  for (Index i = 0; i < drawn; ++i)
    for (Index j = 0; j < drawn; ++j) {
      cells.x.push_back(static_cast<double>(j + 1));
      cells.y.push_back(static_cast<double>(i + 1));
      cells.z.push_back(result.correlation.r(i, j));
    }
  return {.title = fmt::format("correlation ({})", result.method),
          .series = {std::move(cells)},
          .downwards = true,
          .x_categories = names,
          .y_categories = names,
          .z_limits = Limits{-1, 1}};
}

Figure figure_of(const CorrelationResult& result) {
  const Index p = std::ssize(result.variables);
  Figure figure{.panels = {panel_of(result, std::min(p, most_drawn))}};
  if (p > most_drawn)
    figure.notes.push_back(fmt::format("the first {} of {} columns are drawn", most_drawn, p));
  return figure;
}

}  // namespace

CorrelationResult correlation_result(const TableInput& input, stats::Correlation correlation,
                                     Vec variances, const std::string& method,
                                     const std::string& adjustment) {
  CorrelationResult result{.variables = input.numeric_names(),
                           .method = method,
                           .adjustment = adjustment,
                           .correlation = std::move(correlation),
                           .variances = std::move(variances)};
  require_spread(result, input);
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
  report_spread(result, report);
  report.figure = [&result] { return figure_of(result); };
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
