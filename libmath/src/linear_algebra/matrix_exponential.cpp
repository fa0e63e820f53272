#include "mathtool/math/linear_algebra/matrix_exponential.hpp"

#include <fmt/core.h>

#include <Eigen/LU>
#include <algorithm>
#include <array>
#include <cmath>

#include "mathtool/math/constants.hpp"
#include "mathtool/math/error.hpp"
#include "mathtool/math/linear_algebra/norm.hpp"
#include "mathtool/math/matrix_products.hpp"

namespace mathtool::math {
namespace {

/// Up to ‖A‖₁ = theta[i] the approximant of degree degrees[i] has a backward error below
/// unit_roundoff. Ref: Al-Mohy & Higham (2009), Table 3.1.
constexpr std::array degrees = {3, 5, 7, 9, 13};
constexpr std::array theta = {1.495585217958292e-2, 2.539398330063230e-1, 9.504178996162932e-1,
                              2.097847961257068, 4.25};

/// Numerators of the Padé approximant of degree m, b_k = (2m − k)! m! / ((2m)! (m − k)! k!), scaled
/// so that b_m = 1. All are whole numbers below 2⁵³ but for the largest of degree 13, 6.5e16, which
/// is a multiple of 2⁷.
std::array<double, 14> pade_coefficients(int m) {
  std::array<double, 14> b = {};
  b[static_cast<std::size_t>(m)] = 1.0;
  for (int k = m; k > 0; --k)
    b[static_cast<std::size_t>(k - 1)] =
        b[static_cast<std::size_t>(k)] * k * (2 * m - k + 1) / (m - k + 1);
  return b;
}

/// A and its even powers, of which a higher degree needs more.
struct Powers {
  explicit Powers(const Mat& matrix)
      : A(matrix), A2(multiply(A, A)), A4(multiply(A2, A2)), A6(multiply(A2, A4)) {}
  Mat A, A2, A4, A6;
};

/// r_m(A) = q(A)⁻¹ p(A) with p = V + U, q = V − U, U odd and V even in A.
Mat pade(const Powers& power, int m) {
  const auto b = pade_coefficients(m);
  const Mat I = Mat::Identity(power.A.rows(), power.A.cols());
  Mat odd, V;
  if (m == 13) {
    odd = multiply(power.A6, b[13] * power.A6 + b[11] * power.A4 + b[9] * power.A2) +
          b[7] * power.A6 + b[5] * power.A4 + b[3] * power.A2 + b[1] * I;
    V = multiply(power.A6, b[12] * power.A6 + b[10] * power.A4 + b[8] * power.A2) +
        b[6] * power.A6 + b[4] * power.A4 + b[2] * power.A2 + b[0] * I;
  } else {
    odd = b[1] * I + b[3] * power.A2;
    V = b[0] * I + b[2] * power.A2;
    if (m >= 5) odd += b[5] * power.A4, V += b[4] * power.A4;
    if (m >= 7) odd += b[7] * power.A6, V += b[6] * power.A6;
    if (m >= 9) {
      const Mat A8 = multiply(power.A4, power.A4);
      odd += b[9] * A8, V += b[8] * A8;
    }
  }
  const Mat U = multiply(power.A, odd);
  return (V - U).partialPivLu().solve(V + U);
}

/// The squarings by which cancellation in high powers of A would still be felt.
/// Ref: Al-Mohy & Higham (2009), eq. (3.11).
int extra_squarings(const Mat& A, int m) {
  // 1 / (binomial(2m, m) (2m + 1)!), the leading coefficient of the backward error.
  const double log_coefficient =
      2 * std::lgamma(m + 1.0) - std::lgamma(2 * m + 1.0) - std::lgamma(2 * m + 2.0);
  Vec sums = Vec::Ones(A.rows());
  const Mat size = A.cwiseAbs();
  for (int k = 0; k < 2 * m + 1; ++k) sums = size.transpose() * sums;
  const double alpha = std::log2(sums.maxCoeff() / norm(A, Norm::one)) +
                       log_coefficient / std::log(2.0) - std::log2(unit_roundoff);
  return alpha > 0 ? static_cast<int>(std::ceil(alpha / (2 * m))) : 0;
}

struct Plan {
  int degree = 13;
  int squarings = 0;
};

/// Ref: Al-Mohy & Higham (2009), Algorithm 5.1.
Plan plan_for(const Powers& power) {
  const auto root = [](const Mat& B, double k) { return std::pow(norm(B, Norm::one), 1 / k); };
  const double d4 = root(power.A4, 4), d6 = root(power.A6, 6);
  const double d8 = root(multiply(power.A4, power.A4), 8);
  const double d10 = root(multiply(power.A4, power.A6), 10);
  const double eta[] = {std::max(d4, d6), std::max(d4, d6), std::max(d6, d8), std::max(d6, d8)};
  for (std::size_t i = 0; i < 4; ++i)
    if (eta[i] <= theta[i] && extra_squarings(power.A, degrees[i]) == 0) return {degrees[i], 0};
  const double eta5 = std::min(std::max(d6, d8), std::max(d8, d10));
  int s = eta5 > theta[4] ? static_cast<int>(std::ceil(std::log2(eta5 / theta[4]))) : 0;
  s += extra_squarings(std::ldexp(1.0, -s) * power.A, 13);
  return {13, s};
}

Mat exponential(const Mat& A, const Plan& plan) {
  Mat X = pade(Powers(std::ldexp(1.0, -plan.squarings) * A), plan.degree);
  for (int k = 0; k < plan.squarings; ++k) X = multiply(X, X);
  return X;
}

}  // namespace

MatrixFunction matrix_exponential(const MatRef& A) {
  const Index n = A.rows();
  require<DimensionError>(A.cols() == n, "matrix_exponential: A must be square, got {} x {}", n,
                          A.cols());
  require(A.allFinite(), "matrix_exponential: A contains NaN or infinite entries");
  MatrixFunction result;
  if (n == 0) return result;
  const Vec diagonal = A.diagonal();
  if ((A.array() != 0).count() == (diagonal.array() != 0).count()) {
    result.value = diagonal.array().exp().matrix().asDiagonal();
    result.error = 2 * unit_roundoff * norm(result.value, Norm::one);
  } else {
    // What is larger than 2⁹⁰ is taken off first, so that the tenth powers of A do not overflow.
    const int beyond = std::max(0, std::ilogb(norm(A, Norm::max)) - 90);
    const Mat reduced = std::ldexp(1.0, -beyond) * A;
    Plan plan = plan_for(Powers(reduced));
    plan.squarings += beyond;
    result.value = exponential(A, plan);
    const Mat again = exponential(A, {13, plan.squarings + 1});
    // Every squaring doubles the relative error, in both computations alike.
    const double rounding = std::ldexp(static_cast<double>(n) * unit_roundoff, plan.squarings);
    result.error =
        std::max(norm(result.value - again, Norm::one), rounding * norm(result.value, Norm::one));
  }
  const double size = norm(result.value, Norm::one);
  if (!result.value.allFinite()) {
    result.status = Status::not_finite;
    result.reason = "entries of the exponential are beyond the range of a double";
  } else if (result.error > 1e-8 * size) {
    result.status = Status::suspicious;
    result.reason = fmt::format("two computations differ by {:.1e}, relative: squaring cancels",
                                result.error / size);
  }
  return result;
}

}  // namespace mathtool::math
