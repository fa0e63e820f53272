#include "regression/scoring_iteration.hpp"

#include <fmt/core.h>

#include <cmath>

#include "mathtool/math/error.hpp"

namespace mathtool::stats {
namespace {

constexpr double settled = 1e-9;      // decrement from which the deviance hardly changes
constexpr double endless_step = 0.1;  // change of some η that a converging step no longer makes

}  // namespace

void iterate_scoring(const Vec& start,
                     FunctionRef<ScoringPoint(const Vec& b, const Vec& step)> evaluate,
                     const GeneralizedOptions& options, GeneralizedRegression& fit) {
  require(options.max_iterations >= 1 && options.tolerance > 0,
          "fit_generalized: max_iterations must be >= 1 and tolerance > 0, got {} and {}",
          options.max_iterations, options.tolerance);
  Vec b = start, step;
  double previous = 0, previous_decrement = 0;
  int halvings = 0;
  fit.status = Status::out_of_budget;
  for (fit.iterations = 1; fit.iterations <= options.max_iterations; ++fit.iterations) {
    ScoringPoint point = evaluate(b, step);
    const bool grew = step.size() > 0 && !(point.deviance <= previous + 1e-9 * std::abs(previous));
    if (grew && halvings < 40) {
      step /= 2;
      b -= step;
      ++halvings;
      continue;
    }
    if (!std::isfinite(point.deviance) || !point.step.allFinite()) {
      fit.status = Status::not_finite;
      fit.reason = "the deviance overflows; change the units of the columns";
      break;
    }
    if (grew) {
      fit.status = Status::stalled;
      fit.reason = "no step lowers the deviance any more";
      break;
    }
    fit.deviance = point.deviance;
    const bool small = point.decrement <= options.tolerance;
    const bool at_rounding = previous_decrement > 0 && previous_decrement <= 1e-16 &&
                             point.decrement >= previous_decrement / 4;
    const bool still = step.size() == 0 || point.largest_change <= endless_step;
    if ((point.decrement <= settled || point.deviance <= settled) && !still) {
      fit.status = Status::divergent;
      break;
    }
    halvings = 0;
    previous = point.deviance;
    previous_decrement = point.decrement;
    step = std::move(point.step);
    b += step;
    if ((small || at_rounding) && still) {
      fit.status = Status::converged;
      break;
    }
  }
  fit.iterations = std::min(fit.iterations, options.max_iterations);
  fit.predictor.coefficients = b;
  if (fit.status == Status::divergent)
    fit.reason = fit.family == ResponseFamily::binomial
                     ? "the columns separate successes from failures (fitted probabilities go to 0 "
                       "or 1): the likelihood has no maximum and coefficients grow without bound"
                     : "some fitted means go to 0: the likelihood has no maximum and coefficients "
                       "grow without bound";
  if (fit.status == Status::out_of_budget)
    fit.reason = fmt::format("the deviance still changes by {:.1e} after {} steps",
                             previous_decrement, fit.iterations);
}

}  // namespace mathtool::stats
