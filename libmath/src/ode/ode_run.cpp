#include "ode_run.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <cmath>
#include <utility>

#include "defect_scan.hpp"
#include "explicit_step.hpp"
#include "mathtool/math/constants.hpp"
#include "mathtool/math/double_double.hpp"
#include "radau_step.hpp"

namespace mathtool::math {
namespace {

constexpr int most_forced = 100;  // steps that are taken over jumps of f

/// A step over which a straight line would be a fair approximation.
/// Ref: Hairer, Nørsett & Wanner I (1993), §II.4, starting step size.
double first_step(const OdeRun& run, const Vec& slope, StepTolerance tolerance, double span) {
  const double size = tolerance.norm(run.y, run.y, run.y);
  const double speed = tolerance.norm(slope, run.y, run.y);
  const double h = size < 1e-5 || speed < 1e-5 ? 1e-6 * span : 0.01 * size / speed;
  return std::min(h, span);
}

/// The state of a run and the sum that it grows by, with the digits that rounding would drop.
class Progress {
 public:
  Progress(OdeRun& run, double t1) : run_(run), t1_(t1), lost_(Vec::Zero(run.y.size())) {}

  double left() const { return t1_ - run_.t; }

  double resolution() const {
    return 4 * epsilon * std::max({std::abs(run_.t), std::abs(t1_) * epsilon, 1e-290});
  }

  /// Whether a step too small for t changes y by nothing that matters: then a jump of f may be
  /// stepped over.
  bool negligible(const Vec& slope, double absolute) const {
    const double change = 2 * resolution() * slope.lpNorm<Eigen::Infinity>();
    return change <= absolute + 100 * epsilon * run_.largest.lpNorm<Eigen::Infinity>();
  }

  void advance(double h, const Vec& increment) {
    for (Index i = 0; i < increment.size(); ++i) {
      const DoubleDouble sum = two_sum(run_.y[i], increment[i] + lost_[i]);
      run_.y[i] = sum.high;
      lost_[i] = sum.low;
    }
    run_.t = h == left() ? t1_ : run_.t + h;
    run_.largest = run_.largest.cwiseMax(run_.y.cwiseAbs());
    ++run_.steps;
  }

 private:
  OdeRun& run_;
  double t1_;
  Vec lost_;
};

void stop_at(OdeRun& run, Status status, std::string reason) {
  run.status = status;
  run.reason = std::move(reason);
}

/// Steps have become as small as t can show: the solution ends here, and this says how.
void explain_end(OdeRun& run, const Vec& y0, const Vec& slope, bool finite) {
  const double size = run.y.lpNorm<Eigen::Infinity>();
  const double start = std::max(y0.lpNorm<Eigen::Infinity>(), 1.0);
  const bool growing = run.y.dot(slope) != 0 && size > 1000 * start;
  if (size > 1e300)
    stop_at(run, Status::not_finite,
            fmt::format("the solution exceeds the range of a double at t = {:.10g}", run.t));
  else if (growing)
    stop_at(run, Status::divergent,
            fmt::format("the solution grows without bound as t approaches {:.10g}: |y| = {:.3g} "
                        "there",
                        run.t, size));
  else if (!finite)
    stop_at(run, Status::not_finite,
            fmt::format("f is not finite where the solution leads, beyond t = {:.10g}", run.t));
  else
    stop_at(run, Status::stalled,
            fmt::format("steps shrink to nothing at t = {:.10g}: f is not smooth there", run.t));
}

/// Runs with one kind of step to t1, to the end of the solution, or until it finds itself unfit.
/// False: the problem is stiff and another kind should go on.
template <class Step>
bool run_with(Step step, OdeRun& run, const Vec& y0, double t1, CountedSlope& f,
              const OdeRunSettings& settings) {
  Progress progress(run, t1);
  const double direction = t1 >= run.t ? 1.0 : -1.0;
  Vec slope(run.y.size());
  f(run.t, run.y, slope);
  if (!slope.allFinite()) {
    stop_at(run, Status::not_finite, fmt::format("f is not finite at t = {:.10g}", run.t));
    return true;
  }
  double size = std::min(first_step(run, slope, settings.tolerance, std::abs(progress.left())),
                         settings.most_step);
  bool rejected = false, finite = true;
  int forced = 0;
  // Slopes of a stiff equation magnify what the polynomial is off by.
  const double share =
      Step::implicit ? 1e-3 : std::max(1e-6, 30 * std::sqrt(settings.tolerance.relative));
  DefectScan scan(f, std::abs(progress.left()), settings.samples, settings.goal, share);
  while (run.t != t1) {
    if (f.exhausted()) {
      stop_at(run, Status::out_of_budget,
              fmt::format("t = {:.10g} was reached after {} evaluations", run.t, f.evaluations()));
      return true;
    }
    const bool last_chance = size < progress.resolution();
    if (last_chance &&
        (++forced > most_forced || !progress.negligible(slope, settings.negligible))) {
      explain_end(run, y0, slope, finite);
      return true;
    }
    if (last_chance) size = 2 * progress.resolution();
    // Of the step only what t can show, so that steps add up to the way exactly.
    double h = direction * size;
    h = std::abs(progress.left()) <= 1.001 * size ? progress.left() : (run.t + h) - run.t;
    finite = step.attempt(run.t, run.y, slope, h);
    if (!finite) {
      size = std::abs(h) / 4;
      rejected = true;
      continue;
    }
    const double wish = 0.9 * std::pow(std::max(step.error(), 1e-10), -step.step_exponent());
    if (step.error() > 1 && !last_chance) {
      size = std::abs(h) * std::clamp(wish, 0.1, 0.9);
      rejected = true;
      continue;
    }
    const bool look = !last_chance && scan.covers(h);
    if (look || settings.keep_trajectory) {
      Mat polynomial = step.polynomial();
      const auto defect =
          look ? scan.first_defect(polynomial, run.t, h, run.largest) : std::nullopt;
      if (defect) {  // the next attempt ends there and will see it
        size = *defect * std::abs(h);
        rejected = true;
        continue;
      }
      if (settings.keep_trajectory) run.trajectory.append(run.t, h, std::move(polynomial));
    }
    progress.advance(h, step.increment());
    slope = step.new_slope();
    const bool slow = run.steps > 500 && std::abs(progress.left()) > 5000 * size;
    if (settings.may_turn_implicit && !Step::implicit && (step.stiff() || slow)) return false;
    size = std::abs(h) * std::clamp(wish, 0.2, rejected ? 1.0 : step.most_growth());
    size = std::min(size, settings.most_step);
    rejected = false;
  }
  return true;
}

}  // namespace

OdeRun run_ode(CountedSlope& f, double t0, const Vec& y0, double t1,
               const OdeRunSettings& settings) {
  OdeRun run{.t = t0,
             .y = y0,
             .largest = y0.cwiseAbs(),
             .method = settings.method,
             .step_tolerance = settings.tolerance.relative};
  const Index n = y0.size();
  if (run.method != OdeMethod::radau) {
    const ExplicitTableau& tableau =
        run.method == OdeMethod::dormand_prince ? dormand_prince_tableau() : dop853_tableau();
    if (run_with(ExplicitStep(tableau, f, settings.tolerance, n), run, y0, t1, f, settings))
      return run;
    run.method = OdeMethod::radau;
  }
  // An implicit step solves equations, which rounding keeps from being solved any better.
  const StepTolerance tolerance{std::max(settings.tolerance.relative, 1e-13),
                                settings.tolerance.absolute};
  run.step_tolerance = tolerance.relative;
  const int stages = tolerance.relative < 1e-6 ? 5 : 3;
  run_with(RadauStep(radau_coefficients(stages), settings.jacobian, f, tolerance, n), run, y0, t1,
           f, settings);
  return run;
}

}  // namespace mathtool::math
