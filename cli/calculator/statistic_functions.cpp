#include "cli/calculator/statistic_functions.hpp"

#include <algorithm>
#include <cmath>

#include "cli/calculator/formula_functions.hpp"
#include "mathtool/stats/accumulators/covariance.hpp"
#include "mathtool/stats/accumulators/moments.hpp"
#include "mathtool/stats/accumulators/quantiles.hpp"
#include "mathtool/stats/correlation.hpp"

namespace mathtool::cli {
namespace {

using Values = const std::vector<Value>&;

void require_two(const std::string& name, Index count) {
  require<InsufficientDataError>(count >= 2, "{}: at least 2 numbers are needed, got {}", name,
                                 count);
}

std::span<const double> numbers_in(const Mat& matrix) {
  return {matrix.data(), static_cast<std::size_t>(matrix.size())};
}

/// The power of two below the largest magnitude. Divided by it, numbers keep their bits, and their
/// squares and sums neither overflow nor vanish.
double unit_of(const Mat& matrix) {
  const double largest = matrix.cwiseAbs().maxCoeff();
  return largest > 0 && std::isfinite(largest) ? std::exp2(std::ilogb(largest)) : 1.0;
}

stats::Moments moments_of(const Mat& matrix) {
  stats::Moments moments;
  moments.push(numbers_in(matrix));
  return moments;
}

double mean_of(const Mat& numbers) {
  const double unit = unit_of(numbers);
  return unit * moments_of(numbers / unit).mean();
}

double sd_of(const std::string& name, const Mat& numbers) {
  require_two(name, numbers.size());
  const double unit = unit_of(numbers);
  return unit * std::sqrt(moments_of(numbers / unit).variance());
}

double variance_of(const std::string& name, const Mat& numbers) {
  require_two(name, numbers.size());
  const double unit = unit_of(numbers);
  return unit * moments_of(numbers / unit).variance() * unit;
}

double median_of(const Mat& numbers) {
  stats::Quantiles quantiles(std::max<Index>(numbers.size(), stats::Quantiles::least_capacity));
  quantiles.push(numbers_in(numbers));
  return quantiles.median();
}

/// Of each column in its own unit.
stats::CovarianceEstimate covariance_of(const std::string& name, const Mat& columns,
                                        const Vec& units) {
  require_two(name, columns.rows());
  stats::Covariance covariance(columns.cols());
  covariance.push_rows(RowMat(columns.array().rowwise() / units.transpose().array()));
  return covariance.estimate();
}

Vec units_of(const Mat& columns) {
  Vec units(columns.cols());
  for (Index j = 0; j < columns.cols(); ++j) units[j] = unit_of(columns.col(j));
  return units;
}

Mat covariance_matrix_of(const std::string& name, const Mat& columns) {
  const Vec units = units_of(columns);
  return units.asDiagonal() * covariance_of(name, columns, units).matrix * units.asDiagonal();
}

Mat correlation_of(const std::string& name, const Mat& columns) {
  Mat r = stats::pearson_correlation(covariance_of(name, columns, units_of(columns))).r;
  require<InsufficientDataError>(!r.diagonal().array().isNaN().any(),
                                 "{}: the numbers of a column are all equal", name);
  return r;
}

/// Two vectors as columns: their one number of the matrix; the columns of a matrix: all of it.
template <auto matrix_of>
Value of_columns(const std::string& name, Values arguments) {
  if (arguments.size() == 1) {
    const Mat columns = real_matrix(arguments[0], name);
    require<DimensionError>(columns.rows() > 1 && columns.cols() > 1,
                            "{}: takes two vectors, or a matrix of columns, not {} x {}", name,
                            columns.rows(), columns.cols());
    return matrix_of(name, columns);
  }
  const Vec a = real_vector(arguments[0], name + ": a"),
            b = real_vector(arguments[1], name + ": b");
  require<DimensionError>(a.size() == b.size(), "{}: vectors of {} and {} numbers", name, a.size(),
                          b.size());
  Mat columns(a.size(), 2);
  columns << a, b;
  return matrix_of(name, columns)(0, 1);
}

Value var(Calculator&, Values arguments) {
  return variance_of("var", real_matrix(arguments[0], "var"));
}
Value cov(Calculator&, Values arguments) {
  return of_columns<covariance_matrix_of>("cov", arguments);
}
Value corr(Calculator&, Values arguments) { return of_columns<correlation_of>("corr", arguments); }

}  // namespace

Value statistic_of(const std::string& name, const Value& numbers) {
  const Mat matrix = real_matrix(numbers, name);
  if (name == "mean") return mean_of(matrix);
  if (name == "median") return median_of(matrix);
  return sd_of(name, matrix);
}

void add_statistic_functions(ValueFunctions& functions) {
  functions["var"] = {1, 1, var};
  functions["cov"] = {1, 2, cov};
  functions["corr"] = {1, 2, corr};
}

}  // namespace mathtool::cli
