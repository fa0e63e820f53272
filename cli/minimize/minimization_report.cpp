#include "cli/minimize/minimization_report.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "cli/minimize/minimization_figure.hpp"
#include "cli/render/json.hpp"
#include "mathtool/math/constants.hpp"
#include "mathtool/opt/constraints/second_order.hpp"

namespace mathtool::cli {
namespace {

using opt::ConstrainedMinimum;
using opt::Multiplier;

Table solution_table(const MinimizationProblem& problem, const MinimizationRuns& runs) {
  return {.columns = {"variable", "value"},
          .rows = std::ssize(problem.variables()),
          .cell = [&problem, runs](Index i, Index column) -> Cell {
            if (column == 0) return problem.variables()[static_cast<std::size_t>(i)];
            return runs->front().minimum.x[i];
          },
          .digits = 10};
}

Table multiplier_table(const MinimizationRuns& runs) {
  return {.columns = {"constraint", "value", "multiplier", "active"},
          .rows = std::ssize(runs->front().minimum.multipliers),
          .cell = [runs](Index i, Index column) -> Cell {
            const Multiplier& row = runs->front().minimum.multipliers[static_cast<std::size_t>(i)];
            switch (column) {
              case 0: return row.constraint;
              case 1: return row.value;
              case 2: return row.multiplier;
              default: return std::string(row.active ? "yes" : "no");
            }
          }};
}

Table race_table(const MinimizationRuns& runs) {
  return {.columns = {"method", "value", "gradient_norm", "iterations", "evaluations", "status"},
          .rows = std::ssize(*runs),
          .cell = [runs](Index i, Index column) -> Cell {
            const MinimizationRun& run = (*runs)[static_cast<std::size_t>(i)];
            switch (column) {
              case 0: return run.method;
              case 1: return run.minimum.value;
              case 2: return run.minimum.gradient_norm;
              case 3: return run.minimum.iterations;
              case 4: return run.minimum.evaluations;
              default: return std::string(to_string(run.minimum.status));
            }
          }};
}

std::string_view extremum(const MinimizationRun& run) {
  if (run.has_verdict && run.minimum.second_order == opt::SecondOrder::maximum) return "maximum";
  if (run.has_verdict && run.minimum.second_order == opt::SecondOrder::saddle)
    return "saddle point";
  return run.minimum.status == Status::converged ? "minimum" : "best value";
}

std::string summary(const MinimizationProblem& problem, const MinimizationRun& run) {
  const ConstrainedMinimum& minimum = run.minimum;
  std::string text =
      fmt::format("{}: {} iteration{}, {} evaluation{}; {}", run.method, minimum.iterations,
                  minimum.iterations == 1 ? "" : "s", minimum.evaluations,
                  minimum.evaluations == 1 ? "" : "s", minimum.reason);
  if (problem.constrained())
    text +=
        fmt::format("\nresiduals: stationarity {:.2g}, feasibility {:.2g}, complementarity {:.2g}",
                    minimum.stationarity, minimum.feasibility, minimum.complementarity);
  if (!minimum.second_order_reason.empty())
    text += fmt::format("\nsecond order: {}, {}", to_string(minimum.second_order),
                        minimum.second_order_reason);
  for (const std::string& sentence : minimum.sensitivity) text += "\n" + sentence;
  return text;
}

Json solution_json(const MinimizationProblem& problem, const Vec& x) {
  Json object = Json::object();
  for (Index i = 0; i < x.size(); ++i)
    object[problem.variables()[static_cast<std::size_t>(i)]] = x[i];
  return object;
}

Json run_json(const MinimizationProblem& problem, const MinimizationRun& run) {
  const ConstrainedMinimum& minimum = run.minimum;
  Json multipliers = Json::array();
  for (const Multiplier& each : minimum.multipliers)
    multipliers.push_back({{"constraint", each.constraint},
                           {"value", each.value},
                           {"multiplier", each.multiplier},
                           {"active", each.active}});
  return {{"x", solution_json(problem, minimum.x)},
          {"value", minimum.value},
          {"gradient_norm", minimum.gradient_norm},
          {"iterations", minimum.iterations},
          {"evaluations", minimum.evaluations},
          {"method", run.method},
          {"multipliers", std::move(multipliers)},
          {"kkt_residual", minimum.kkt_residual},
          {"second_order", to_string(minimum.second_order)},
          {"sensitivity", minimum.sensitivity}};
}

Json race_json(const std::vector<MinimizationRun>& runs) {
  Json list = Json::array();
  for (const MinimizationRun& run : runs)
    list.push_back({{"method", run.method},
                    {"value", run.minimum.value},
                    {"gradient_norm", run.minimum.gradient_norm},
                    {"iterations", run.minimum.iterations},
                    {"evaluations", run.minimum.evaluations},
                    {"status", to_string(run.minimum.status)},
                    {"reason", run.minimum.reason}});
  return list;
}

/// Whether a run ended at a point that meets its conditions.
bool established(const MinimizationRun& run) { return run.minimum.status == Status::converged; }

}  // namespace

void report_minimization(const MinimizationProblem& problem, const MinimizationRuns& runs,
                         Report& report) {
  const MinimizationRun& best = runs->front();
  report.status = best.minimum.status;
  report.reason = best.minimum.reason;
  report.screen.push_back(Paragraph{
      fmt::format("{} {:.10g} of {}{} at", extremum(best), best.minimum.value, problem.text(),
                  problem.constrained() ? ", under the constraints," : "")});
  report.screen.push_back(solution_table(problem, runs));
  if (!best.minimum.multipliers.empty()) report.screen.push_back(multiplier_table(runs));
  report.screen.push_back(Paragraph{summary(problem, best)});
  if (runs->size() > 1) report.screen.push_back(race_table(runs));
  report.main = runs->size() > 1 ? race_table(runs) : solution_table(problem, runs);
  report.result = [&problem, runs] {
    Json result = run_json(problem, runs->front());
    if (runs->size() > 1) result["race"] = race_json(*runs);
    return result;
  };
  report.figure = [&problem, runs] { return minimization_figure(problem, *runs); };
  for (const std::string& note : problem.notes()) report.notes.push_back(note);
  for (const std::string& note : best.notes) report.notes.push_back(note);
  for (const MinimizationRun& run : *runs)
    for (const std::string& decision : run.decisions) report.decisions.push_back(decision);
}

Table trace_table(const MinimizationProblem& problem, const MinimizationRuns& runs) {
  const bool constrained = problem.constrained();
  std::vector<std::string> columns{"method", "iteration",     "evaluations",
                                   "value",  "gradient_norm", "step"};
  if (constrained) columns.push_back("infeasibility");
  const Index fixed = std::ssize(columns);
  columns.insert(columns.end(), problem.variables().begin(), problem.variables().end());
  auto places =
      std::make_shared<std::vector<std::pair<const MinimizationRun*, const PathPoint*>>>();
  for (const MinimizationRun& run : *runs)
    for (const PathPoint& point : run.path) places->emplace_back(&run, &point);
  return {.columns = std::move(columns),
          .rows = std::ssize(*places),
          .cell = [places, runs, fixed](Index i, Index column) -> Cell {
            const auto& [run, point] = (*places)[static_cast<std::size_t>(i)];
            if (column >= fixed) return point->x[column - fixed];
            switch (column) {
              case 0: return run->method;
              case 1: return point->iteration;
              case 2: return point->evaluations;
              case 3: return point->value;
              case 4: return point->gradient_norm;
              case 5: return point->step;
              default: return point->infeasibility;
            }
          }};
}

void rank(std::vector<MinimizationRun>& runs) {
  double lowest = infinity;
  for (const MinimizationRun& run : runs)
    if (established(run)) lowest = std::min(lowest, run.minimum.value);
  // Values that agree in nine digits are the same minimum; then the cheaper run comes first.
  const auto value = [lowest](const MinimizationRun& run) {
    if (!established(run)) return infinity;
    const double above = run.minimum.value - lowest;
    return above <= 1e-9 * std::max(1.0, std::abs(lowest)) ? 0.0 : above;
  };
  std::stable_sort(runs.begin(), runs.end(),
                   [&](const MinimizationRun& a, const MinimizationRun& b) {
                     if (value(a) != value(b)) return value(a) < value(b);
                     if (established(a)) return a.minimum.evaluations < b.minimum.evaluations;
                     if (std::isnan(b.minimum.value)) return !std::isnan(a.minimum.value);
                     return a.minimum.value < b.minimum.value;
                   });
}

}  // namespace mathtool::cli
