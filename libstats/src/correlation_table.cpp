#include "correlation_table.hpp"

#include <cmath>

#include "distribution_quantiles.hpp"
#include "mathtool/math/constants.hpp"
#include "mathtool/math/error.hpp"

namespace mathtool::stats {
namespace {

double two_sided_quantile(double level) {
  require(level > 0 && level < 1, "correlation: level must be in (0, 1), got {}", level);
  return normal_quantile((1 + level) / 2);
}

void set_both(Mat& matrix, Index i, Index j, double value) { matrix(i, j) = matrix(j, i) = value; }

}  // namespace

CorrelationTable::CorrelationTable(Index columns, double level) : z_(two_sided_quantile(level)) {
  for (Mat* matrix : {&table_.r, &table_.p_values, &table_.ci_low, &table_.ci_high, &table_.n})
    matrix->setConstant(columns, columns, not_a_number);
}

void CorrelationTable::set(Index i, Index j, const PairCorrelation& pair) {
  const double centre = std::atanh(pair.r), reach = z_ * pair.standard_error;
  set_both(table_.r, i, j, pair.r);
  set_both(table_.p_values, i, j, pair.p_value);
  set_both(table_.ci_low, i, j, std::tanh(centre - reach));
  set_both(table_.ci_high, i, j, std::tanh(centre + reach));
  set_both(table_.n, i, j, pair.n);
}

void CorrelationTable::set_diagonal(Index j, bool varies, double n) {
  table_.r(j, j) = table_.ci_low(j, j) = table_.ci_high(j, j) = varies ? 1.0 : not_a_number;
  table_.p_values(j, j) = varies ? 0.0 : not_a_number;
  table_.n(j, j) = n;
}

double standard_error(double n, double lost) {
  return n > lost ? 1 / std::sqrt(n - lost) : not_a_number;
}

}  // namespace mathtool::stats
