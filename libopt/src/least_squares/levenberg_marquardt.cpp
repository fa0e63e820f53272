#include "mathtool/opt/least_squares/levenberg_marquardt.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <utility>

#include "damped_step.hpp"
#include "descent.hpp"
#include "mathtool/math/constants.hpp"
#include "mathtool/math/error.hpp"
#include "mathtool/math/thin_svd.hpp"
#include "mathtool/opt/least_squares/parameter_covariance.hpp"

namespace mathtool::opt {
namespace {

/// Up to so many numbers in a Jacobian a second descent costs nothing worth counting.
constexpr Index small_problem = 20'000;

/// A condition from which on parameters are hardly told apart: the end may be a flat far region.
constexpr double nearly_singular = 1e8;

/// Sizes of the start beyond which a parameter went suspiciously far.
constexpr double far_away = 1e6;

/// An end, and whether it determines the parameters.
struct Candidate {
  Descent end = {};
  std::vector<Index> held = {};
  double condition = infinity;
  bool determined = false;

  bool sound() const { return end.status == Status::converged && determined; }
};

Candidate examine(Descent&& end, const LevenbergMarquardtOptions& options) {
  Candidate result{.end = std::move(end)};
  if (!result.end.at.finite()) return result;
  result.held = held_by_bounds(result.end.at, result.end.x, options.box);
  const ParameterCovariance shape = parameter_covariance(result.end.at.R, 1, {.held = result.held});
  result.condition = shape.condition;
  result.determined = shape.undetermined.empty();
  return result;
}

/// Whether the end might be another one than a user would want.
bool doubtful(const Candidate& candidate, const Vec& start) {
  if (!candidate.sound() || candidate.condition > nearly_singular) return true;
  for (Index j = 0; j < start.size(); ++j)
    if (start[j] != 0 && std::abs(candidate.end.x[j]) > far_away * std::abs(start[j])) return true;
  return false;
}

/// Whether `other` is the better end: a minimum before what is none, then the lower one.
bool better(const Candidate& other, const Candidate& best) {
  if (!other.end.at.finite()) return false;
  if (!best.end.at.finite()) return true;
  if (other.sound() != best.sound()) return other.sound();
  return other.end.at.cost < best.end.at.cost;
}

/// Whether two ends are different points beyond what rounding makes of one.
bool elsewhere(const Descent& a, const Descent& b) {
  if (std::abs(a.at.cost - b.at.cost) <= 1e-5 * b.at.cost) return false;  // no difference to tell
  for (Index j = 0; j < a.x.size(); ++j)
    if (std::abs(a.x[j] - b.x[j]) > 1e-4 * std::max(std::abs(a.x[j]), std::abs(b.x[j])))
      return true;
  return false;
}

/// The start with its linear parameters at their best, moved into the box.
Vec with_linear_solved(ResidualReduction& residuals, const Vec& start,
                       const LevenbergMarquardtOptions& options) {
  const Linearization at = residuals.at(start);
  if (!at.finite()) return start;
  const Mat columns = at.R(Eigen::all, options.linear);
  const Vec lengths = columns.colwise().stableNorm().cwiseMax(std::numeric_limits<double>::min());
  const math::ThinSvd svd = math::thin_svd(columns * lengths.cwiseInverse().asDiagonal());
  Vec step = Vec::Zero(columns.cols());
  for (Index i = 0; i < svd.singular.size(); ++i)
    if (svd.singular[i] > 1e-12 * svd.singular[0])
      step -= svd.V.col(i) * (svd.U.col(i).dot(at.q) / svd.singular[i]);
  Vec x = start;
  x(options.linear) += step.cwiseQuotient(lengths);
  options.box.project(x);
  return x.allFinite() ? x : start;
}

std::string name_of(const LevenbergMarquardtOptions& options, Index j) {
  return options.names.empty() ? fmt::format("x{}", j + 1)
                               : options.names[static_cast<std::size_t>(j)];
}

std::string list_of(const LevenbergMarquardtOptions& options, const std::vector<Index>& places) {
  std::string text;
  for (std::size_t k = 0; k < places.size(); ++k)
    text += (k == 0 ? "" : k + 1 == places.size() ? " and " : ", ") + name_of(options, places[k]);
  return text;
}

/// Why parameters are not determined: nothing depends on them, or only on a combination.
std::string undetermined_reason(const LevenbergMarquardtOptions& options, const Mat& R,
                                const std::vector<Index>& undetermined) {
  std::vector<Index> idle, mixed;
  for (const Index j : undetermined) (R.col(j).norm() > 0 ? mixed : idle).push_back(j);
  std::string text;
  if (!idle.empty())
    text = fmt::format("no residual depends on {} there; start elsewhere", list_of(options, idle));
  if (!mixed.empty())
    text += fmt::format("{}the residuals do not tell {} apart", text.empty() ? "" : "; ",
                        list_of(options, mixed));
  return text;
}

double positive_rows(const LevenbergMarquardtOptions& options, Index rows) {
  if (options.observations > 0) return options.observations;
  if (options.weights.empty()) return static_cast<double>(rows);
  return static_cast<double>(std::count_if(options.weights.begin(), options.weights.end(),
                                           [](double w) { return w > 0; }));
}

void describe_parameters(const Candidate& best, const ResidualReduction& residuals,
                         const LevenbergMarquardtOptions& options, NonlinearFit& fit) {
  const Index n = fit.x.size();
  fit.covariance = Mat::Constant(n, n, not_a_number);
  fit.standard_errors = Vec::Constant(n, not_a_number);
  const Linearization& at = best.end.at;
  fit.rss = at.rss;
  fit.cost = at.cost;
  fit.orthogonality = best.end.orthogonality;
  fit.at_bound = best.held;
  Vec gradient = at.R.transpose() * at.q;
  gradient(best.held).setZero();
  fit.gradient_norm = gradient.lpNorm<Eigen::Infinity>();
  fit.degrees_of_freedom =
      positive_rows(options, residuals.rows()) - static_cast<double>(n - std::ssize(best.held));
  if (fit.degrees_of_freedom > 0) fit.residual_sd = std::sqrt(fit.cost / fit.degrees_of_freedom);
  const double s2 = fit.degrees_of_freedom > 0 ? fit.cost / fit.degrees_of_freedom : not_a_number;
  const ParameterCovariance covariance = parameter_covariance(at.R, s2, {.held = best.held});
  fit.covariance = covariance.value;
  fit.standard_errors = covariance.value.diagonal().cwiseSqrt();
  fit.undetermined = covariance.undetermined;
  fit.condition = covariance.condition;
  std::vector<std::string> reasons;
  if (!(fit.degrees_of_freedom > 0))
    reasons.push_back(fmt::format("{} observations for {} parameters leave no degree of freedom",
                                  positive_rows(options, residuals.rows()), n));
  if (!fit.undetermined.empty())
    reasons.push_back(undetermined_reason(options, at.R, fit.undetermined));
  if (!fit.at_bound.empty())
    reasons.push_back(fmt::format("{} {} at a bound", list_of(options, fit.at_bound),
                                  fit.at_bound.size() == 1 ? "is" : "are"));
  for (const std::string& reason : reasons)
    fit.covariance_reason += (fit.covariance_reason.empty() ? "" : "; ") + reason;
}

}  // namespace

void LevenbergMarquardtOptions::validate(Index n) const {
  box.validate(n);
  require(loss_scale > 0 && std::isfinite(loss_scale),
          "levenberg_marquardt: loss_scale must be > 0, got {}", loss_scale);
  for (const double w : weights)
    require(w >= 0 && std::isfinite(w), "levenberg_marquardt: weights must be >= 0, got {}", w);
  require(observations >= 0, "levenberg_marquardt: observations must be >= 0, got {}",
          observations);
  require(step_tol >= 0, "levenberg_marquardt: step_tol must be >= 0, got {}", step_tol);
  require(orthogonality_tol >= 0, "levenberg_marquardt: orthogonality_tol must be >= 0, got {}",
          orthogonality_tol);
  require(max_iterations >= 0, "levenberg_marquardt: max_iterations must be >= 0, got {}",
          max_iterations);
  for (const Index j : linear)
    require(0 <= j && j < n, "levenberg_marquardt: linear names parameter {} of {}", j, n);
  require<DimensionError>(names.empty() || std::ssize(names) == n,
                          "levenberg_marquardt: {} names for {} parameters", names.size(), n);
}

NonlinearFit levenberg_marquardt(Residuals r, const VecRef& x0,
                                 const LevenbergMarquardtOptions& options) {
  require(x0.size() > 0 && x0.allFinite(), "levenberg_marquardt: x0 must be finite and not empty");
  options.validate(x0.size());
  ResidualReduction residuals(r, {.loss = options.loss,
                                  .scale = options.loss_scale,
                                  .weights = options.weights,
                                  .run = options.run});
  Vec start = x0;
  options.box.project(start);
  Candidate best = examine(descend(residuals, start, {}, options), options);
  NonlinearFit fit;
  const bool small = residuals.rows() * start.size() <= small_problem;
  if (options.look_again && best.end.at.finite() && (small || doubtful(best, start))) {
    const auto look = [&](const Vec& from, const DescentScale& scale) {
      Candidate other = examine(descend(residuals, from, scale, options), options);
      if (!better(other, best)) return;
      if (elsewhere(other.end, best.end))
        fit.remarks.push_back(fmt::format(
            "a descent with other steps from the same start ended at {:.6g} instead of {:.6g}{}",
            other.end.at.cost, best.end.at.cost,
            best.sound() && other.sound() ? ": there is more than one minimum" : ""));
      best = std::move(other);
    };
    look(start, {.relative = true, .first_radius = 0.1});
    if (doubtful(best, start)) {
      if (!options.linear.empty()) {
        const Vec solved = with_linear_solved(residuals, start, options);
        look(solved, {});
        look(solved, {.relative = true, .first_radius = 0.1});
      }
      if (doubtful(best, start)) look(start, {.relative = false, .first_radius = 100});
    }
  }
  fit.x = best.end.x;
  fit.status = best.end.status;
  fit.reason = std::move(best.end.reason);
  fit.iterations = best.end.iterations;
  fit.evaluations = residuals.evaluations();
  fit.jacobians = residuals.jacobians();
  if (!best.end.at.finite()) {
    fit.covariance = Mat::Constant(x0.size(), x0.size(), not_a_number);
    fit.standard_errors = Vec::Constant(x0.size(), not_a_number);
    fit.covariance_reason = fit.reason;
    return fit;
  }
  describe_parameters(best, residuals, options, fit);
  if (fit.status == Status::converged && !fit.undetermined.empty()) {
    fit.status = Status::suspicious;
    fit.reason = undetermined_reason(options, best.end.at.R, fit.undetermined);
  }
  return fit;
}

}  // namespace mathtool::opt
