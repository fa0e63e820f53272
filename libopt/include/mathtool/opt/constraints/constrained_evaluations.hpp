#pragma once

#include <cstdint>

#include "mathtool/math/types.hpp"
#include "mathtool/opt/constraints/constrained_iterate.hpp"
#include "mathtool/opt/constraints/constraint.hpp"
#include "mathtool/opt/evaluations.hpp"

namespace mathtool::opt {

/// A constrained problem as a method sees it: every call is counted, nothing is asked outside of
/// the box. A point counts once, however many constraints are evaluated there.
///
/// Throws: DomainError for a point outside the box, DimensionError for a gradient of another size;
///         what the functions throw.
class ConstrainedEvaluations {
 public:
  ConstrainedEvaluations(const ConstrainedProblem& problem, const StoppingOptions& limits)
      : problem_(problem), f_(problem.f, problem.box, limits) {}

  /// Fills value, gradient, g and jacobian at `at.x`. Returns: whether all of them are finite; they
  /// are not to be used if not, but a value of −∞ is kept.
  bool operator()(ConstrainedIterate& at);

  /// Fills value and g alone.
  bool values(ConstrainedIterate& at);

  bool has_hessian() const { return problem_.has_hessian(); }

  /// ∇²f(x) + Σ multiplierᵢ ∇²gᵢ(x). Pre: `has_hessian()`. Entries may be NaN.
  Mat lagrangian_hessian(const Vec& x, const Vec& multipliers);

  const ConstrainedProblem& problem() const { return problem_; }
  const Box& box() const { return problem_.box; }

  std::int64_t count() const { return f_.count(); }          ///< points at which f was asked
  std::int64_t gradients() const { return f_.gradients(); }  ///< those with gradients
  std::int64_t hessians() const { return hessians_; }
  double seconds() const { return f_.seconds(); }
  bool exhausted() const { return f_.exhausted(); }

 private:
  const ConstrainedProblem& problem_;
  Evaluations f_;
  std::int64_t hessians_ = 0;
  Vec scratch_ = {};
};

}  // namespace mathtool::opt
