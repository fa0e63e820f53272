#pragma once

#include <limits>

#include "mathtool/math/types.hpp"
#include "mathtool/opt/evaluations.hpp"
#include "mathtool/opt/iterate.hpp"

namespace mathtool::opt {

/// A point of a line and what f says there.
struct LinePoint {
  double step = 0;  ///< α
  double value = std::numeric_limits<double>::quiet_NaN();
  double slope = std::numeric_limits<double>::quiet_NaN();  ///< ∇fᵀ (x − x₀) / α
  Vec x = {}, gradient = {};
};

/// How a search along a line ended.
enum class LineEnd {
  found,      ///< at a point that passed the test
  no_lower,   ///< no point tried was low enough
  not_finite  ///< f was NaN or infinite at every point tried
};

/// The line from an iterate in a direction, as far as it stays in the box:
///     x(α) = P(x₀ + α d),   P the projection onto the box
class Line {
 public:
  /// All must outlive the line. Shapes: d has n entries.
  Line(Evaluations& f, const Iterate& start, const Vec& direction);

  double value() const { return start_.value; }          ///< f(x₀)
  double slope() const { return slope_; }                ///< ∇f(x₀)ᵀ d
  double longest() const { return longest_; }            ///< α of the first bound; ∞ without one
  const Iterate& start() const { return start_; }        ///< x₀
  bool exhausted() const { return calls_.exhausted(); }  ///< no evaluation is left

  /// What rounding alone may do to f(x₀).
  double noise() const;

  /// ‖x − P(x − ∇f)‖∞ at x₀, and at a point of the line.
  double gradient_norm() const;
  double gradient_norm(const LinePoint& point) const;

  /// Evaluates f with gradient at x(α); value and slope are NaN where one of them is not finite.
  void look(double step, LinePoint& point) const;

 private:
  Evaluations& calls_;
  const Iterate& start_;
  const Vec& direction_;
  double slope_ = 0, longest_ = std::numeric_limits<double>::infinity();
};

}  // namespace mathtool::opt
