#pragma once

#include <string>
#include <vector>

#include "cli/render/json.hpp"
#include "cli/table.hpp"
#include "mathtool/math/constants.hpp"

namespace mathtool::cli {

/// An estimate as it is shown; NaN what is not known of it.
struct CoefficientRow {
  std::string name;
  double estimate = not_a_number, std_error = not_a_number, statistic = not_a_number,
         p_value = not_a_number, low = not_a_number, high = not_a_number;
};

/// With estimate / std_error and the interval estimate ± quantile · std_error.
CoefficientRow coefficient_row(std::string name, double estimate, double std_error,
                               double quantile);

/// How often Student's t is as far from 0 as `statistic`; NaN without degrees of freedom.
double two_sided_t(double statistic, double degrees_of_freedom);

/// `statistic` is the name of that column; a `bare` table ends behind the estimates.
Table coefficient_table(std::vector<CoefficientRow> rows, const std::string& statistic,
                        bool bare = false);

/// A list of objects {name, estimate, std_error, statistic, p_value, ci_low, ci_high}.
Json coefficients_json(const std::vector<CoefficientRow>& rows);

}  // namespace mathtool::cli
