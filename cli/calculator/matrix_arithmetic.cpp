#include "cli/calculator/matrix_arithmetic.hpp"

#include <fmt/core.h>

#include <algorithm>

#include "mathtool/math/linear_algebra/matrix_power.hpp"
#include "mathtool/math/linear_algebra/solve.hpp"

namespace mathtool::cli {
namespace {

using math::Operator;

template <class Matrix>
std::string shape(const Matrix& matrix) {
  return fmt::format("{} x {}", matrix.rows(), matrix.cols());
}

/// Entry by entry. A side of length 1 is repeated as often as the other operand asks for, so a row
/// joins with every row, a column with every column and a number with everything.
template <class Matrix, class Combine>
Matrix entrywise(const char* sign, const Matrix& a, const Matrix& b, Combine&& combine) {
  const Index rows = std::max(a.rows(), b.rows()), cols = std::max(a.cols(), b.cols());
  const auto fits = [&](const Matrix& x) {
    return (x.rows() == rows || x.rows() == 1) && (x.cols() == cols || x.cols() == 1);
  };
  require<DimensionError>(fits(a) && fits(b), "{}: shapes {} and {} do not agree", sign, shape(a),
                          shape(b));
  return a.replicate(rows / a.rows(), cols / a.cols())
      .binaryExpr(b.replicate(rows / b.rows(), cols / b.cols()), combine);
}

template <class Matrix>
Matrix product(const Matrix& a, const Matrix& b) {
  require<DimensionError>(a.cols() == b.rows(),
                          "*: shapes {} and {} do not agree; .* multiplies "
                          "entry by entry",
                          shape(a), shape(b));
  return a * b;
}

/// a / b solves x b = a.
Mat quotient(const Mat& a, const Mat& b) {
  require<DimensionError>(b.rows() == b.cols() && a.cols() == b.cols(),
                          "/: shapes {} and {} do not agree; ./ divides entry by entry", shape(a),
                          shape(b));
  const math::LinearSolution solution = math::solve(b.transpose(), a.transpose());
  if (solution.status != Status::converged)
    throw NotEstablished(solution.status, "/: " + solution.reason);
  return solution.X.transpose();
}

Mat power(const Mat& a, const Mat& b) {
  require(b.size() == 1 && b(0, 0) == std::floor(b(0, 0)) && std::abs(b(0, 0)) < 1e9,
          "^: a matrix takes a whole exponent; .^ works entry by entry");
  require<DimensionError>(a.rows() == a.cols(),
                          "^: shape {} is not square; .^ works entry by entry", shape(a));
  const math::MatrixFunction result = math::matrix_power(a, static_cast<long long>(b(0, 0)));
  if (result.status != Status::converged && result.status != Status::suspicious)
    throw NotEstablished(result.status, "^: " + result.reason);
  return result.value;
}

template <class Matrix>
Matrix common(Operator op, const Matrix& a, const Matrix& b) {
  const bool by_number = a.size() == 1 || b.size() == 1;
  switch (op) {
    case Operator::add: return entrywise("+", a, b, [](auto x, auto y) { return x + y; });
    case Operator::subtract: return entrywise("-", a, b, [](auto x, auto y) { return x - y; });
    case Operator::elementwise_multiply:
      return entrywise(".*", a, b, [](auto x, auto y) { return x * y; });
    case Operator::elementwise_divide:
      return entrywise("./", a, b, [](auto x, auto y) { return x / y; });
    case Operator::elementwise_power:
      return entrywise(".^", a, b, [](auto x, auto y) { return std::pow(x, y); });
    case Operator::multiply:
      return by_number ? entrywise("*", a, b, [](auto x, auto y) { return x * y; }) : product(a, b);
    default: throw DomainError("this operator has no meaning for these matrices");
  }
}

template <class Matrix>
Matrix stacked(const std::vector<std::vector<Matrix>>& blocks) {
  Index rows = 0, columns = 0;
  for (const Matrix& block : blocks[0]) columns += block.cols();
  for (const auto& row : blocks) rows += row[0].rows();
  Matrix whole(rows, columns);
  Index top = 0;
  for (const auto& row : blocks) {
    Index left = 0;
    for (const Matrix& block : row) {
      require<DimensionError>(block.rows() == row[0].rows() && left + block.cols() <= columns,
                              "a matrix cannot be put together: a block of {} does not fit",
                              shape(block));
      whole.block(top, left, block.rows(), block.cols()) = block;
      left += block.cols();
    }
    require<DimensionError>(left == columns,
                            "a matrix cannot be put together: rows of {} and {} "
                            "columns",
                            columns, left);
    top += row[0].rows();
  }
  return whole;
}

Index place(const Value& value, Index size) {
  const long long i = whole_number(value, "a place");
  require(1 <= i && i <= size, "there is no element {} of {}; places are counted from 1", i, size);
  return i - 1;
}

/// One place, or those of a vector.
std::vector<Index> places_of(const Value& value, Index size) {
  if (!value.is_matrix()) return {place(value, size)};
  std::vector<Index> places;
  for (const double i : real_vector(value, "places")) places.push_back(place(i, size));
  return places;
}

/// A[i, j], A[i] a row of a matrix, v[i] an entry of a vector; where i or j is a vector, the matrix
/// of those rows and columns.
template <class Matrix>
Value matrix_element(const Matrix& matrix, const std::vector<Value>& places) {
  if (places.size() == 2) {
    if (places[0].is_matrix() || places[1].is_matrix())
      return Value(
          Matrix(matrix(places_of(places[0], matrix.rows()), places_of(places[1], matrix.cols()))));
    return Value(matrix(place(places[0], matrix.rows()), place(places[1], matrix.cols())));
  }
  const bool column = matrix.cols() == 1;
  if (matrix.rows() != 1 && !column)
    return Value(Matrix(matrix(places_of(places[0], matrix.rows()), Eigen::all)));
  const auto chosen = places_of(places[0], matrix.size());
  if (!places[0].is_matrix()) return Value(matrix.reshaped()[chosen[0]]);
  return Value(column ? Matrix(matrix(chosen, Eigen::all)) : Matrix(matrix(Eigen::all, chosen)));
}

}  // namespace

Value matrices(Operator op, const Value& a, const Value& b) {
  if (a.is<ComplexMat>() || b.is<ComplexMat>() || a.is<Complex>() || b.is<Complex>()) {
    const ComplexMat x = complex_matrix(a, "an operand"), y = complex_matrix(b, "an operand");
    if (op == Operator::divide && y.size() == 1) op = Operator::elementwise_divide;
    return simplest(common(op, x, y));
  }
  const Mat x = real_matrix(a, "an operand"), y = real_matrix(b, "an operand");
  if (op == Operator::divide)
    return y.size() == 1 ? common(Operator::elementwise_divide, x, y) : quotient(x, y);
  if (op == Operator::power) return power(x, y);
  return common(op, x, y);
}

Value transposed(const Value& a) {
  if (const auto* matrix = a.as<Mat>()) return Mat(matrix->transpose());
  if (const auto* matrix = a.as<ComplexMat>()) return ComplexMat(matrix->transpose());
  if (a.is<List>()) return Mat(real_vector(a, "what is transposed"));
  require(a.is_number(), "{} cannot be transposed", kind_of(a));
  return a;
}

Value element(const Value& value, const std::vector<Value>& places) {
  if (const auto* matrix = value.as<Mat>()) return matrix_element(*matrix, places);
  if (const auto* matrix = value.as<ComplexMat>()) return matrix_element(*matrix, places);
  const auto* list = value.as<List>();
  require(list, "{} has no elements", kind_of(value));
  const Value& item =
      list->items[static_cast<std::size_t>(place(places[0], std::ssize(list->items)))];
  return places.size() == 1 ? item : element(item, {places[1]});
}

Value matrix_of(const std::vector<std::vector<Value>>& rows) {
  bool complex = false;
  for (const auto& row : rows)
    for (const Value& entry : row)
      complex = complex || entry.is<Complex>() || entry.is<ComplexMat>();
  std::vector<std::vector<ComplexMat>> complex_blocks;
  std::vector<std::vector<Mat>> blocks;
  for (const auto& row : rows) {
    auto& complex_row = complex_blocks.emplace_back();
    auto& real_row = blocks.emplace_back();
    for (const Value& entry : row) {
      if (complex)
        complex_row.push_back(complex_matrix(entry, "an entry of a matrix"));
      else
        real_row.push_back(real_matrix(entry, "an entry of a matrix"));
    }
  }
  if (complex) return stacked(complex_blocks);
  return stacked(blocks);
}

}  // namespace mathtool::cli
