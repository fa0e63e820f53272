#include "descent.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <optional>

#include "damped_step.hpp"
#include "mathtool/math/constants.hpp"
#include "mathtool/opt/stopping.hpp"

namespace mathtool::opt {
namespace {

/// Beyond so many times the start's size, a cost that still falls has no minimum in sight.
constexpr double out_of_reach = 1e20;

/// The share of the predicted gain that a step must bring, and those that change the radius.
constexpr double acceptable = 1e-4, poor = 0.25, good = 0.75;

/// Lengths of columns that have no inverse.
constexpr double no_length = 1e-290;

/// A gain, as a part of the cost, that rounding of the residuals may hide.
constexpr double small_gain = 1e-6;

/// The lengths D by which steps are measured.
class StepScale {
 public:
  StepScale(const DescentScale& how, const Vec& start, const Linearization& at)
      : how_(how), sizes_(start.cwiseAbs()) {
    const double r = std::sqrt(at.cost);
    for (Index j = 0; j < start.size(); ++j) {
      const double column = at.R.col(j).norm();
      // A start of 0 has no size: that of what would take the residuals away stands in.
      if (sizes_[j] == 0) sizes_[j] = column > 0 && r > 0 ? r / column : 1;
    }
  }

  const Vec& update(const Vec& x, const Linearization& at) {
    if (D_.size() == 0) D_ = Vec::Zero(x.size());
    for (Index j = 0; j < x.size(); ++j) {
      if (how_.relative)
        D_[j] = 1 / std::max(std::abs(x[j]), 1e-3 * sizes_[j]);
      else
        D_[j] = std::max(D_[j], at.R.col(j).stableNorm());
    }
    largest_ = D_.maxCoeff();
    usable_ = D_;
    // Nothing depends on such a parameter; any length will do.
    for (Index j = 0; j < x.size(); ++j)
      if (!(usable_[j] > no_length)) usable_[j] = largest_ > no_length ? largest_ : 1;
    return usable_;
  }

  double first_radius(const Vec& x, const Linearization& at) const {
    double size = usable_.cwiseProduct(x).norm();
    if (!(size > 0))
      size = how_.relative ? usable_.cwiseProduct(sizes_).norm() : std::sqrt(at.cost);
    return how_.first_radius * (size > 0 && std::isfinite(size) ? size : 1);
  }

 private:
  DescentScale how_;
  Vec sizes_, D_ = {}, usable_ = {};
  double largest_ = 0;
};

/// The state of one descent, a step after the other.
class Walk {
 public:
  Walk(ResidualReduction& residuals, const Vec& start, const DescentScale& scale,
       const LevenbergMarquardtOptions& options)
      : residuals_(residuals), options_(options) {
    now_.x = start;
    now_.at = residuals.at(start);
    if (!now_.at.finite()) return;
    first_size_ = std::max(1.0, start.lpNorm<Eigen::Infinity>());
    first_cost_ = now_.at.cost;
    scale_.emplace(scale, start, now_.at);
    prepare();
    radius_ = scale_->first_radius(now_.x, now_.at);
  }

  Descent run() {
    if (!now_.at.finite())
      return finish({Status::not_finite,
                     fmt::format("residual {} or its derivative is not finite at the start; start "
                                 "where all are",
                                 now_.at.bad_row + 1)});
    std::optional<Stop> stop = settled();
    while (!stop) {
      if (now_.iterations >= options_.max_iterations)
        stop = Stop{Status::out_of_budget,
                    fmt::format("{} iterations used; the cosine between residuals and Jacobian is "
                                "still {:.2g}",
                                now_.iterations, now_.orthogonality)};
      else
        stop = advance();
    }
    return finish(std::move(*stop));
  }

 private:
  /// What is known at a new point.
  void prepare() {
    D_ = scale_->update(now_.x, now_.at);
    model_.emplace(now_.at, now_.x, D_, options_.box);
    const double r = std::sqrt(model_->slope() * model_->slope() + leftover());
    now_.orthogonality = r > 0 ? model_->slope() / r : 0.0;
  }

  /// ‖r‖² less what free parameters could take away.
  double leftover() const {
    const double q = now_.at.q.squaredNorm(), slope = model_->slope();
    return now_.at.rest + std::max(q - slope * slope, 0.0);
  }

  /// The step to the minimum of the linear model, in sizes of the parameters or of their standard
  /// errors, whichever is larger.
  double full_step_size() const {
    const Vec& h = model_->full_step();
    double size = 0;
    const double noise =
        std::sqrt(leftover() / std::max<double>(1, static_cast<double>(residuals_.rows())));
    for (const Index j : model_->free()) {
      if (h[j] == 0) continue;
      const double column = now_.at.R.col(j).norm();
      // No standard error is smaller than that of a column by itself.
      const double unit = std::max(std::abs(now_.x[j]), column > 0 ? 0.1 * noise / column : 0.0);
      size = std::max(size, unit > 0 ? std::abs(h[j]) / unit : infinity);
    }
    return size;
  }

  std::optional<Stop> settled() {
    if (now_.at.cost == 0) return Stop{Status::converged, "all residuals are 0"};
    const double size = full_step_size();
    // Where each step is a fixed part of the one before, what remains is their sum.
    double ratio = last_size_ > 0 ? size / last_size_ : 0;
    ratio = std::min(ratio, 0.99);
    const bool met = size * std::max(1.0, ratio / (1 - ratio)) <= options_.step_tol;
    last_size_ = size;
    if (!met) return std::nullopt;
    return Stop{Status::converged,
                fmt::format("the step to the minimum is {:.2g} of the parameters <= {:.2g}", size,
                            options_.step_tol)};
  }

  /// At the end of what rounding allows.
  Stop no_lower() const {
    const double size = full_step_size();
    if (now_.orthogonality <= options_.orthogonality_tol || size <= options_.orthogonality_tol)
      return {Status::converged,
              fmt::format("no step lowers the cost; the cosine between residuals and Jacobian is "
                          "{:.2g}, the step to the minimum {:.2g} of the parameters",
                          now_.orthogonality, size)};
    if (std::sqrt(now_.at.cost) <= 1e-12 * std::max(std::sqrt(first_cost_), contribution()))
      return {Status::converged, "what is left of the residuals is rounding"};
    return {Status::stalled,
            fmt::format("no step lowers the cost any more, yet it has a slope: the cosine between "
                        "residuals and Jacobian is {:.2g}; start elsewhere",
                        now_.orthogonality)};
  }

  /// The largest part of r that one parameter makes, where r is linear in it.
  double contribution() const {
    double largest = 0;
    for (Index j = 0; j < now_.x.size(); ++j)
      largest = std::max(largest, now_.at.R.col(j).norm() * std::abs(now_.x[j]));
    return largest;
  }

  void move(Vec&& x, Linearization&& at) {
    now_.x = std::move(x);
    now_.at = std::move(at);
    ++now_.iterations;
    prepare();
  }

  Vec end_of(const DampedStep& step) const {
    Vec x = now_.x + step.h;
    options_.box.project(x);
    return x;
  }

  /// What rounding makes of the cost: residuals are differences of larger numbers.
  double noise() const {
    return epsilon * (now_.at.cost + contribution() * std::sqrt(now_.at.cost));
  }

  /// Where rounding hides what a step gains, the slope decides. Returns whether it was taken.
  bool take_by_slope(const DampedStep& step, Vec&& x) {
    Linearization at = residuals_.at(x);
    if (!at.finite() || at.cost > now_.at.cost * (1 + 1e-9) + 16 * noise()) return false;
    const double before = model_->slope();
    Descent old = now_;
    now_.x = std::move(x);
    now_.at = std::move(at);
    prepare();
    if (model_->slope() < (step.damped ? 0.99 : 0.999) * before) {
      ++now_.iterations;
      return true;
    }
    now_ = std::move(old);
    prepare();
    return false;
  }

  /// One step down, however often it has to be shortened.
  std::optional<Stop> advance() {
    for (;;) {
      const DampedStep step = model_->step(radius_);
      Vec x = end_of(step);
      if (x == now_.x) return no_lower();
      if (!(step.predicted > 8 * noise())) {
        if (take_by_slope(step, std::move(x))) return settled();
        return no_lower();
      }
      const double cost = residuals_.cost(x);
      const double gain = now_.at.cost - cost;  // NaN where the end is not finite
      const double share = gain / step.predicted;
      if (now_.iterations == 0) radius_ = std::min(radius_, step.length);
      if (!(share > acceptable)) {
        if (step.predicted < small_gain * now_.at.cost && take_by_slope(step, std::move(x)))
          return settled();
        radius_ = std::min(radius_, step.length) * shortening(step, gain);
        continue;
      }
      Linearization at = residuals_.at(x);
      if (!at.finite()) {  // derivatives may not be, though the residuals are
        radius_ = 0.25 * std::min(radius_, step.length);
        continue;
      }
      if (share < poor)
        radius_ = std::min(radius_, step.length) * shortening(step, gain);
      else if (share > good || !step.damped)
        radius_ = std::max(radius_, 2 * step.length);
      move(std::move(x), std::move(at));
      if (now_.x.lpNorm<Eigen::Infinity>() > out_of_reach * first_size_ &&
          now_.at.cost < first_cost_)
        return Stop{Status::divergent,
                    fmt::format("the cost still falls, to {:.6g}, where a parameter is as large as "
                                "{:.3g}: there is no best value for it",
                                now_.at.cost, now_.x.lpNorm<Eigen::Infinity>())};
      return settled();
    }
  }

  /// The minimum of the parabola through both ends, between a tenth and a half.
  double shortening(const DampedStep& step, double gain) const {
    if (!std::isfinite(gain)) return 0.1;
    const double slope = 2 * (now_.at.q.dot(now_.at.R * step.h));  // < 0
    const double least = gain >= 0 ? 0.5 : 0.5 * slope / (slope + gain);
    return std::isfinite(least) ? std::clamp(least, 0.1, 0.5) : 0.1;
  }

  Descent finish(Stop stop) {
    now_.status = stop.status;
    now_.reason = std::move(stop.reason);
    return std::move(now_);
  }

  ResidualReduction& residuals_;
  const LevenbergMarquardtOptions& options_;
  Descent now_ = {};
  std::optional<StepScale> scale_ = {};
  std::optional<LinearModel> model_ = {};
  Vec D_ = {};
  double radius_ = 0, first_size_ = 1, first_cost_ = 0, last_size_ = 0;
};

}  // namespace

Descent descend(ResidualReduction& residuals, const Vec& start, const DescentScale& scale,
                const LevenbergMarquardtOptions& options) {
  return Walk(residuals, start, scale, options).run();
}

}  // namespace mathtool::opt
