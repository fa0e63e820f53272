#include <fmt/format.h>

#include "cli/minimize/minimization_report.hpp"
#include "mathtool/math/error.hpp"
#include "mathtool/math/symbolic/differentiate.hpp"

namespace mathtool::cli {
namespace {

using math::Expression;
using math::Operator;

std::string multiplier_name(std::size_t i, std::size_t count) {
  return count == 1 ? "m" : fmt::format("m{}", i + 1);
}

/// f + m1 * (g1) + m2 * (g2)
Expression lagrangian(const MinimizationProblem& problem) {
  std::vector<Expression> terms{problem.formula()};
  const auto& sides = problem.side_conditions();
  for (std::size_t i = 0; i < sides.size(); ++i)
    terms.push_back(Expression(
        Expression::Operation{Operator::multiply,
                              {Expression(Expression::Variable{multiplier_name(i, sides.size())}),
                               sides[i].g.formula()}}));
  if (terms.size() == 1) return terms.front();
  return Expression(Expression::Operation{Operator::add, std::move(terms)});
}

std::string equations(const MinimizationProblem& problem) {
  const Expression L = lagrangian(problem);
  std::string text = fmt::format("Lagrangian  L = {}\n", to_string(L));
  for (const std::string& name : problem.variables()) try {
      text +=
          fmt::format("  dL/d{} = {} = 0\n", name, to_string(math::differentiate(L, name).value));
    } catch (const DomainError&) { text += fmt::format("  dL/d{} = 0, by differences\n", name); }
  const auto& sides = problem.side_conditions();
  for (std::size_t i = 0; i < sides.size(); ++i)
    text += fmt::format(
        "  {} {} 0{}\n", to_string(sides[i].g.formula()), sides[i].equality ? "=" : "<=",
        sides[i].equality
            ? ""
            : fmt::format(", {} >= 0, their product 0", multiplier_name(i, sides.size())));
  text.pop_back();
  return text;
}

}  // namespace

void explain_lagrange(const MinimizationProblem& problem, const MinimizationRun& run,
                      Report& report) {
  report.screen.push_back(Paragraph{equations(problem)});
  const auto records =
      std::make_shared<const std::vector<opt::ConstrainedRecord>>(run.minimum.records);
  std::vector<std::string> columns{"iteration"};
  for (const std::string& name : problem.variables()) columns.push_back(name);
  const std::size_t count = problem.side_conditions().size();
  for (std::size_t i = 0; i < count; ++i) columns.push_back(multiplier_name(i, count));
  columns.insert(columns.end(), {"f", "|dL|", "violation"});
  const Index n = std::ssize(problem.variables()), m = static_cast<Index>(count);
  report.screen.push_back(
      Table{.columns = std::move(columns),
            .rows = std::ssize(*records),
            .cell = [records, n, m](Index i, Index column) -> Cell {
              const opt::ConstrainedRecord& record = (*records)[static_cast<std::size_t>(i)];
              if (column == 0) return record.iteration;
              if (column <= n) return record.x[column - 1];
              if (column <= n + m)
                return record.multipliers.size() > 0 ? record.multipliers[column - n - 1] : 0.0;
              if (column == n + m + 1) return record.value;
              return column == n + m + 2 ? record.stationarity : record.feasibility;
            }});
}

}  // namespace mathtool::cli
