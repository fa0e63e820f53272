#include "merit_search.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace mathtool::opt {
namespace {

constexpr double merit_rounding = 4 * std::numeric_limits<double>::epsilon();

/// f + Σ νᵢ violationᵢ.
double merit(const ConstrainedProblem& problem, const Vec& penalties,
             const ConstrainedIterate& at) {
  double result = at.value;
  for (Index i = 0; i < at.g.size(); ++i)
    result += penalties[i] * violation(problem.constraints[static_cast<std::size_t>(i)], at.g[i]);
  return result;
}

/// What the linear models predict of the violations at the end of a step.
Vec predicted_violations(const ConstrainedProblem& problem, const ConstrainedIterate& at,
                         const Vec& d) {
  Vec result = at.g + at.jacobian * d;
  for (Index i = 0; i < result.size(); ++i)
    result[i] = violation(problem.constraints[static_cast<std::size_t>(i)], result[i]);
  return result;
}

/// What rounding does to the merit function.
double merit_noise(const Vec& penalties, const ConstrainedIterate& at) {
  double size = std::abs(at.value);
  for (Index i = 0; i < at.g.size(); ++i)
    size += penalties[i] * (std::abs(at.g[i]) + at.jacobian.row(i).cwiseAbs().dot(at.x.cwiseAbs()));
  return merit_rounding * size;
}

}  // namespace

Vec violations(const ConstrainedProblem& problem, const ConstrainedIterate& at) {
  return predicted_violations(problem, at, Vec::Zero(at.x.size()));
}

double merit_slope(const ConstrainedProblem& problem, const ConstrainedIterate& at,
                   const ModelStep& step, bool first, Vec& penalties) {
  // More than the multipliers, as these are estimates and the way back to the constraints is bent.
  const Vec sizes = 1.5 * step.multipliers.cwiseAbs();
  penalties = first ? sizes : Vec(sizes.cwiseMax((penalties + sizes) / 2));
  const Vec before = violations(problem, at);
  const Vec gain = before - predicted_violations(problem, at, step.d);
  const double along_f = at.gradient.dot(step.d);
  const double wanted = -std::max(step.d.dot(step.B * step.d), 0.0);
  double slope = along_f - penalties.dot(gain);
  const double total = gain.cwiseMax(0.0).sum();
  if (slope > wanted && total > 0) {
    const double more = (slope - wanted) / total;
    for (Index i = 0; i < gain.size(); ++i)
      if (gain[i] > 0) penalties[i] += more;
    slope = along_f - penalties.dot(gain);
  }
  return slope;
}

MeritSearch::MeritSearch(ConstrainedEvaluations& f, const ConstrainedIterate& from,
                         const ModelStep& step, const Sqp::State& state, double slope,
                         double decrease)
    : f_(f),
      from_(from),
      step_(step),
      penalties_(state.penalties),
      state_(state),
      slope_(slope),
      decrease_(decrease),
      merit_(merit(f.problem(), penalties_, from)),
      reference_(merit_),
      noise_(merit_noise(penalties_, from)) {
  for (const auto& [value, over] : state.past)
    reference_ = std::max(reference_, value + penalties_.dot(over));
}

std::optional<ConstrainedIterate> MeritSearch::find() {
  ConstrainedIterate trial = moved(step_.d);
  bool finite = f_(trial);
  any_finite_ = finite;
  if (trial.value == -std::numeric_limits<double>::infinity()) return trial;
  if (finite && accepted(trial, 1)) return trial;
  if (finite && constraints_curve(trial)) {
    if (auto corrected = corrected_step(f_.problem(), from_, step_, trial.g);
        corrected && (*corrected - step_.d).norm() <= step_.d.norm()) {
      ConstrainedIterate bent = moved(*corrected);
      if (f_(bent) && accepted(bent, 1)) return bent;
    }
  }
  double share = 1, at_trial = merit(f_.problem(), penalties_, trial);
  const double size = std::max(from_.x.lpNorm<Eigen::Infinity>(), 1e-300);
  const double length = step_.d.lpNorm<Eigen::Infinity>();
  while (!f_.exhausted()) {
    // The parabola through value and slope here and the value there.
    double next = 0.25 * share;
    if (finite) {
      const double bend = at_trial - merit_ - share * slope_;
      next = bend > 0 ? -slope_ * share * share / (2 * bend) : 0.5 * share;
      next = std::clamp(next, 0.1 * share, 0.5 * share);
    }
    share = next;
    if (share * length < std::numeric_limits<double>::epsilon() * size || share < 1e-16)
      return std::nullopt;
    trial = moved(share * step_.d);
    finite = f_.values(trial);
    any_finite_ = any_finite_ || finite;
    at_trial = finite ? merit(f_.problem(), penalties_, trial) : 0;
    if (finite && accepted(trial, share)) {
      if (f_(trial)) return trial;
      finite = false;
    }
  }
  return std::nullopt;
}

ConstrainedIterate MeritSearch::moved(const Vec& d) const {
  ConstrainedIterate result = from_;
  result.x += d;
  f_.box().project(result.x);
  return result;
}

bool MeritSearch::accepted(const ConstrainedIterate& trial, double share) const {
  if (merit(f_.problem(), penalties_, trial) <= reference_ + decrease_ * share * slope_ + noise_)
    return true;
  return share == 1 && state_.least_violation > 0 &&
         violations(f_.problem(), trial).cwiseQuotient(state_.units).sum() <=
             violation_drop * state_.least_violation;
}

/// Whether the step would pass but for what the linear models did not see.
bool MeritSearch::constraints_curve(const ConstrainedIterate& trial) const {
  const Vec linear = predicted_violations(f_.problem(), from_, step_.d);
  return trial.g.size() > 0 &&
         trial.value + penalties_.dot(linear) <= reference_ + decrease_ * slope_ + noise_;
}

}  // namespace mathtool::opt
