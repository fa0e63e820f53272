#include "mathtool/opt/evaluations.hpp"

#include <cmath>

#include "mathtool/math/constants.hpp"
#include "mathtool/math/error.hpp"

namespace mathtool::opt {

double Evaluations::operator()(const Vec& x, Vec& gradient) {
  require(box_.contains(x), "minimize: the method left the bounds");
  gradient.setZero(x.size());
  const double value = f_(x, gradient);
  ++count_, ++gradients_;
  require<DimensionError>(gradient.size() == x.size(),
                          "minimize: f made a gradient of {} for x of {}", gradient.size(),
                          x.size());
  if (value == -infinity) return value;
  if (!std::isfinite(value) || !gradient.allFinite()) return not_a_number;
  keep(x, value, projected_gradient_norm(box_, x, gradient));
  return value;
}

double Evaluations::value(const Vec& x) {
  require(box_.contains(x), "minimize: the method left the bounds");
  double value = not_a_number;
  if (f_.has_value()) {
    value = f_.value(x);
  } else {
    scratch_.setZero(x.size());
    value = f_(x, scratch_);
  }
  ++count_;
  if (value == -infinity) return value;
  if (!std::isfinite(value)) return not_a_number;
  keep(x, value, not_a_number);
  return value;
}

double Evaluations::seconds() const {
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin_).count();
}

bool Evaluations::exhausted() const {
  return count_ >= limits_.max_evaluations || limits_.stop.stop_requested() ||
         (limits_.max_seconds < infinity && seconds() >= limits_.max_seconds);
}

void Evaluations::keep(const Vec& x, double value, double gradient_norm) {
  const bool lower = !(value >= best_value_);  // also the first one
  // A second visit may bring the gradient along.
  const bool known_now = value == best_value_ && std::isnan(best_gradient_norm_) && x == best_x_;
  if (!lower && !known_now) return;
  best_x_ = x;
  best_value_ = value;
  best_gradient_norm_ = gradient_norm;
}

}  // namespace mathtool::opt
