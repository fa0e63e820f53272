#include "mathtool/math/calculus/solve_system.hpp"

#include <Eigen/LU>
#include <algorithm>
#include <cmath>
#include <utility>

#include "mathtool/math/constants.hpp"
#include "mathtool/math/error.hpp"

namespace mathtool::math {
namespace {

/// One search for a solution: the point, F there and what was spent.
class NewtonSearch {
 public:
  NewtonSearch(FunctionRef<Vec(const Vec&)> F, const VecRef& x0, const SolveSystemOptions& options)
      : F_(F), options_(options), x_(x0), value_(evaluate(x0)) {}

  SystemRoot run();

 private:
  Vec evaluate(const Vec& x) {
    options_.stop.check();
    ++result_.evaluations;
    Vec value = F_(x);
    require<DimensionError>(value.size() == x.size(), "solve_system: {} unknowns but {} equations",
                            x.size(), value.size());
    if (value.allFinite()) {
      const double size = value.lpNorm<Eigen::Infinity>();
      if (!(size >= result_.residual)) result_.residual = size, result_.x = x;
    }
    return value;
  }

  Mat jacobian();
  double length(const Vec& step) const;
  Vec rounding_error(const Mat& J, const Eigen::PartialPivLU<Mat>& lu);
  SystemRoot finish(Status status, std::string reason);
  SystemRoot settle(const Mat& J, const Eigen::PartialPivLU<Mat>& lu, const Vec& correction,
                    double rate);

  FunctionRef<Vec(const Vec&)> F_;
  const SolveSystemOptions& options_;
  SystemRoot result_;
  Vec x_, value_;
};

Mat NewtonSearch::jacobian() {
  const Index n = x_.size();
  if (options_.jacobian) {
    Mat J = options_.jacobian(x_);
    require<DimensionError>(J.rows() == n && J.cols() == n,
                            "solve_system: the Jacobian must be {} x {}, got {} x {}", n, n,
                            J.rows(), J.cols());
    return J;
  }
  Mat J(n, n);
  Vec moved = x_;
  for (Index j = 0; j < n; ++j) {
    const double h = std::cbrt(epsilon) * std::max(std::abs(x_[j]), 1e-2);
    moved[j] = x_[j] + h;
    const double right = moved[j];
    const Vec f_right = evaluate(moved);
    moved[j] = x_[j] - h;
    J.col(j) = (f_right - evaluate(moved)) / (right - moved[j]);
    moved[j] = x_[j];
  }
  return J;
}

/// Each unknown is measured by its own size, but none by less than a thousandth of the largest.
double NewtonSearch::length(const Vec& step) const {
  const double floor = std::max(1e-3 * x_.lpNorm<Eigen::Infinity>(), 1e-8);
  return step.cwiseQuotient(x_.cwiseAbs().cwiseMax(floor)).lpNorm<Eigen::Infinity>();
}

/// The reciprocal condition of J after unknowns and equations are brought to one scale.
double scaled_condition(const Mat& J, const Vec& x) {
  const double floor = std::max(1e-3 * x.lpNorm<Eigen::Infinity>(), 1e-8);
  Mat scaled = J * x.cwiseAbs().cwiseMax(floor).asDiagonal();
  for (Index i = 0; i < scaled.rows(); ++i) {
    const double size = scaled.row(i).lpNorm<Eigen::Infinity>();
    if (size > 0) scaled.row(i) /= size;
  }
  return Eigen::PartialPivLU<Mat>(scaled).rcond();
}

/// How far the solution moves when F is off by the rounding that shows one unit away from x.
Vec NewtonSearch::rounding_error(const Mat& J, const Eigen::PartialPivLU<Mat>& lu) {
  Vec noise = epsilon * (J.cwiseAbs() * x_.cwiseAbs());
  for (const unsigned pattern : {0x5555u, 0x3333u, 0x0f0fu}) {
    Vec moved = x_;
    for (Index i = 0; i < x_.size(); ++i)
      moved[i] *= (pattern >> (i % 16) & 1) ? 1 + 2 * epsilon : 1 - 2 * epsilon;
    noise = noise.cwiseMax((evaluate(moved) - value_ - J * (moved - x_)).cwiseAbs());
  }
  return lu.inverse().cwiseAbs() * noise;
}

SystemRoot NewtonSearch::finish(Status status, std::string reason) {
  if (result_.x.size() == 0) result_.x = x_;
  if (result_.error.size() == 0)
    result_.error = Vec::Constant(x_.size(), std::numeric_limits<double>::infinity());
  result_.status = status;
  result_.reason = std::move(reason);
  return result_;
}

SystemRoot NewtonSearch::settle(const Mat& J, const Eigen::PartialPivLU<Mat>& lu,
                                const Vec& correction, double rate) {
  const Vec rounding = rounding_error(J, lu);
  result_.x = x_;
  result_.residual = value_.lpNorm<Eigen::Infinity>();
  result_.error = 2 * correction.cwiseAbs() + rounding + epsilon * x_.cwiseAbs();
  const double condition = scaled_condition(J, x_);
  // At a simple solution corrections shrink faster and faster; at a multiple one by a fixed share.
  if (rate > 0.3 || condition < 1e-13)
    return finish(Status::suspicious,
                  fmt::format("the Jacobian is singular where F is small, its reciprocal "
                              "condition is {:.2g}: a multiple solution, or one of many",
                              condition));
  const double allowed =
      std::max(options_.abs_tol, options_.rel_tol * x_.lpNorm<Eigen::Infinity>());
  const double worst = result_.error.maxCoeff();
  if (!(worst <= allowed))
    return finish(Status::stalled,
                  fmt::format("rounding in F leaves the solution uncertain by {:.2g}", worst));
  return finish(Status::converged, {});
}

SystemRoot NewtonSearch::run() {
  double rate = 0, last_length = std::numeric_limits<double>::infinity();
  for (;; ++result_.iterations) {
    if (!value_.allFinite())
      return finish(Status::not_finite,
                    fmt::format("F is not finite at iteration {}", result_.iterations));
    const Mat J = jacobian();
    if (!J.allFinite())
      return finish(Status::not_finite,
                    fmt::format("the Jacobian is not finite at iteration {}", result_.iterations));
    const Eigen::PartialPivLU<Mat> lu(J);
    const Vec step = -lu.solve(value_);
    if (!step.allFinite())
      return value_.isZero(0)
                 ? finish(Status::suspicious, "F is 0 where the Jacobian is singular")
                 : finish(Status::stalled, fmt::format("the Jacobian is singular at iteration {}: "
                                                       "start elsewhere",
                                                       result_.iterations));
    constexpr double near = 1e-6;
    const double size = length(step);
    if (last_length > near) rate = size / last_length;
    if (size <= 4 * epsilon) return settle(J, lu, step, rate);
    // Near the solution corrections shrink until rounding stops them.
    if (last_length < near && size > 0.5 * last_length) return settle(J, lu, step, rate);
    if (result_.iterations >= options_.max_iterations)
      return finish(Status::out_of_budget,
                    fmt::format("the Newton step is still {:.2g} of x after {} iterations, |F| is "
                                "{:.2g}",
                                size, result_.iterations, result_.residual));

    double damping = 1;
    Vec trial, trial_value;
    for (;; damping /= 2) {
      trial = x_ + damping * step;
      trial_value = evaluate(trial);
      const bool shorter =
          trial_value.allFinite() && length(lu.solve(trial_value)) <= (1 - damping / 4) * size;
      if (shorter || (size < near && trial_value.allFinite())) break;
      if (damping < 1e-10)
        return finish(Status::stalled,
                      fmt::format("no step along Newton's direction comes closer; the least |F| "
                                  "seen is {:.3g}",
                                  result_.residual));
    }
    x_ = std::move(trial);
    value_ = std::move(trial_value);
    last_length = damping == 1 ? size : std::numeric_limits<double>::infinity();
  }
}

}  // namespace

SystemRoot solve_system(FunctionRef<Vec(const Vec&)> F, const VecRef& x0,
                        const SolveSystemOptions& options) {
  require<DimensionError>(x0.size() >= 1, "solve_system: x0 must have at least one component");
  require(x0.allFinite(), "solve_system: x0 must be finite");
  require(options.rel_tol >= 0 && options.abs_tol >= 0,
          "solve_system: tolerances must be >= 0, got {} and {}", options.rel_tol, options.abs_tol);
  return NewtonSearch(F, x0, options).run();
}

}  // namespace mathtool::math
