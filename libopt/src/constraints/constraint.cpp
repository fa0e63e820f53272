#include "mathtool/opt/constraints/constraint.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace mathtool::opt {

std::string ConstrainedProblem::text(Index i) const {
  const Constraint& constraint = constraints[static_cast<std::size_t>(i)];
  if (!constraint.text.empty()) return constraint.text;
  return fmt::format("g{} {} 0", i + 1, constraint.equality ? "=" : "<=");
}

bool ConstrainedProblem::has_hessian() const {
  return f.has_hessian() &&
         std::all_of(constraints.begin(), constraints.end(),
                     [](const Constraint& constraint) { return constraint.g.has_hessian(); });
}

}  // namespace mathtool::opt
