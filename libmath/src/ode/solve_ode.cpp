#include "mathtool/math/ode/solve_ode.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

#include "mathtool/math/constants.hpp"
#include "mathtool/math/error.hpp"
#include "ode_run.hpp"

namespace mathtool::math {
namespace {

void require_problem(double t0, const VecRef& y0, double t1, const OdeOptions& options) {
  require<DimensionError>(y0.size() >= 1, "solve_ode: y0 must have at least one component");
  require(std::isfinite(t0) && std::isfinite(t1), "solve_ode: t0 and t1 must be finite, got {}, {}",
          t0, t1);
  require(y0.allFinite(), "solve_ode: y0 must be finite");
  require(options.rel_tol > 0 && options.abs_tol > 0,
          "solve_ode: tolerances must be > 0, got {} and {}", options.rel_tol, options.abs_tol);
  require(options.samples >= 0, "solve_ode: samples must be >= 0, got {}", options.samples);
}

/// y0 with each component off by a few roundings, the signs following `pattern`: an answer that
/// this changes is not known any better.
Vec disturbed(const VecRef& y0, unsigned pattern) {
  constexpr double roundings = 4 * std::numeric_limits<double>::epsilon();
  Vec y = y0;
  for (Index i = 0; i < y.size(); ++i)
    y[i] *= (pattern >> (i % 16) & 1) ? 1 + roundings : 1 - roundings;
  return y;
}

/// What the runs that were less exact, from disturbed starts, say about the error of the best one;
/// `slope` is f at its end.
Vec global_error(const OdeRun& best, const OdeRun& middle, const OdeRun& rough, double t0,
                 const Vec& slope) {
  const Vec to_middle = (best.y - middle.y).cwiseAbs(), to_rough = (best.y - rough.y).cwiseAbs();
  const Vec error = (2 * to_middle).cwiseMax(to_rough);
  // Two runs may agree in one component by chance; the others tell how far to trust that.
  const Vec scale = best.largest.cwiseMax(std::numeric_limits<double>::min());
  const double worst = error.cwiseQuotient(scale).maxCoeff();
  const double time = std::max(std::abs(t0), std::abs(best.t));  // t1 is a rounded number too
  return error.cwiseMax(std::max(0.1 * worst, best.step_tolerance) * best.y.cwiseAbs()) +
         epsilon * (4 * best.y.cwiseAbs() + time * slope.cwiseAbs());
}

}  // namespace

std::string_view to_string(OdeMethod method) {
  switch (method) {
    case OdeMethod::automatic: return "automatic";
    case OdeMethod::dormand_prince: return "dormand_prince";
    case OdeMethod::dop853: return "dop853";
    case OdeMethod::radau: return "radau";
  }
  return "?";
}

OdeSolution solve_ode(OdeFunction f, double t0, const VecRef& y0, double t1,
                      const OdeOptions& options) {
  require_problem(t0, y0, t1, options);
  OdeSolution solution;
  if (t0 == t1) {
    solution.t = t0, solution.y = y0, solution.error = Vec::Zero(y0.size());
    solution.method = options.method;
    solution.status = Status::converged;
    return solution;
  }

  const bool automatic = options.method == OdeMethod::automatic;
  constexpr double loose = 1e-5;
  const OdeMethod method = !automatic                 ? options.method
                           : options.rel_tol >= loose ? OdeMethod::dormand_prince
                                                      : OdeMethod::dop853;
  const double span = std::abs(t1 - t0);
  // Errors of single steps add up, and instability magnifies them: hence the margin. Unequal
  // limits on the step keep two runs from missing the same short event.
  const auto run = [&](const Vec& start, double share, double parts, bool keep) {
    constexpr double margin = 1e-5, finest = 1e-15;
    const StepTolerance tolerance{share * std::max(margin * options.rel_tol, finest),
                                  share * 1e-3 * options.abs_tol};
    CountedSlope counted(f, options.max_evaluations, options.stop);
    OdeRun result = run_ode(counted, t0, start, t1,
                            {method,
                             automatic,
                             tolerance,
                             span / parts,
                             0.1 * options.abs_tol,
                             keep,
                             {options.rel_tol, options.abs_tol},
                             static_cast<double>(options.samples),
                             options.jacobian});
    solution.evaluations += counted.evaluations();
    return result;
  };
  const OdeRun rough = run(disturbed(y0, 0b0110'1001'1100'1010), 30, 31, false);
  const OdeRun middle = run(disturbed(y0, 0b1100'0101'0011'1111), 5, 43, false);
  OdeRun best = run(y0, 1, 57, options.trajectory);

  solution.t = best.t;
  solution.y = best.y;
  solution.method = best.method;
  solution.steps = best.steps;
  solution.trajectory = std::move(best.trajectory);
  solution.error = Vec::Constant(y0.size(), std::numeric_limits<double>::infinity());
  solution.status = best.status;
  solution.reason = best.reason;
  if (best.status != Status::converged) return solution;
  if (middle.status != Status::converged || rough.status != Status::converged) {
    solution.status = Status::suspicious;
    solution.reason = fmt::format("a less exact run did not reach t = {:.10g}: {}", t1,
                                  middle.reason.empty() ? rough.reason : middle.reason);
    return solution;
  }
  Vec slope(y0.size());
  f(best.t, best.y, slope);
  solution.error = global_error(best, middle, rough, t0, slope);
  for (Index i = 0; i < y0.size(); ++i) {
    const double allowed = options.abs_tol + options.rel_tol * best.largest[i];
    if (solution.error[i] <= allowed) continue;
    solution.status = Status::suspicious;
    solution.reason = fmt::format(
        "component {} is known to {:.2g} only, not {:.2g}: small errors grow on the way to t = "
        "{:.10g}",
        i + 1, solution.error[i], allowed, t1);
    break;
  }
  return solution;
}

}  // namespace mathtool::math
