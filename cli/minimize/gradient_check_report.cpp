#include "cli/minimize/gradient_check_report.hpp"

#include <fmt/format.h>

#include <cmath>

#include "mathtool/opt/gradient_check.hpp"

namespace mathtool::cli {

void report_gradient_check(const MinimizationProblem& problem, Report& report) {
  const auto check = std::make_shared<const opt::GradientCheck>(opt::check_gradient(
      problem.objective(), problem.start(), {.differences = {.box = problem.box()}}));
  report.main = {.columns = {"variable", "at", "derivative", "by_differences", "error"},
                 .rows = std::ssize(check->coordinates),
                 .cell = [&problem, check](Index i, Index column) -> Cell {
                   const opt::CoordinateCheck& row =
                       check->coordinates[static_cast<std::size_t>(i)];
                   switch (column) {
                     case 0: return problem.variables()[static_cast<std::size_t>(row.variable)];
                     case 1: return problem.start()[row.variable];
                     case 2: return row.given;
                     case 3: return row.by_differences;
                     default: return row.error;
                   }
                 }};
  report.screen.push_back(report.main);
  report.result = [&problem, check] {
    Json rows = Json::array();
    for (const opt::CoordinateCheck& row : check->coordinates)
      rows.push_back({{"variable", problem.variables()[static_cast<std::size_t>(row.variable)]},
                      {"derivative", row.given},
                      {"by_differences", row.by_differences},
                      {"error", row.error}});
    return Json{{"coordinates", std::move(rows)}, {"largest_error", check->largest_error}};
  };
  report.notes = problem.notes();
  report.status = check->agrees ? Status::converged : Status::suspicious;
  const std::string& worst = problem.variables()[static_cast<std::size_t>(check->worst)];
  if (std::isnan(check->largest_error)) {
    report.status = Status::not_finite;
    report.reason = fmt::format("a derivative by {} is not finite there", worst);
  } else {
    report.reason =
        fmt::format("largest error {:.2g}, of the derivative by {}", check->largest_error, worst);
  }
}

}  // namespace mathtool::cli
