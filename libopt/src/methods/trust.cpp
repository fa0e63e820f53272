#include "mathtool/opt/methods/trust.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <vector>

#include "curvature.hpp"
#include "mathtool/math/constants.hpp"
#include "trust_subproblem.hpp"

namespace mathtool::opt {
namespace {

/// A step that stays in the box.
struct ProposedStep {
  Vec s = {};
  double promise = 0;
  double length = 0;  ///< ‖s‖
  bool at_edge = false;
};

class TrustModel {
 public:
  TrustModel(const Trust& method, Trust::State& state, Evaluations& f, const Iterate& now)
      : state_(state),
        now_(now),
        curvature_(f, now),
        box_(f.box()),
        is_dense_(now.x.size() <= method.dense) {
    const Index n = now.x.size();
    if (!state.known) {
      if (is_dense_) state.hessian = curvature_.matrix();
      state.known = true;
    }
    if (state.radius == 0) {
      const double size = now.x.norm();
      state.radius = method.radius * (size > 0 ? size : std::sqrt(static_cast<double>(n)));
    }
  }

  /// The step within the radius of the state.
  ProposedStep propose() {
    const Index n = now_.x.size();
    if (state_.escape.size() > 0) return escape();
    std::vector<Index> places = free_places(box_, now_);
    ProposedStep best{Vec::Zero(n)};
    Vec fixed = Vec::Zero(n);  // the parts of variables that were taken to their bounds
    bool at_edge = false;
    while (!places.empty()) {
      const double used = fixed.norm();
      if (used >= state_.radius) break;
      const Vec pull = fixed.isZero(0) ? now_.gradient : Vec(now_.gradient + times(fixed));
      const Vec g = gathered(pull, places);
      const double radius = std::sqrt(state_.radius * state_.radius - used * used);
      const TrustStep inner = solve(places, g, radius);
      at_edge = at_edge || inner.at_edge;
      Vec s = fixed + scattered(inner.s, places, n);
      std::vector<Index> left;
      Vec cut = s;
      double share = 1;  // of s that the box allows
      for (const Index i : places) {
        const double low = box_.unbounded() ? -infinity : box_.low[i] - now_.x[i];
        const double high = box_.unbounded() ? infinity : box_.high[i] - now_.x[i];
        if (low <= s[i] && s[i] <= high) {
          left.push_back(i);
          continue;
        }
        share = std::min(share, (s[i] < low ? low : high) / s[i]);
        s[i] = fixed[i] = std::clamp(s[i], low, high);
      }
      if (ProposedStep step = judged(s); step.promise > best.promise) best = std::move(step);
      // Bent at the bounds a step may lead up the walls of a valley; cut off there it does not.
      if (share < 1)
        if (ProposedStep step = judged(share * cut); step.promise > best.promise)
          best = std::move(step);
      if (left.size() == places.size()) break;
      places = std::move(left);
    }
    // Where bounds cut off all that was good, a way along the gradient is left.
    if (!box_.unbounded())
      if (ProposedStep step = cauchy(); best.promise < 0.1 * step.promise) best = std::move(step);
    best.at_edge = at_edge && best.length > 0.5 * state_.radius;
    return best;
  }

 private:
  Vec times(const Vec& v) { return is_dense_ ? Vec(state_.hessian * v) : curvature_.times(v); }

  TrustStep solve(const std::vector<Index>& places, const Vec& g, double radius) {
    const Index m = std::ssize(places);
    if (is_dense_) {
      Mat B(m, m);
      for (Index j = 0; j < m; ++j)
        for (Index i = 0; i < m; ++i)
          B(i, j) = state_.hessian(places[static_cast<std::size_t>(i)],
                                   places[static_cast<std::size_t>(j)]);
      return exact_trust_step(B, g, radius);
    }
    const auto product = [&](const Vec& v) -> Vec {
      return gathered(curvature_.times(scattered(v, places, now_.x.size())), places);
    };
    return steihaug_trust_step(product, g, radius);
  }

  ProposedStep judged(const Vec& s) {
    if (s.isZero(0)) return {s};
    const Vec image = times(s);
    const double promise = -(now_.gradient.dot(s) + 0.5 * s.dot(image));
    return {s, std::isfinite(promise) ? promise : 0, s.norm()};
  }

  /// Along negative curvature, as far as the radius and the box allow.
  ProposedStep escape() {
    Vec along = state_.escape * (state_.radius / state_.escape.norm());
    if (along.dot(now_.gradient) > 0) along = -along;
    Vec x = now_.x + along;
    box_.project(x);
    ProposedStep step = judged(x - now_.x);
    step.at_edge = true;
    return step;
  }

  /// The best of some points on the projected way along the gradient.
  ProposedStep cauchy() {
    ProposedStep best{Vec::Zero(now_.x.size())};
    const Vec along = -now_.gradient;
    if (along.isZero(0)) return best;
    double t = state_.radius / along.norm();
    for (int i = 0; i < 20; ++i, t /= 4) {
      Vec x = now_.x + t * along;
      box_.project(x);
      ProposedStep step = judged(x - now_.x);
      if (step.promise > best.promise)
        best = std::move(step);
      else if (best.promise > 0)
        break;
    }
    return best;
  }

  Trust::State& state_;
  const Iterate& now_;
  Curvature curvature_;
  const Box& box_;
  bool is_dense_;
};

/// By how much f may change by rounding alone.
double rounding_of(double value) { return 10 * epsilon * std::abs(value); }

}  // namespace

Trust::State Trust::init(const Iterate& start) const {
  State state;
  state.start_value = start.value;
  return state;
}

std::optional<Stop> Trust::step(State& state, Evaluations& f, Iterate& now) const {
  TrustModel model(*this, state, f, now);
  Vec x, gradient;
  bool spent = false;
  for (bool first = true;; first = false) {
    const ProposedStep proposed = model.propose();
    if (f.exhausted()) return std::nullopt;  // perhaps amid the products
    x = now.x + proposed.s;
    f.box().project(x);
    const double noise = rounding_of(now.value);
    // Where rounding hides the fall, one more step may still lower the slope.
    const bool hidden = proposed.promise <= noise;
    // A whole Newton step that promises next to nothing and fails: f is rougher than its rounding.
    if (first) spent = !proposed.at_edge && proposed.promise <= 1e-9 * std::abs(now.value);
    if (x == now.x || proposed.promise <= 0 ||
        (hidden && (state.slope_met || state.hidden++ > 2))) {
      const double slope = projected_gradient_norm(f.box(), now.x, now.gradient);
      // A region that has shrunk to nothing promises nothing either: that says no more of f.
      const double short_way = 1e-8 * std::max(1.0, now.x.lpNorm<Eigen::Infinity>());
      const bool shrunk = proposed.at_edge && proposed.s.lpNorm<Eigen::Infinity>() < short_way &&
                          slope * short_way > noise;
      if (state.slope_met || spent || (hidden && !shrunk))
        return Stop{Status::converged,
                    fmt::format("largest slope {:.3g}; f = {:.6g} can fall no further than by its "
                                "rounding",
                                slope, now.value)};
      return Stop{Status::stalled,
                  fmt::format("no step from x lowers f, the shortest one {:.3g} long, though the "
                              "largest slope is {:.3g}: check the gradient, or f is not smooth",
                              proposed.s.norm(), slope)};
    }
    const double value = f(x, gradient);
    const double fall = now.value - value;
    bool good = fall >= accept * proposed.promise && fall > 0;
    double ratio = std::isnan(value) ? -1 : fall / proposed.promise;
    if (!good && hidden && std::abs(fall) <= noise &&
        projected_gradient_norm(f.box(), x, gradient) <
            0.5 * projected_gradient_norm(f.box(), now.x, now.gradient))
      good = true, ratio = 0.5;
    if (ratio > 0.9 && proposed.at_edge)
      state.radius = std::max(state.radius, 2 * proposed.length);
    else if (!good || ratio < 0.5) {
      // The parabola through both values and the slope says where f is least on the way.
      const double slope = now.gradient.dot(proposed.s);
      const double t = -slope / (2 * (-fall - slope));
      state.radius = proposed.length * (std::isfinite(t) ? std::clamp(t, 0.1, 0.5) : 0.1);
    }
    if (!good) continue;
    now.x.swap(x);
    now.gradient.swap(gradient);
    now.value = value;
    if (!hidden) state.hidden = 0;
    state.known = state.slope_met = false;
    state.escape.resize(0);
    return std::nullopt;
  }
}

bool Trust::settled(State& state, Evaluations& f, const Iterate& now) const {
  TrustModel model(*this, state, f, now);
  double promise = model.propose().promise;
  // In units of the tolerance on the gradient, whose square a fall of f is.
  const double tolerance = f.limits().gradient_tol * f.limits().gradient_tol;
  const double enough = std::max({1e3 * tolerance * std::abs(now.value),
                                  1e-4 * tolerance * std::abs(state.start_value - now.value),
                                  rounding_of(now.value)});
  if (promise <= enough && now.x.size() > dense && (f.has_hessian() || f.has_hessian_times())) {
    Curvature curvature(f, now);
    state.escape = negative_curvature(curvature, now, free_places(f.box(), now));
    if (state.escape.size() > 0) promise = model.propose().promise;
    if (promise <= enough) state.escape.resize(0);
  }
  // What the last evaluation of a budget found is not looked at any more.
  state.slope_met = promise > enough && !f.exhausted();
  return !state.slope_met;
}

}  // namespace mathtool::opt
