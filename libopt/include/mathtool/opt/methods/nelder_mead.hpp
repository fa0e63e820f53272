#pragma once

#include <array>
#include <optional>
#include <string_view>
#include <vector>

#include "mathtool/opt/evaluations.hpp"
#include "mathtool/opt/iterate.hpp"
#include "mathtool/opt/methods/method_kind.hpp"
#include "mathtool/opt/rules/settings.hpp"
#include "mathtool/opt/stopping.hpp"

namespace mathtool::opt {

/// The downhill simplex of n + 1 points: the worst one is reflected through the middle c of the
/// others, further where that is good, less far where it is not; else all move towards the best.
///     c + t (c − worst),   t = 1, 1 + 2/n, ±(3/4 − 1/2n);   towards the best by 1 − 1/n
/// It needs no gradient. It converges when the points lie within x_tol · max(1, ‖x‖∞), their values
/// within value_tol, and f along each axis, by two more points each, promises no less. Where it
/// does, the simplex had collapsed, as on McKinnon's function: it is set up anew. Points outside
/// of the box are moved to its faces; NaN counts as ∞.
/// Returns: `stalled` where the simplex collapses time and again.
/// Cost:    one or two evaluations an iteration; for n ≤ 20 or so. ‖∇f‖ is not known at the end.
/// Ref:     Nelder & Mead (1965); Gao & Han, Implementing the Nelder-Mead simplex algorithm with
///          adaptive parameters (2012); Kelley, Detection and remediation of stagnation in the
///          Nelder-Mead algorithm (1999).
struct NelderMead {
  double size = 0.1;    ///< of the first simplex, relative to |xᵢ|; absolute where xᵢ = 0; > 0
  double x_tol = 1e-8;  ///< > 0
  double value_tol = 1e-10;  ///< relative to |f| and to what f has fallen, > 0

  static constexpr std::string_view name = "nelder-mead";
  static constexpr std::string_view summary = "simplex of n + 1 points, no gradient; few variables";
  static constexpr MethodKind kind = MethodKind::derivative_free;
  static constexpr bool uses_gradient = false, ends_itself = true;
  static auto settings() {
    return std::array{
        Setting<NelderMead>{"size", &NelderMead::size, SettingRange::positive,
                            "of the first simplex, relative to x"},
        Setting<NelderMead>{"x_tol", &NelderMead::x_tol, SettingRange::positive,
                            "size of the simplex at which it has converged, relative to x"},
        Setting<NelderMead>{"value_tol", &NelderMead::value_tol, SettingRange::positive,
                            "spread of its values then, relative to f"}};
  }

  struct State {
    std::vector<Index> free = {};  ///< variables that the box leaves any room
    Mat points = {};               ///< free × (free + 1), best first, all others in `x`
    Vec values = {};
    Vec x = {};
    double start_value = 0;
    double restart_value = 0;  ///< where the last restart began
    int restarts = 0;
  };

  State init(const Iterate& start) const;
  std::optional<Stop> step(State& state, Evaluations& f, Iterate& now) const;
  void validate() const { check_settings(*this); }
};

}  // namespace mathtool::opt
