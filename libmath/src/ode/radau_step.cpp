#include "radau_step.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "mathtool/math/error.hpp"

namespace mathtool::math {

RadauStep::RadauStep(const RadauCoefficients& method, const Jacobian& jacobian, CountedSlope& f,
                     StepTolerance tolerance, Index n)
    : method_(method),
      given_jacobian_(jacobian),
      f_(f),
      tolerance_(tolerance),
      new_slope_(n),
      jacobian_t_(std::numeric_limits<double>::quiet_NaN()),
      z_(Mat::Zero(n, method.c.size())),
      slopes_(n, method.c.size()) {}

Mat RadauStep::jacobian_at(double t, const Vec& y, const Vec& slope) {
  const Index n = y.size();
  if (given_jacobian_) {
    Mat J = given_jacobian_(t, y);
    require<DimensionError>(J.rows() == n && J.cols() == n,
                            "solve_ode: the Jacobian must be {} x {}, got {} x {}", n, n, J.rows(),
                            J.cols());
    return J;
  }
  Mat J(n, n);
  Vec moved = y, moved_slope(n);
  for (Index j = 0; j < n; ++j) {
    const double size = std::max({std::abs(y[j]), std::abs(z_.row(j).maxCoeff()),
                                  tolerance_.absolute / tolerance_.relative});
    moved[j] = y[j] + std::sqrt(std::numeric_limits<double>::epsilon()) * size;
    f_(t, moved, moved_slope);
    J.col(j) = (moved_slope - slope) / (moved[j] - y[j]);
    moved[j] = y[j];
  }
  return J;
}

void RadauStep::predict(double h) {
  // Where the last polynomial, continued, meets the new stages.
  if (last_polynomial_.size() == 0) {
    z_.setZero();
    return;
  }
  const double ratio = h / last_good_h_;
  for (Index i = 0; i < method_.c.size(); ++i) {
    const double theta = 1 + ratio * method_.c[i];
    Vec value = Vec::Zero(y_.size());
    for (Index k = method_.c.size() - 1; k >= 0; --k)
      value = theta * (value + last_polynomial_.col(k));
    z_.col(i) = value - last_polynomial_.rowwise().sum();
  }
}

bool RadauStep::solve_stages(double h) {
  const Index n = y_.size(), s = method_.c.size();
  const double enough = std::max(10 * std::numeric_limits<double>::epsilon() / tolerance_.relative,
                                 std::min(0.03, std::sqrt(tolerance_.relative)));
  constexpr int most_iterations = 12;
  double last_size = 0;
  for (int iteration = 0; iteration < most_iterations; ++iteration) {
    for (Index i = 0; i < s; ++i) {
      Vec slope(n);
      f_(t_ + method_.c[i] * h, y_ + z_.col(i), slope);
      slopes_.col(i) = slope;
    }
    if (!slopes_.allFinite()) return false;
    const Mat residual = h * slopes_ * method_.a.transpose() - z_;
    const Vec step = stage_lu_.solve(residual.reshaped());
    if (!step.allFinite()) return false;
    z_ += step.reshaped(n, s);
    double size = 0;
    for (Index i = 0; i < s; ++i)
      size = std::max(size, tolerance_.norm(step.segment(i * n, n), y_, y_ + z_.col(i)));
    const double rate = iteration == 0 ? 0.5 : size / last_size;
    if (size == 0 || (rate < 1 && rate / (1 - rate) * size <= enough)) return true;
    if (rate >= 1 && iteration > 1) return false;
    last_size = size;
  }
  return false;
}

void RadauStep::estimate_error(const Vec& slope, double h) {
  const Index n = y_.size();
  const Vec y_new = y_ + increment();
  const Eigen::PartialPivLU<Mat> filter(Mat::Identity(n, n) - h * method_.gamma * jacobian_);
  const Vec inner = slopes_ * method_.at_start;
  Vec error = filter.solve(h * method_.gamma * (slope - inner));
  error_ = tolerance_.norm(error, y_, y_new);
  if (error_ > 1) {  // the stiff parts of the estimate are damped once more
    Vec moved(n);
    f_(t_, y_ + error, moved);
    if (moved.allFinite()) {
      error = filter.solve(h * method_.gamma * (moved - inner));
      error_ = std::min(error_, tolerance_.norm(error, y_, y_new));
    }
  }
}

bool RadauStep::attempt(double t, const Vec& y, const Vec& slope, double h) {
  const Index n = y.size(), s = method_.c.size();
  t_ = t, y_ = y;
  if (jacobian_t_ != t) {
    jacobian_ = jacobian_at(t, y, slope);
    jacobian_t_ = t;
  }
  if (!jacobian_.allFinite()) return false;
  Mat system = Mat::Identity(n * s, n * s);
  for (Index i = 0; i < s; ++i)
    for (Index j = 0; j < s; ++j)
      system.block(i * n, j * n, n, n) -= h * method_.a(i, j) * jacobian_;
  stage_lu_.compute(system);
  predict(h);
  if (!solve_stages(h)) return false;
  estimate_error(slope, h);
  if (!std::isfinite(error_)) return false;
  f_(t + h, y + increment(), new_slope_);
  if (!new_slope_.allFinite()) return false;
  if (error_ <= 1) {
    last_polynomial_ = z_ * method_.powers.transpose();
    last_good_h_ = h;
  }
  return true;
}

Mat RadauStep::polynomial() const {
  Mat coefficients(y_.size(), method_.c.size() + 1);
  coefficients << y_, z_ * method_.powers.transpose();
  return coefficients;
}

}  // namespace mathtool::math
