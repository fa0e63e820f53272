#include "fitting/maximize_likelihood.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <cmath>
#include <utility>

#include "mathtool/math/constants.hpp"
#include "mathtool/math/symmetric_eigen.hpp"

namespace mathtool::stats {
namespace {

constexpr int most_newton_steps = 200;
constexpr double longest_step = 2;  ///< in u: a factor of 7
constexpr double farthest = 28;     ///< in u: a factor of 1e12 from the unit of the data
constexpr double step_tolerance =
    1e-9;  ///< of a step in u, behind which Newton's method leaves 1e-18
constexpr double rounding_step =
    1e-6;                            ///< below it a step that is no shorter than the last is noise
constexpr double sure_step = 1e-3;   ///< steps below need no proof that they climb
constexpr double least_bend = 1e-9;  ///< log L / n as a function of u, below which it is flat

double parameter_at(Role role, double u) {
  switch (role) {
    case Role::location: return u;
    case Role::scale:
    case Role::shape: return std::exp(u);
    case Role::signed_shape: return std::sinh(u);
    case Role::probability: return 1 / (1 + std::exp(-u));
  }
  return u;
}

double place_of(Role role, double theta) {
  switch (role) {
    case Role::location: return theta;
    case Role::scale:
    case Role::shape: return std::log(theta);
    case Role::signed_shape: return std::asinh(theta);
    case Role::probability: return std::log(theta) - std::log1p(-theta);
  }
  return theta;
}

/// dθ/du and d²θ/du².
std::pair<double, double> walk_slopes(Role role, double theta) {
  switch (role) {
    case Role::location: return {1, 0};
    case Role::scale:
    case Role::shape: return {theta, theta};
    case Role::signed_shape: return {std::hypot(1.0, theta), theta};
    case Role::probability: return {theta * (1 - theta), theta * (1 - theta) * (1 - 2 * theta)};
  }
  return {1, 0};
}

/// "0", "infinity": where a parameter runs that is on its way up or down.
std::string_view horizon(Role role, bool up) {
  if (role == Role::probability) return up ? "1" : "0";
  if (up) return "infinity";
  return role == Role::scale || role == Role::shape ? "0" : "-infinity";
}

/// One search, by the free parameters on the scale of u.
class LikelihoodSearch {
 public:
  LikelihoodSearch(std::span<const SoughtParameter> parameters, const FixedValues& fixed,
                   const LogLikelihood& likelihood, std::vector<double> start)
      : parameters_(parameters), likelihood_(&likelihood), theta_(std::move(start)) {
    for (std::size_t i = 0; i < parameters.size(); ++i) {
      if (fixed[i])
        theta_[i] = *fixed[i];
      else
        free_.push_back(i);
    }
    here_ = (*likelihood_)(theta_);
  }

  void climb(std::string_view family, double n, const StopToken& stop) {
    if (free_.empty()) return;
    for (int i = 0; i < most_newton_steps; ++i) {
      stop.check();
      if (!usable(here_)) return fail(Status::not_finite, "is not finite", family);
      const auto [step, bend] = newton_step();
      const double length = step.cwiseAbs().maxCoeff();
      if (runaway(bend, step)) return run_away(family, step);
      const bool moved = move(step, length < sure_step && bend > 0);
      const bool rounding_alone = length < rounding_step && (!moved || length >= last_length_);
      if (length < step_tolerance || rounding_alone) return arrive(family, step, n * bend);
      if (!moved) {
        if (far_away(farthest / 2)) return run_away(family, step);
        return fail(Status::stalled, "grows no further before a maximum is reached", family);
      }
      last_length_ = length;
    }
    fail(Status::out_of_budget, fmt::format("still grows after {} steps", most_newton_steps),
         family);
  }

  double value() const { return here_.value; }
  Status status() const { return result_.status; }

  ParameterEstimates result(double n) const {
    ParameterEstimates estimates = result_;
    estimates.values = theta_;
    estimates.std_errors.assign(theta_.size(), not_a_number);
    if (free_.empty() || result_.status != Status::converged) return estimates;
    const Mat information = -here_.hessian(free_, free_);
    const Vec unit = information.diagonal().cwiseAbs().cwiseMax(1e-300).cwiseSqrt();
    const auto eigen = math::symmetric_eigen(
        Mat(unit.cwiseInverse().asDiagonal() * information * unit.cwiseInverse().asDiagonal()));
    if (!(eigen.values.minCoeff() > 1e-14)) return estimates;
    for (std::size_t k = 0; k < free_.size(); ++k) {
      const auto row = static_cast<Index>(k);
      const double variance =
          (eigen.vectors.row(row).transpose().cwiseAbs2().cwiseQuotient(eigen.values)).sum();
      estimates.std_errors[free_[k]] = std::sqrt(variance / n) / unit[row];
    }
    return estimates;
  }

 private:
  static bool usable(const MeanLogLikelihood& at) {
    return std::isfinite(at.value) && at.gradient.allFinite() && at.hessian.allFinite();
  }

  struct Step {
    Vec step;
    double bend;  ///< the least curvature downwards; negative where it curves up
  };

  /// Along each principal direction towards the top if there is one, else up and away.
  Step newton_step() const {
    const auto size = std::ssize(free_);
    Vec gradient(size), turn(size), scale(size);
    for (Index i = 0; i < size; ++i) {
      const std::size_t place = free_[static_cast<std::size_t>(i)];
      const auto [slope, second] = walk_slopes(parameters_[place].role, theta_[place]);
      scale[i] = slope;
      gradient[i] = here_.gradient[static_cast<Index>(place)] * slope;
      turn[i] = here_.gradient[static_cast<Index>(place)] * second;
    }
    Mat bend = -(scale.asDiagonal() * Mat(here_.hessian(free_, free_)) * scale.asDiagonal());
    bend.diagonal() -= turn;
    const auto eigen = math::symmetric_eigen(bend);
    const Vec curvature = eigen.values.cwiseAbs().cwiseMax(1e-300);
    const Vec step =
        eigen.vectors * (eigen.vectors.transpose() * gradient).cwiseQuotient(curvature);
    const double length = step.cwiseAbs().maxCoeff();
    return {length > longest_step ? Vec(step * (longest_step / length)) : step,
            eigen.values.minCoeff()};
  }

  std::vector<double> moved(const Vec& step, double share) const {
    std::vector<double> theta = theta_;
    for (std::size_t k = 0; k < free_.size(); ++k) {
      const Role role = parameters_[free_[k]].role;
      const double u = place_of(role, theta[free_[k]]) + share * step[static_cast<Index>(k)];
      theta[free_[k]] = parameter_at(role, u);
    }
    return theta;
  }

  bool move(const Vec& step, bool sure) {
    for (double share = 1; share > 1e-12; share /= 2) {
      std::vector<double> theta = moved(step, share);
      MeanLogLikelihood there = (*likelihood_)(theta);
      if (usable(there) && (sure || there.value > here_.value)) {
        theta_ = std::move(theta);
        here_ = std::move(there);
        return true;
      }
    }
    return false;
  }

  /// How far a parameter has gone; a location goes nowhere alone.
  double walked(std::size_t place) const {
    const Role role = parameters_[place].role;
    return role == Role::location ? 0 : std::abs(place_of(role, theta_[place]));
  }

  /// Far away, or for some time on a plain.
  bool runaway(double bend, const Vec& step) {
    const bool plain = std::abs(bend) < least_bend && step.cwiseAbs().maxCoeff() > 1e-4;
    steps_on_plain_ = plain ? steps_on_plain_ + 1 : 0;
    return steps_on_plain_ >= 3 || far_away(farthest);
  }

  bool far_away(double limit) const {
    return std::ranges::any_of(free_, [&](std::size_t place) { return walked(place) > limit; });
  }

  /// No step is left; `information` is that of u where it is least.
  void arrive(std::string_view family, const Vec& step, double information) {
    if (far_away(farthest / 2) && information < 1) return run_away(family, step);
    if (!(information > 0)) fail(Status::stalled, "is level where it has no maximum", family);
  }

  void run_away(std::string_view family, const Vec& step) {
    Index widest = 0;
    step.cwiseAbs().maxCoeff(&widest);
    std::size_t place = free_[static_cast<std::size_t>(widest)];
    bool up = step[widest] > 0;
    if (far_away(farthest / 2)) {
      place = *std::ranges::max_element(free_, {}, [&](std::size_t i) { return walked(i); });
      up = place_of(parameters_[place].role, theta_[place]) > 0;
    }
    const auto& [name, role] = parameters_[place];
    fail(Status::divergent,
         fmt::format("has no maximum: it grows as {} goes to {}", name, horizon(role, up)), family);
  }

  void fail(Status status, std::string_view what, std::string_view family) {
    result_.status = status;
    result_.reason = fmt::format("the likelihood of {} {}", family, what);
  }

  std::span<const SoughtParameter> parameters_;
  const LogLikelihood* likelihood_;
  std::vector<double> theta_;
  std::vector<std::size_t> free_ = {};
  MeanLogLikelihood here_ = {};
  double last_length_ = infinity;
  int steps_on_plain_ = 0;
  ParameterEstimates result_ = {};
};

}  // namespace

ParameterEstimates maximize_likelihood(std::string_view family,
                                       std::span<const SoughtParameter> parameters,
                                       const FixedValues& fixed, double n,
                                       std::span<const std::vector<double>> starts,
                                       const LogLikelihood& likelihood, const StopToken& stop) {
  std::optional<LikelihoodSearch> best;
  for (const std::vector<double>& start : starts) {
    LikelihoodSearch search(parameters, fixed, likelihood, start);
    search.climb(family, n, stop);
    const auto better = [&] {
      const bool converged = search.status() == Status::converged,
                 before = best->status() == Status::converged;
      return converged != before ? converged : search.value() > best->value();
    };
    if (!best || better()) best.emplace(std::move(search));
  }
  return best->result(n);
}

}  // namespace mathtool::stats
