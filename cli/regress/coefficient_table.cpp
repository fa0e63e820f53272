#include "cli/regress/coefficient_table.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include "mathtool/stats/distributions/student_t.hpp"

namespace mathtool::cli {

CoefficientRow coefficient_row(std::string name, double estimate, double std_error,
                               double quantile) {
  return {.name = std::move(name),
          .estimate = estimate,
          .std_error = std_error,
          .statistic = estimate / std_error,
          .low = estimate - quantile * std_error,
          .high = estimate + quantile * std_error};
}

double two_sided_t(double statistic, double degrees_of_freedom) {
  if (!(degrees_of_freedom > 0) || std::isnan(statistic)) return not_a_number;
  if (std::isinf(statistic)) return 0;
  return std::min(1.0, 2 * survival(stats::StudentT(degrees_of_freedom), std::abs(statistic)));
}

Table coefficient_table(std::vector<CoefficientRow> rows, const std::string& statistic, bool bare) {
  std::vector<std::string> columns{"name", "estimate"};
  if (!bare)
    columns.insert(columns.end(), {"std_error", statistic, "p_value", "ci_low", "ci_high"});
  return {.columns = std::move(columns),
          .rows = std::ssize(rows),
          .cell = [rows = std::move(rows)](Index i, Index column) -> Cell {
            const CoefficientRow& row = rows[static_cast<std::size_t>(i)];
            switch (column) {
              case 0: return row.name;
              case 1: return row.estimate;
              case 2: return row.std_error;
              case 3: return row.statistic;
              case 4: return row.p_value;
              case 5: return row.low;
              default: return row.high;
            }
          }};
}

Json coefficients_json(const std::vector<CoefficientRow>& rows) {
  Json list = Json::array();
  for (const CoefficientRow& row : rows)
    list.push_back({{"name", row.name},
                    {"estimate", row.estimate},
                    {"std_error", row.std_error},
                    {"statistic", row.statistic},
                    {"p_value", row.p_value},
                    {"ci_low", row.low},
                    {"ci_high", row.high}});
  return list;
}

}  // namespace mathtool::cli
