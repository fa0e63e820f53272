#include <fmt/core.h>

#include <cmath>

#include "cli/calculator/formula_functions.hpp"
#include "cli/calculator/matrix_arithmetic.hpp"
#include "mathtool/math/linear_algebra/condition.hpp"
#include "mathtool/math/linear_algebra/determinant.hpp"
#include "mathtool/math/linear_algebra/kronecker.hpp"
#include "mathtool/math/linear_algebra/matrix_exponential.hpp"
#include "mathtool/math/linear_algebra/matrix_structure.hpp"
#include "mathtool/math/linear_algebra/norm.hpp"
#include "mathtool/math/linear_algebra/rank.hpp"
#include "mathtool/math/linear_algebra/solve.hpp"

namespace mathtool::cli {
namespace {

using Arguments = const std::vector<Value>&;

/// What is known of a result that is no single number.
void use_status(Calculator& calculator, Status status, const std::string& reason,
                double error = 0.0) {
  (void)calculator.use({.value = 0.0, .error = error, .status = status, .reason = reason});
}

Value det(Calculator& calculator, Arguments arguments) {
  const Mat A = square_matrix(arguments[0], "det");
  const math::Estimate result = math::determinant(A, calculator.stop());
  const double value = calculator.use(result);
  if (result.error == 0 && value == std::floor(value) && std::abs(value) <= 0x1p53)
    return Rational(static_cast<long long>(value));
  return value;
}

/// [B, -C; C, B] for B + C i: real matrices that multiply and are inverted as the complex ones are.
Mat real_form(const ComplexMat& A) {
  Mat form(2 * A.rows(), 2 * A.cols());
  form << A.real(), -A.imag(), A.imag(), A.real();
  return form;
}

/// B + C i of its real form.
ComplexMat complex_form(const Mat& form) {
  const Index rows = form.rows() / 2, columns = form.cols() / 2;
  ComplexMat A(rows, columns);
  A.real() = form.topLeftCorner(rows, columns);
  A.imag() = form.bottomLeftCorner(rows, columns);
  return A;
}

Value inv(Calculator& calculator, Arguments arguments) {
  const auto* complex = arguments[0].as<ComplexMat>();
  const Mat A = complex ? real_form(*complex) : square_matrix(arguments[0], "inv");
  require<DimensionError>(A.rows() == A.cols(), "inv: A must be square, got {} x {}", A.rows() / 2,
                          A.cols() / 2);
  const math::LinearSolution inverse = math::inverse(A);
  if (inverse.status == Status::divergent)
    throw NotEstablished(inverse.status, "inv: " + inverse.reason);
  use_status(calculator, inverse.status, inverse.reason, inverse.error);
  if (complex) return simplest(complex_form(inverse.X));
  return inverse.X;
}

Value linsolve(Calculator& calculator, Arguments arguments) {
  const Mat A = real_matrix(arguments[0], "linsolve: A");
  Mat B = real_matrix(arguments[1], "linsolve: b");
  const bool row = B.rows() == 1 && A.rows() > 1;  // [5, 6] for [5; 6]
  if (row) B.transposeInPlace();
  require<DimensionError>(A.rows() == B.rows(), "linsolve: A has {} rows, b has {}", A.rows(),
                          B.rows());
  if (A.rows() != A.cols()) {
    const math::PseudoInverse inverse = math::pseudo_inverse(A);
    calculator.note("linsolve: A is not square; this is the least-squares solution of least norm");
    use_status(calculator, inverse.rank.status, inverse.rank.reason);
    const Mat X = inverse.value * B;
    return row ? Mat(X.transpose()) : X;
  }
  const math::LinearSolution solution = math::solve(A, B);
  use_status(calculator, solution.status, solution.reason, solution.error);
  return row ? Mat(solution.X.transpose()) : solution.X;
}

Value rank(Calculator& calculator, Arguments arguments) {
  const math::MatrixRank result = math::matrix_rank(real_matrix(arguments[0], "rank: A"));
  use_status(calculator, result.status, result.reason);
  calculator.note(fmt::format("singular values up to {:.3g} count as 0", result.threshold));
  return Rational(result.rank);
}

Value trace(Calculator&, Arguments arguments) {
  const Mat A = square_matrix(arguments[0], "trace");
  return A.trace();
}

math::Norm norm_kind(const Value& value) {
  if (value.is_number()) {
    const double p = real_number(value, "norm");
    if (p == 1) return math::Norm::one;
    if (p == 2) return math::Norm::spectral;
    if (std::isinf(p) && p > 0) return math::Norm::infinity;
  }
  if (const auto* name = value.as<std::string>()) {
    if (*name == "fro") return math::Norm::frobenius;
    if (*name == "nuc") return math::Norm::nuclear;
    if (*name == "max") return math::Norm::max;
  }
  throw DomainError("norm: the kind is 1, 2, inf, fro, nuc or max");
}

/// The real form has each singular value twice.
double complex_norm(ComplexMat A, math::Norm kind) {
  if (A.rows() == 1) A.transposeInPlace();
  if (kind == math::Norm::spectral) return math::norm(real_form(A), kind);
  if (kind == math::Norm::nuclear) return math::norm(real_form(A), kind) / 2;
  return math::norm(A.cwiseAbs(), kind);
}

/// norm(A, kind), kind 2 if not given. Of a row, as of a column, the norm of its entries.
Value norm(Calculator&, Arguments arguments) {
  const math::Norm kind = arguments.size() < 2 ? math::Norm::spectral : norm_kind(arguments[1]);
  if (const auto* complex = arguments[0].as<ComplexMat>()) return complex_norm(*complex, kind);
  Mat A = real_matrix(arguments[0], "norm: A");
  if (A.rows() == 1) A.transposeInPlace();
  return math::norm(A, kind);
}

Value cond(Calculator& calculator, Arguments arguments) {
  return calculator.use(math::condition_number(real_matrix(arguments[0], "cond: A")));
}

Value expm(Calculator& calculator, Arguments arguments) {
  const Mat A = square_matrix(arguments[0], "expm");
  const math::MatrixFunction result = math::matrix_exponential(A);
  use_status(calculator, result.status, result.reason, result.error);
  return result.value;
}

Value transpose(Calculator&, Arguments arguments) { return transposed(arguments[0]); }

Value null(Calculator& calculator, Arguments arguments) {
  const Mat basis = math::null_space(real_matrix(arguments[0], "null: A"));
  if (basis.cols() == 0) {
    calculator.note("the null space holds 0 alone");
    return List{};
  }
  return basis;
}

Value pinv(Calculator& calculator, Arguments arguments) {
  const math::PseudoInverse result = math::pseudo_inverse(real_matrix(arguments[0], "pinv: A"));
  use_status(calculator, result.rank.status, result.rank.reason);
  return result.value;
}

Value kron(Calculator& calculator, Arguments arguments) {
  const Mat A = real_matrix(arguments[0], "kron: A"), B = real_matrix(arguments[1], "kron: B");
  calculator.require_room(static_cast<double>(A.rows()) * static_cast<double>(B.rows()),
                          static_cast<double>(A.cols()) * static_cast<double>(B.cols()));
  return math::kronecker(A, B);
}

/// What kind of matrix it is.
Value structure(Calculator& calculator, Arguments arguments) {
  const math::MatrixStructure kind =
      math::matrix_structure(real_matrix(arguments[0], "structure: A"));
  List list;
  const auto add = [&](bool holds, const char* name) {
    if (holds) list.items.push_back(std::string(name));
  };
  add(kind.square, "square");
  add(kind.identity, "identity");
  add(kind.diagonal, "diagonal");
  add(kind.upper && !kind.diagonal, "upper triangular");
  add(kind.lower && !kind.diagonal, "lower triangular");
  add(kind.symmetric, "symmetric");
  add(kind.orthogonal, "orthogonal");
  add(kind.positive_definite, "positive definite");
  add(kind.positive_semidefinite && !kind.positive_definite, "positive semidefinite");
  calculator.note(
      fmt::format("entries count as equal within {:.3g} of the largest", kind.tolerance));
  return list;
}

Value dot(Calculator&, Arguments arguments) {
  const Vec a = real_vector(arguments[0], "dot: a"), b = real_vector(arguments[1], "dot: b");
  require<DimensionError>(a.size() == b.size(), "dot: vectors of {} and {} entries", a.size(),
                          b.size());
  return a.dot(b);
}

Value cross(Calculator&, Arguments arguments) {
  const Vec a = real_vector(arguments[0], "cross: a"), b = real_vector(arguments[1], "cross: b");
  require<DimensionError>(a.size() == 3 && b.size() == 3,
                          "cross: vectors of 3 entries, not {} and {}", a.size(), b.size());
  return row_of(Eigen::Vector3d(a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2],
                                a[0] * b[1] - a[1] * b[0]));
}

Value size(Calculator&, Arguments arguments) {
  if (const auto* list = arguments[0].as<List>()) return Rational(std::ssize(list->items));
  const ComplexMat A = complex_matrix(arguments[0], "size");
  return row_of(Eigen::Vector2d(static_cast<double>(A.rows()), static_cast<double>(A.cols())));
}

}  // namespace

void add_matrix_functions(ValueFunctions& functions) {
  functions["det"] = {1, 1, det};
  functions["inv"] = {1, 1, inv};
  functions["rank"] = {1, 1, rank};
  functions["trace"] = {1, 1, trace};
  functions["norm"] = {1, 2, norm, {"fro", "nuc", "max"}};
  functions["cond"] = {1, 1, cond};
  functions["expm"] = {1, 1, expm};
  functions["linsolve"] = {2, 2, linsolve};
  functions["transpose"] = {1, 1, transpose};
  functions["null"] = {1, 1, null};
  functions["pinv"] = {1, 1, pinv};
  functions["kron"] = {2, 2, kron};
  functions["structure"] = {1, 1, structure};
  functions["dot"] = {2, 2, dot};
  functions["cross"] = {2, 2, cross};
  functions["size"] = {1, 1, size};
}

}  // namespace mathtool::cli
