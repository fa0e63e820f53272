#include <Eigen/Dense>

#include "special/constants.hpp"
#include "special/empirical_band.hpp"
#include "special/incomplete_gamma.hpp"

namespace mathtool::stats {
namespace {

using Matrix = Eigen::Matrix<Extended, Eigen::Dynamic, Eigen::Dynamic>;
using Row = Eigen::Matrix<Extended, 1, Eigen::Dynamic>;

/// A value and its derivative in t. Durbin's matrix, and so its powers, stays what it is when it is
/// reflected in its second diagonal.
template <class T>
struct Moving {
  T value, slope;

  void operator*=(const Moving<Matrix>& factor) {
    slope = (slope * factor.value + value * factor.slope).eval();
    value = (value * factor.value).eval();
  }

  void square() requires std::same_as<T, Matrix> {
    const Matrix half = slope * value;
    slope = half + half.reverse().transpose();
    value = (value * value).eval();
  }

  void scale(Extended factor) {
    value *= factor;
    slope *= factor;
  }
};

/// Durbin's matrix H, for h = ⌈t⌉ − t.
Moving<Matrix> durbin_matrix(Extended t) {
  const Extended h = std::ceil(t) - t, beyond = std::max<Extended>(0, 2 * h - 1);
  const auto m = static_cast<Eigen::Index>(2 * std::ceil(t)) - 1;
  Row inverse_factorial(m + 1);
  inverse_factorial[0] = 1;
  Extended factorial = 1;
  for (Eigen::Index k = 1; k <= m; ++k) {
    factorial *= static_cast<Extended>(k);
    inverse_factorial[k] = 1 / factorial;
  }
  Moving<Matrix> durbin{Matrix::Zero(m, m), Matrix::Zero(m, m)};
  for (Eigen::Index i = 0; i < m; ++i)
    for (Eigen::Index j = 0; j < m && j <= i + 1; ++j)
      durbin.value(i, j) = inverse_factorial[i - j + 1];
  for (Eigen::Index i = 0; i < m; ++i) {
    const auto power = static_cast<Extended>(i + 1);
    const Extended lost = std::pow(h, power) * inverse_factorial[i + 1];
    const Extended lost_rise = power * std::pow(h, power - 1) * inverse_factorial[i + 1];
    durbin.value(i, 0) -= lost;
    durbin.value(m - 1, m - 1 - i) -= lost;
    durbin.slope(i, 0) += lost_rise;
    durbin.slope(m - 1, m - 1 - i) += lost_rise;
  }
  const auto order = static_cast<Extended>(m);
  durbin.value(m - 1, 0) += std::pow(beyond, order) * inverse_factorial[m];
  durbin.slope(m - 1, 0) -= 2 * order * std::pow(beyond, order - 1) * inverse_factorial[m];
  return durbin;
}

}  // namespace

LogBand band_matrix(Extended n, Extended t) {
  constexpr Extended most_steps = 200;
  Moving<Matrix> durbin = durbin_matrix(t);
  const Eigen::Index m = durbin.value.rows();
  Moving<Row> row{Row::Zero(m), Row::Zero(m)};
  row.value[m / 2] = 1;
  Extended log_scale = 0;
  if (n <= most_steps) {
    for (Extended i = 1; i <= n; ++i) {
      row *= durbin;
      row.scale(i / n);
    }
  } else {
    // By squares of H/e, since n! eⁿ/nⁿ is of moderate size.
    durbin.scale(std::exp(-1.0L));
    log_scale = stirling_error(n) + std::log(two_pi * n) / 2;
    Extended log_power = 0;
    const auto settle = [](auto& moving, Extended& log_size) {
      const Extended size = moving.value.maxCoeff();
      moving.scale(1 / size);
      log_size += std::log(size);
    };
    for (Extended left = n; left > 0; left = std::floor(left / 2)) {
      if (std::fmod(left, 2) == 1) {
        row *= durbin;
        log_scale += log_power;
        settle(row, log_scale);
      }
      durbin.square();
      log_power *= 2;
      settle(durbin, log_power);
    }
  }
  return {log_scale + std::log(row.value[m / 2]), log_scale + std::log(row.slope[m / 2])};
}

}  // namespace mathtool::stats
