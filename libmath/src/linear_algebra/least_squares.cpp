#include "mathtool/math/linear_algebra/least_squares.hpp"

#include <cmath>
#include <numeric>
#include <utility>

#include "linear_algebra/doubled_fit.hpp"
#include "mathtool/math/constants.hpp"
#include "mathtool/math/error.hpp"
#include "power_of_two.hpp"

namespace mathtool::math {
namespace {

/// Into the units of the raw numbers; column j of X has the unit 2^exponents[j].
void report(const DoubledFit& doubled, const std::vector<int>& exponents, int y_exponent,
            LeastSquaresFit& fit) {
  const Index p = doubled.coefficients.rows(), rank = doubled.inverse_R.cols();
  const double y_unit = std::ldexp(1.0, y_exponent);
  const double sum = doubled.sum_of_squares.high * doubled.weight_unit;
  const double deviation = fit.degrees_of_freedom > 0
                               ? std::sqrt(sum / static_cast<double>(fit.degrees_of_freedom))
                               : not_a_number;
  fit.residuals = doubled.residuals * y_unit;
  fit.residual_sum_of_squares = sum * y_unit * y_unit;
  fit.residual_deviation = deviation * y_unit;
  Mat root(p, rank);  // of (XᵀWX)⁻¹
  for (Index j = 0; j < p; ++j)
    for (Index k = 0; k < rank; ++k)
      root(j, k) = doubled.inverse_R(j, k).high / std::sqrt(doubled.weight_unit);
  fit.coefficients.resize(p);
  fit.errors.resize(p);
  fit.standard_errors.resize(p);
  for (Index j = 0; j < p; ++j) {
    const int exponent = y_exponent - exponents[static_cast<std::size_t>(j)];
    const double b = doubled.coefficients(j, 0).high;
    fit.coefficients[j] = std::ldexp(b, exponent);
    fit.errors[j] = std::ldexp(doubled.errors(j, 0).high + unit_roundoff * std::abs(b), exponent);
    fit.standard_errors[j] = std::ldexp(deviation * root.row(j).norm(), exponent);
  }
  for (const Index j : fit.dependent) fit.standard_errors[j] = not_a_number;
  for (Index j = 0; j < p; ++j)
    root.row(j) *= std::ldexp(1.0, -exponents[static_cast<std::size_t>(j)]);
  fit.inverse_gram = root * root.transpose();
  fit.inverse_root = std::move(root);
  if (!fit.coefficients.allFinite()) {
    fit.status = Status::not_finite;
    fit.reason = "a coefficient is beyond the range of a double; change the units of its column";
  }
}

/// Column by column of A, which holds coefficients of polynomials in t = scale · (s − shift) from
/// the constant upward: the coefficients of the same polynomials in s.
void expand_polynomials(DoubleDoubleColumns& A, double scale, double shift) {
  const Index p = A.rows();
  for (Index k = 0; k < A.cols(); ++k) {
    double power = 1.0;
    for (Index j = 0; j < p; ++j, power *= scale) A.set(j, k, A(j, k) * power);
    for (Index i = 0; i + 1 < p; ++i)  // Horner's scheme, once for each coefficient
      for (Index j = p - 1; j-- > i;) A.set(j, k, A(j, k) - A(j + 1, k) * shift);
  }
}

}  // namespace

LeastSquaresFit least_squares(const MatRef& raw, std::span<const DesignTerm> terms, const VecRef& y,
                              const LeastSquaresOptions& options) {
  const DesignColumns design(raw, terms, y);
  LeastSquaresFit fit;
  const DoubledFit doubled = fit_doubled(design, options, fit);
  std::vector<int> exponents;
  for (Index j = 0; j < design.columns(); ++j) exponents.push_back(design.exponent(j));
  report(doubled, exponents, design.y_exponent(), fit);
  return fit;
}

LeastSquaresFit least_squares(const MatRef& X, const VecRef& y,
                              const LeastSquaresOptions& options) {
  std::vector<DesignTerm> terms;
  for (Index j = 0; j < X.cols(); ++j) terms.push_back({j});
  return least_squares(X, terms, y, options);
}

LeastSquaresFit polynomial_least_squares(const VecRef& x, const VecRef& y, int degree,
                                         const LeastSquaresOptions& options) {
  require(degree >= 0, "polynomial_least_squares: degree must be >= 0, got {}", degree);
  require(x.size() == 0 || x.allFinite(),
          "polynomial_least_squares: x contains NaN or infinite entries");
  std::vector<DesignTerm> terms;
  for (int power = 0; power <= degree; ++power)
    terms.emplace_back(static_cast<std::size_t>(power), Index{0});
  // Powers of deviations from the middle are far less alike than those of x itself.
  const double centre = x.size() > 0 ? std::midpoint(x.minCoeff(), x.maxCoeff()) : 0.0;
  const MatRef raw = x;
  const DesignColumns design(raw, terms, y, Vec::Constant(1, centre));
  LeastSquaresFit fit;
  DoubledFit doubled = fit_doubled(design, options, fit);

  const int unit = std::ilogb(power_of_two_near(x.cwiseAbs().maxCoeff()));
  const double scale = std::ldexp(1.0, unit - design.raw_exponent(0));
  const double shift = std::ldexp(centre, -unit);
  expand_polynomials(doubled.coefficients, scale, shift);
  expand_polynomials(doubled.errors, scale, -std::abs(shift));
  expand_polynomials(doubled.inverse_R, scale, shift);
  std::vector<int> exponents;
  for (int power = 0; power <= degree; ++power) exponents.push_back(power * unit);
  report(doubled, exponents, design.y_exponent(), fit);
  return fit;
}

}  // namespace mathtool::math
