#include "explicit_step.hpp"

#include <array>
#include <cmath>

namespace mathtool::math {

ExplicitStep::ExplicitStep(const ExplicitTableau& tableau, CountedSlope& f, StepTolerance tolerance,
                           Index n)
    : tableau_(tableau),
      f_(f),
      tolerance_(tolerance),
      last_(tableau.stages.size() - 1),
      slopes_(tableau.stages.size() + tableau.extra_stages.size(), Vec::Zero(n)) {}

Vec ExplicitStep::weighted(const SlopeWeights& weights) const {
  Vec sum = Vec::Zero(y_.size());
  for (const auto& [stage, weight] : weights)
    sum += weight * slopes_[static_cast<std::size_t>(stage)];
  return sum;
}

bool ExplicitStep::attempt(double t, const Vec& y, const Vec& slope, double h) {
  t_ = t, y_ = y, h_ = h;
  slopes_[0] = slope;
  for (std::size_t i = 1; i <= last_; ++i) {
    increment_ = h * weighted(tableau_.stages[i]);
    if (i == last_) before_last_stage_ = stage_;
    stage_ = y + increment_;
    f_(t + tableau_.nodes[i] * h, stage_, slopes_[i]);
    if (!slopes_[i].allFinite()) return false;
  }
  error_ = tolerance_.norm(h * weighted(tableau_.error), y, stage_);
  if (!tableau_.second_error.empty() && error_ > 0) {
    // Hairer et al., (10.17): an estimate of order 7 from one of order 5 and one of order 3.
    const double second = tolerance_.norm(h * weighted(tableau_.second_error), y, stage_);
    error_ *= error_ / std::sqrt(error_ * error_ + 0.01 * second * second);
  }
  if (!std::isfinite(error_)) return false;
  if (error_ <= 1) watch_stiffness();
  return true;
}

void ExplicitStep::watch_stiffness() {
  // The last two stages are both at t + h: their slopes tell the size of the Jacobian.
  const double apart = (stage_ - before_last_stage_).norm();
  if (apart == 0) return;
  const double size = std::abs(h_) * (slopes_[last_] - slopes_[last_ - 1]).norm() / apart;
  if (size > tableau_.stability) {
    mild_steps_ = 0;
    ++stiff_steps_;
  } else if (++mild_steps_ >= 6) {
    stiff_steps_ = 0;
  }
}

Mat ExplicitStep::polynomial() {
  if (tableau_.extra_stages.empty()) {
    Mat coefficients(y_.size(), 1 + static_cast<Index>(tableau_.interpolation.size()));
    coefficients.col(0) = y_;
    for (std::size_t k = 0; k < tableau_.interpolation.size(); ++k)
      coefficients.col(static_cast<Index>(k) + 1) = h_ * weighted(tableau_.interpolation[k]);
    return coefficients;
  }

  const std::size_t stages = tableau_.stages.size();
  for (std::size_t i = 0; i < tableau_.extra_stages.size(); ++i)
    f_(t_ + tableau_.nodes[stages + i] * h_, y_ + h_ * weighted(tableau_.extra_stages[i]),
       slopes_[stages + i]);
  std::array<Vec, 7> g;
  g[0] = increment_;
  g[1] = h_ * slopes_[0] - increment_;
  g[2] = 2 * increment_ - h_ * (slopes_[0] + slopes_[last_]);
  for (std::size_t k = 0; k < 4; ++k) g[3 + k] = h_ * weighted(tableau_.interpolation[k]);
  // y + θ(g₀ + (1 − θ)(g₁ + θ(g₂ + (1 − θ)(g₃ + …)))), multiplied out from the inside.
  Mat coefficients = Mat::Zero(y_.size(), 8);
  for (int k = 6; k >= 0; --k) {
    coefficients.col(0) += g[static_cast<std::size_t>(k)];
    const Mat old = coefficients;
    if (k % 2 == 0) {  // times θ
      coefficients.col(0).setZero();
      coefficients.rightCols(7) = old.leftCols(7);
    } else {  // times 1 − θ
      coefficients.rightCols(7) -= old.leftCols(7);
    }
  }
  coefficients.col(0) += y_;
  return coefficients;
}

}  // namespace mathtool::math
