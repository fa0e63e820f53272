#pragma once

#include <array>
#include <cstdint>
#include <deque>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "mathtool/math/types.hpp"
#include "mathtool/opt/constraints/minimize.hpp"
#include "mathtool/opt/rules/settings.hpp"

namespace mathtool::opt {

/// Sequential quadratic programming: each step minimises a quadratic model of the Lagrangian under
/// linear models of the constraints,
///     min ∇f(x)ᵀd + ½ dᵀB d,   gᵢ(x) + ∇gᵢ(x)ᵀd = 0 or ≤ 0,   low ≤ x + d ≤ high
/// and goes as far along d as the merit function f + Σ νᵢ violationᵢ falls. B is the Hessian of the
/// Lagrangian, its negative curvatures turned round where no constraint holds them; damped BFGS
/// where f or a constraint has none. A step that fails for the curvature of the constraints is
/// corrected for it; where linear models contradict each other the violation is reduced alone; a
/// point that is stationary but no minimum is left along a direction of negative curvature.
///
/// Cost:    n³ and more an iteration, for each constraint that becomes active or ceases to be n².
/// Ref:     Nocedal & Wright, Numerical Optimization (2006), chapter 18; Powell, A fast algorithm
///          for nonlinearly constrained optimization calculations (1978).
struct Sqp {
  double decrease = 1e-4;     ///< share of the predicted fall that a step must reach, in (0, 1)
  bool exact_hessian = true;  ///< false: BFGS even where there are second derivatives
  bool leave_saddles = true;  ///< false: any stationary point with the right signs will do

  static constexpr std::string_view name = "sqp";
  static constexpr std::string_view summary =
      "quadratic models under linear models of the constraints";
  static auto settings() {
    return std::array{Setting<Sqp>{"decrease", &Sqp::decrease, SettingRange::fraction,
                                   "share of the predicted fall that a step must reach"},
                      Setting<Sqp>{"exact_hessian", &Sqp::exact_hessian, SettingRange::positive,
                                   "second derivatives where there are any, instead of BFGS"},
                      Setting<Sqp>{"leave_saddles", &Sqp::leave_saddles, SettingRange::positive,
                                   "go on from a stationary point that is no minimum"}};
  }

  struct State {
    Mat bfgs = {};                                 ///< n × n; empty while exact Hessians serve
    bool fresh = true;                             ///< no step was taken since B was begun anew
    Vec penalties = {};                            ///< m, ν
    std::vector<std::uint8_t> working = {};        ///< m: active in the last quadratic program
    std::vector<std::int8_t> fixed = {};           ///< n: at its lower bound −1, upper 1, free 0
    std::deque<std::pair<double, Vec>> past = {};  ///< f and violations of the last iterates
    double least_violation = 0;  ///< so far, sum over units of the first gradients
    Vec units = {};              ///< m, lengths of the gradients at the start
    double reach = 0;            ///< length of a step where nothing curves
    double damping = 0;          ///< least curvature of B, against ‖B‖
    int unimproved = 0;          ///< steps since the least violation fell
    double restore_from = 0;     ///< violation where it began to be reduced alone; 0: it is not
    Vec escape = {};             ///< n, a direction of negative curvature; or empty
    int failed_escapes = 0;
  };

  State init(const ConstrainedIterate& start) const;
  std::optional<Stop> step(State& state, ConstrainedEvaluations& f, ConstrainedIterate& now) const;

  /// Not where f falls along a direction that the constraints leave free.
  bool settled(State& state, ConstrainedEvaluations& f, const ConstrainedIterate& now) const;

  void validate() const { check_settings(*this); }
};

}  // namespace mathtool::opt
