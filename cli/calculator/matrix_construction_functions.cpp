#include <cmath>

#include "cli/calculator/formula_functions.hpp"

namespace mathtool::cli {
namespace {

using Arguments = const std::vector<Value>&;

Index dimension(const Value& value, const char* name) {
  constexpr long long most = 1'000'000'000;
  const long long n = whole_number(value, std::string(name) + ": a dimension");
  require(1 <= n && n <= most, "{}: a dimension must be 1 to {}, got {}", name, most, n);
  return n;
}

Value filled(Calculator& calculator, Arguments arguments, const char* name, double value) {
  const Index rows = dimension(arguments[0], name),
              columns = arguments.size() > 1 ? dimension(arguments[1], name) : rows;
  calculator.require_room(static_cast<double>(rows), static_cast<double>(columns));
  return Mat(Mat::Constant(rows, columns, value));
}

Value zeros(Calculator& calculator, Arguments arguments) {
  return filled(calculator, arguments, "zeros", 0);
}
Value ones(Calculator& calculator, Arguments arguments) {
  return filled(calculator, arguments, "ones", 1);
}

Value eye(Calculator& calculator, Arguments arguments) {
  const Index n = dimension(arguments[0], "eye");
  calculator.require_room(static_cast<double>(n), static_cast<double>(n));
  return Mat(Mat::Identity(n, n));
}

/// The diagonal matrix of a vector, or the diagonal of a matrix.
Value diag(Calculator& calculator, Arguments arguments) {
  const Mat A = real_matrix(arguments[0], "diag");
  if (A.rows() == 1 || A.cols() == 1) {
    calculator.require_room(static_cast<double>(A.size()), static_cast<double>(A.size()));
    return Mat(A.reshaped().asDiagonal());
  }
  return row_of(A.diagonal());
}

/// The entries of A, row after row, in another shape.
Value reshape(Calculator&, Arguments arguments) {
  const Mat A = real_matrix(arguments[0], "reshape: A");
  const Index rows = dimension(arguments[1], "reshape"), cols = dimension(arguments[2], "reshape");
  require<DimensionError>(rows * cols == A.size(),
                          "reshape: {} x {} has not the {} entries of {} x {}", rows, cols,
                          A.size(), A.rows(), A.cols());
  return Mat(A.reshaped<Eigen::RowMajor>(rows, cols).eval());
}

/// a, a + step, ... up to b.
Value range(Calculator& calculator, Arguments arguments) {
  constexpr double most = 1e9;
  const double a = real_number(arguments[0], "range"), b = real_number(arguments[1], "range"),
               step = arguments.size() > 2 ? real_number(arguments[2], "range") : 1.0;
  const double count = std::floor((b - a) / step * (1 + 4e-16)) + 1;
  require(count >= 1 && count <= most,
          "range: {} to {} in steps of {} is no vector of 1 to {} entries", a, b, step, most);
  calculator.require_room(1, count);
  Mat row(1, static_cast<Index>(count));
  for (Index i = 0; i < row.size(); ++i) row(0, i) = a + static_cast<double>(i) * step;
  return row;
}

}  // namespace

void add_matrix_construction_functions(ValueFunctions& functions) {
  functions["eye"] = {1, 1, eye};
  functions["zeros"] = {1, 2, zeros};
  functions["ones"] = {1, 2, ones};
  functions["diag"] = {1, 1, diag};
  functions["reshape"] = {3, 3, reshape};
  functions["range"] = {2, 3, range};
}

}  // namespace mathtool::cli
