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

stats::Moments moments_of(const Mat& matrix) {
  stats::Moments moments;
  moments.push(numbers_in(matrix));
  return moments;
}

double variance_of(const std::string& name, const Mat& numbers) {
  require_two(name, numbers.size());
  return moments_of(numbers).variance();
}

double median_of(const Mat& numbers) {
  stats::Quantiles quantiles(std::max<Index>(numbers.size(), stats::Quantiles::least_capacity));
  quantiles.push(numbers_in(numbers));
  return quantiles.median();
}

stats::CovarianceEstimate covariance_of(const std::string& name, const Mat& columns) {
  require_two(name, columns.rows());
  stats::Covariance covariance(columns.cols());
  covariance.push_rows(RowMat(columns));
  return covariance.estimate();
}

Mat covariance_matrix_of(const std::string& name, const Mat& columns) {
  return covariance_of(name, columns).matrix;
}

Mat correlation_of(const std::string& name, const Mat& columns) {
  Mat r = stats::pearson_correlation(covariance_of(name, columns)).r;
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
  if (name == "mean") return moments_of(matrix).mean();
  if (name == "median") return median_of(matrix);
  return std::sqrt(variance_of(name, matrix));
}

void add_statistic_functions(ValueFunctions& functions) {
  functions["var"] = {1, 1, var};
  functions["cov"] = {1, 2, cov};
  functions["corr"] = {1, 2, corr};
}

}  // namespace mathtool::cli
