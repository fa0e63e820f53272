#include <algorithm>

#include "cli/calculator/formula_functions.hpp"
#include "mathtool/math/linear_algebra/cholesky.hpp"
#include "mathtool/math/linear_algebra/general_eigen.hpp"
#include "mathtool/math/linear_algebra/lu.hpp"
#include "mathtool/math/linear_algebra/matrix_structure.hpp"
#include "mathtool/math/linear_algebra/qr.hpp"
#include "mathtool/math/symmetric_eigen.hpp"
#include "mathtool/math/thin_svd.hpp"

namespace mathtool::cli {
namespace {

using Arguments = const std::vector<Value>&;

/// Whether all factors are wanted, as in eig(A, vectors), or the values alone.
bool wants_vectors(Arguments arguments, const char* name) {
  if (arguments.size() < 2) return false;
  const auto* word = arguments[1].as<std::string>();
  require(word && *word == "vectors", "{}: the second argument is the word vectors", name);
  return true;
}

/// By real part, then by imaginary part.
Value sorted_eigen(Calculator& calculator, const math::GeneralEigen& eigen, bool vectors) {
  (void)calculator.use({.value = 0.0,
                        .error = eigen.errors.maxCoeff(),
                        .status = eigen.status,
                        .reason = eigen.reason});
  const Index n = eigen.values.size();
  std::vector<Index> order(static_cast<std::size_t>(n));
  for (Index i = 0; i < n; ++i) order[static_cast<std::size_t>(i)] = i;
  std::stable_sort(order.begin(), order.end(), [&](Index a, Index b) {
    const Complex x = eigen.values[a], y = eigen.values[b];
    return x.real() != y.real() ? x.real() < y.real() : x.imag() < y.imag();
  });
  ComplexMat values(1, n), columns(n, n);
  for (Index i = 0; i < n; ++i) {
    values(0, i) = eigen.values[order[static_cast<std::size_t>(i)]];
    columns.col(i) = eigen.vectors.col(order[static_cast<std::size_t>(i)]);
  }
  if (!vectors) return simplest(std::move(values));
  return List{{simplest(std::move(values)), simplest(std::move(columns))}, {"values", "vectors"}};
}

/// Ascending where they are real.
Value eig(Calculator& calculator, Arguments arguments) {
  const bool vectors = wants_vectors(arguments, "eig");
  const ComplexMat A = complex_matrix(arguments[0], "eig: A");
  require<DimensionError>(A.rows() == A.cols(), "eig: a matrix of {} x {} is not square", A.rows(),
                          A.cols());
  if (arguments[0].is<ComplexMat>() || arguments[0].is<Complex>())
    return sorted_eigen(calculator, math::general_eigen(A), vectors);
  const Mat real = A.real();
  if (real == real.transpose()) {
    const math::SymmetricEigen eigen = math::symmetric_eigen(real, {.vectors = vectors});
    const Value values = row_of(eigen.values.reverse());
    if (!vectors) return values;
    return List{{values, Mat(eigen.vectors.rowwise().reverse())}, {"values", "vectors"}};
  }
  return sorted_eigen(calculator, math::general_eigen(real), vectors);
}

Value svd(Calculator&, Arguments arguments) {
  const bool vectors = wants_vectors(arguments, "svd");
  const math::ThinSvd svd = math::thin_svd(real_matrix(arguments[0], "svd: A"), {.left = vectors});
  if (!vectors) return row_of(svd.singular);
  return List{{svd.U, row_of(svd.singular), svd.V}, {"U", "singular", "V"}};
}

/// P A = L U
Value lu(Calculator&, Arguments arguments) {
  const math::Lu lu = math::lu(real_matrix(arguments[0], "lu: A"));
  Mat P = Mat::Zero(std::ssize(lu.order), std::ssize(lu.order));
  for (Index i = 0; i < P.rows(); ++i) P(i, lu.order[static_cast<std::size_t>(i)]) = 1;
  return List{{lu.L, lu.U, P}, {"L", "U", "P"}};
}

Value qr(Calculator&, Arguments arguments) {
  const math::Qr qr = math::qr(real_matrix(arguments[0], "qr: A"));
  return List{{qr.Q, qr.R}, {"Q", "R"}};
}

Value chol(Calculator& calculator, Arguments arguments) {
  const Mat A = square_matrix(arguments[0], "chol");
  require(math::matrix_structure(A).symmetric, "chol: the matrix is not symmetric");
  const math::Cholesky result = math::cholesky(A);
  if (result.status == Status::divergent)
    throw NotEstablished(result.status, "chol: " + result.reason);
  (void)calculator.use(
      {.value = 0.0, .error = 0.0, .status = result.status, .reason = result.reason});
  return result.L;
}

}  // namespace

void add_decomposition_functions(ValueFunctions& functions) {
  functions["eig"] = {1, 2, eig, {"vectors"}};
  functions["svd"] = {1, 2, svd, {"vectors"}};
  functions["lu"] = {1, 1, lu};
  functions["qr"] = {1, 1, qr};
  functions["chol"] = {1, 1, chol};
}

}  // namespace mathtool::cli
