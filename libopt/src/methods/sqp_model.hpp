#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "mathtool/math/types.hpp"
#include "mathtool/opt/constraints/constrained_iterate.hpp"
#include "mathtool/opt/constraints/quadratic_program.hpp"

namespace mathtool::opt {

/// Which constraints and bounds are taken for active.
struct WorkingSet {
  std::vector<std::uint8_t> constraints = {};  ///< m
  std::vector<std::int8_t> bounds = {};  ///< n: −1 at the lower bound, 1 at the upper, else 0
};

/// A step that a quadratic model proposes.
struct ModelStep {
  Vec d = {};
  Vec multipliers = {};        ///< m
  Vec bound_multipliers = {};  ///< n
  WorkingSet active = {};
  Mat B = {};      ///< n × n, the Hessian that was used, positive definite
  Vec shift = {};  ///< n, added to ∇f with it
};

/// The constraints of a problem made linear at a point, in d. `g` stands for their values there.
QuadraticProgram linear_models(const ConstrainedProblem& problem, const ConstrainedIterate& at,
                               const Vec& g);

/// Minimises ∇fᵀd + ½ dᵀH d under the linear models. H need not be positive definite: along
/// directions that leave the working set as it is, negative curvatures are turned round and all
/// are at least `floor`; across it, H is changed so that a step that keeps the working set is the
/// same. Returns: nothing where the models contradict each other.
std::optional<ModelStep> solve_model(const ConstrainedProblem& problem,
                                     const ConstrainedIterate& at, const Mat& H,
                                     const WorkingSet& guess, double floor);

/// The step that reduces the violation, whatever f does:
///     min ½ Σ (violationᵢ(d) / unitᵢ)² + ½ dᵀH d,   violation of the linear models
/// H is made positive definite.
Vec feasibility_step(const ConstrainedProblem& problem, const ConstrainedIterate& at, const Mat& H,
                     const Vec& units);

/// The step again for other values of the constraints, with the same B.
std::optional<Vec> corrected_step(const ConstrainedProblem& problem, const ConstrainedIterate& at,
                                  const ModelStep& step, const Vec& g);

/// Multipliers for which ∇L is shortest where only those of the working set are not 0; taken over
/// if they have the right signs and make it shorter.
void improve_multipliers(const ConstrainedProblem& problem, const WorkingSet& active,
                         ConstrainedIterate& at);

}  // namespace mathtool::opt
