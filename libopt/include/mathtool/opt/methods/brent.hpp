#pragma once

#include <array>
#include <optional>
#include <string_view>

#include "mathtool/math/constants.hpp"
#include "mathtool/opt/evaluations.hpp"
#include "mathtool/opt/iterate.hpp"
#include "mathtool/opt/methods/method_kind.hpp"
#include "mathtool/opt/rules/settings.hpp"
#include "mathtool/opt/stopping.hpp"

namespace mathtool::opt {

/// Brent's method for one variable: parabolas through the three best points, golden sections where
/// they are no good. From the start it first walks downhill, each step 1.618 times as long as the
/// one before, until f rises: between three points there is a minimum, the middle one the lowest.
/// At a bound it stops, and where both bounds are finite it looks at both ends last: the lower one
/// is searched too where it lies below the minimum found.
/// Pre:     one variable.  Throws: DomainError for more.
/// Returns: a local minimum; `divergent` where f falls without end.
/// Error:   x_tol |x|, and no less than the rounding of f allows, √ε.
/// Cost:    about 10 evaluations for the walk, 10 for the minimum. No gradient.
/// Ref:     Brent, Algorithms for Minimization without Derivatives (1973), chapter 5.
struct Brent {
  double first_step = 0.1;  ///< of the walk, relative to |x|; absolute where x = 0; > 0
  double x_tol = 1.5e-8;    ///< > 0

  static constexpr std::string_view name = "brent";
  static constexpr std::string_view summary = "parabolas and golden sections, one variable";
  static constexpr MethodKind kind = MethodKind::derivative_free;
  static constexpr bool uses_gradient = false, ends_itself = true, one_variable = true;
  static auto settings() {
    return std::array{
        Setting<Brent>{"first_step", &Brent::first_step, SettingRange::positive,
                       "length of the first step, relative to x"},
        Setting<Brent>{"x_tol", &Brent::x_tol, SettingRange::positive, "relative error of x"}};
  }

  struct Point {
    double x = 0, value = infinity;
  };
  struct State {
    enum class Phase { begin, walk, narrow, ends } phase = Phase::begin;
    Point a = {}, b = {};  ///< ends of the bracket
    Point best = {}, second = {}, third = {};
    double width = 0;                  ///< of the bracket at first
    double last = 0, before_last = 0;  ///< steps
    bool looked_at_ends = false;
  };

  State init(const Iterate& start) const;
  std::optional<Stop> step(State& state, Evaluations& f, Iterate& now) const;
  void validate() const { check_settings(*this); }
};

}  // namespace mathtool::opt
