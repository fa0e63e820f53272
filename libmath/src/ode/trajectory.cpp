#include "mathtool/math/ode/trajectory.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include "mathtool/math/constants.hpp"

namespace mathtool::math {
double Trajectory::start() const { return steps_.empty() ? not_a_number : steps_.front().t; }

double Trajectory::end() const {
  return steps_.empty() ? not_a_number : steps_.back().t + steps_.back().length;
}

std::vector<double> Trajectory::times() const {
  std::vector<double> result;
  if (steps_.empty()) return result;
  for (const Step& step : steps_) result.push_back(step.t);
  result.push_back(end());
  return result;
}

Vec Trajectory::operator()(double t) const {
  if (steps_.empty()) return {};
  const bool forward = steps_.front().length >= 0;
  if (!(forward ? start() <= t && t <= end() : end() <= t && t <= start()))
    return Vec::Constant(steps_.front().coefficients.rows(), not_a_number);
  auto above = std::upper_bound(
      steps_.begin() + 1, steps_.end(), t,
      [forward](double time, const Step& step) { return forward ? time < step.t : time > step.t; });
  const Step& step = *--above;
  const double theta = (t - step.t) / step.length;
  Vec y = step.coefficients.rightCols(1);
  for (Index k = step.coefficients.cols() - 2; k >= 0; --k)
    y = y * theta + step.coefficients.col(k);
  return y;
}

void Trajectory::append(double t, double length, Mat coefficients) {
  steps_.push_back({t, length, std::move(coefficients)});
}

}  // namespace mathtool::math
