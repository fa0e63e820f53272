#include "radau_coefficients.hpp"

#include <Eigen/LU>

namespace mathtool::math {
namespace {

/// From the nodes everything follows; in long double, so that the last digit is right.
RadauCoefficients from_nodes(const Eigen::Matrix<long double, Eigen::Dynamic, 1>& c, double gamma) {
  using Matrix = Eigen::Matrix<long double, Eigen::Dynamic, Eigen::Dynamic>;
  const Index s = c.size();
  Matrix values(s, s), integrals(s, s), from_zero(s, s);
  for (Index i = 0; i < s; ++i) {
    long double power = 1;
    for (Index k = 0; k < s; ++k) {
      values(i, k) = power;
      power *= c[i];
      integrals(i, k) = power / static_cast<long double>(k + 1);
      from_zero(i, k) = power;
    }
  }
  const Matrix basis = values.inverse();  // row k: coefficient of θᵏ of each Lagrange polynomial
  RadauCoefficients result;
  result.c = c.cast<double>();
  result.a = (integrals * basis).cast<double>();
  result.powers = Matrix(from_zero.inverse()).cast<double>();
  result.at_start = basis.row(0).transpose().cast<double>();
  result.gamma = gamma;
  return result;
}

}  // namespace

const RadauCoefficients& radau_coefficients(int stages) {
  // gamma is the reciprocal of the real eigenvalue of the inverse of a.
  static const RadauCoefficients three =
      from_nodes(Eigen::Matrix<long double, 3, 1>(0.155051025721682190180271592529L,
                                                  0.644948974278317809819728407471L, 1.0L),
                 1 / 3.637834252744496);
  static const RadauCoefficients five =
      from_nodes((Eigen::Matrix<long double, 5, 1>() << 0.057104196114517682193121192554L,
                  0.276843013638123827680045997685L, 0.583590432368916820056697668662L,
                  0.860240135656219447847912918762L, 1.0L)
                     .finished(),
                 1 / 6.286704751729277);
  return stages == 3 ? three : five;
}

}  // namespace mathtool::math
