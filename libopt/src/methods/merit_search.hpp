#pragma once

#include <optional>

#include "mathtool/math/types.hpp"
#include "mathtool/opt/constraints/constrained_evaluations.hpp"
#include "mathtool/opt/constraints/constrained_iterate.hpp"
#include "mathtool/opt/methods/sqp.hpp"
#include "sqp_model.hpp"

namespace mathtool::opt {

/// A step that brings the violation below this share of the least so far is taken whatever f does;
/// that can happen without end only on the way to a feasible point.
constexpr double violation_drop = 0.9;

/// The violation of each constraint.
Vec violations(const ConstrainedProblem& problem, const ConstrainedIterate& at);

/// The slope of the merit function f + Σ νᵢ violationᵢ along d, after the penalties were raised so
/// far that it is one of descent.
double merit_slope(const ConstrainedProblem& problem, const ConstrainedIterate& at,
                   const ModelStep& step, bool first, Vec& penalties);

/// A search along d for a point where the merit function has fallen enough: below the largest of
/// the last iterates, or where the violation has.
class MeritSearch {
 public:
  MeritSearch(ConstrainedEvaluations& f, const ConstrainedIterate& from, const ModelStep& step,
              const Sqp::State& state, double slope, double decrease);

  /// The point, its derivatives known too; nothing where there is none.
  std::optional<ConstrainedIterate> find();

  /// Whether the functions are finite anywhere along d.
  bool any_finite() const { return any_finite_; }

 private:
  ConstrainedIterate moved(const Vec& d) const;
  bool accepted(const ConstrainedIterate& trial, double share) const;
  bool constraints_curve(const ConstrainedIterate& trial) const;

  ConstrainedEvaluations& f_;
  const ConstrainedIterate& from_;
  const ModelStep& step_;
  const Vec& penalties_;
  const Sqp::State& state_;
  double slope_, decrease_, merit_, reference_, noise_;
  bool any_finite_ = false;
};

}  // namespace mathtool::opt
