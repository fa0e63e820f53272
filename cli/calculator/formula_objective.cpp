#include "cli/calculator/formula_objective.hpp"

#include <optional>

#include "mathtool/opt/difference_objective.hpp"
#include "mathtool/opt/expression_objective.hpp"

namespace mathtool::cli {

struct FormulaObjective::Kinds {
  std::optional<opt::ExpressionObjective> exact = {};
  std::optional<opt::DifferenceObjective<BoundFormula>> by_differences = {};
};

FormulaObjective::FormulaObjective(Calculator& calculator, const math::Expression& closed,
                                   const std::vector<std::string>& variables, const opt::Box& box)
    : formula_(closed), kinds_(std::make_unique<Kinds>()) {
  try {
    kinds_->exact.emplace(closed, variables);
  } catch (const DomainError&) {
    kinds_->by_differences.emplace(BoundFormula(calculator, closed, variables),
                                   opt::DifferenceOptions{.box = box});
  }
}
FormulaObjective::FormulaObjective(FormulaObjective&&) noexcept = default;
FormulaObjective::~FormulaObjective() = default;

bool FormulaObjective::exact() const { return kinds_->exact.has_value(); }

opt::Objective FormulaObjective::objective() const {
  if (kinds_->exact) return *kinds_->exact;
  return *kinds_->by_differences;
}

}  // namespace mathtool::cli
