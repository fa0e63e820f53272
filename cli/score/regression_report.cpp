#include "cli/score/regression_report.hpp"

#include <fmt/core.h>

#include <string>
#include <utility>
#include <vector>

#include "cli/render/json.hpp"
#include "mathtool/math/error.hpp"

namespace mathtool::cli {

void report_regression(const ScoredGroup& group, Report& report) {
  require<InsufficientDataError>(group.rows > 0, "no row is left to score");
  require<InsufficientDataError>(group.weight > 0, "the weights sum to 0: no row counts");
  const stats::RegressionErrors& errors = group.errors;
  const std::string reason = errors.r_squared_reason();
  if (!reason.empty()) report.notes.push_back(fmt::format("r_squared is undefined: {}", reason));
  const std::vector<std::pair<std::string, double>> metrics{{"rmse", errors.rmse()},
                                                            {"mae", errors.mae()},
                                                            {"mean_error", errors.mean_error()},
                                                            {"r_squared", errors.r_squared()}};
  report.main = {.columns = {"metric", "value"},
                 .rows = std::ssize(metrics),
                 .cell = [metrics](Index row, Index column) -> Cell {
                   const auto& [name, value] = metrics[static_cast<std::size_t>(row)];
                   if (column == 0) return name;
                   return value;
                 }};
  report.screen.push_back(
      Paragraph{fmt::format("{:.15g} observation{}", group.weight, group.weight == 1 ? "" : "s")});
  report.screen.push_back(report.main);
  report.result = [metrics, &group] {
    Json json{{"task", "regression"}, {"observations", whole_or_real(group.weight)}};
    for (const auto& [name, value] : metrics) json[name] = value;
    return json;
  };
}

}  // namespace mathtool::cli
