#include "defect_scan.hpp"

#include <cmath>
#include <vector>

namespace mathtool::math {

std::optional<double> DefectScan::first_defect(const Mat& polynomial, double t, double h,
                                               const Vec& largest) {
  const Index n = polynomial.rows();
  const auto count = static_cast<std::size_t>(samples_ * std::abs(h) / span_);
  const Vec allowed = (goal_.absolute + goal_.relative * largest.array()) / std::abs(h);
  Vec steepest = polynomial.col(1).cwiseAbs() / std::abs(h);
  std::vector<double> places(count);
  Mat defects(n, static_cast<Index>(count));
  Vec y(n), derivative(n), slope(n);
  double part = 0.5;
  for (std::size_t j = 0; j < count; ++j) {
    part = std::fmod(part + 0.6180339887498949, 1.0);  // the golden ratio's fraction
    const double theta = places[j] =
        (static_cast<double>(j) + std::max(part, 0.01)) / static_cast<double>(count);
    y.setZero(), derivative.setZero();
    for (Index k = polynomial.cols(); k-- > 0;) {
      derivative = theta * derivative + y;
      y = theta * y + polynomial.col(k);
    }
    f_(t + theta * h, y, slope);
    defects.col(static_cast<Index>(j)) = slope - derivative / h;
    if (slope.allFinite()) steepest = steepest.cwiseMax(slope.cwiseAbs());
  }
  for (std::size_t j = 0; j < count; ++j) {
    const auto defect = defects.col(static_cast<Index>(j)).array().abs();
    // Written so that NaN counts.
    if (!((defect <= allowed.array()) || (defect <= share_ * steepest.array())).all())
      return places[j];
  }
  return std::nullopt;
}

}  // namespace mathtool::math
