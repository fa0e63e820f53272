#pragma once

#include "mathtool/opt/line_search/line.hpp"

namespace mathtool::opt {

/// A step that is neither too long nor too short: the strong Wolfe conditions, by safeguarded cubic
/// and quadratic interpolation.
///     φ(α) ≤ φ(0) + c₁ α φ′(0)   and   |φ′(α)| ≤ c₂ |φ′(0)|,   φ(α) = f(x₀ + α d)
/// α never exceeds the first bound of the box; there the first condition alone will do. A trial
/// point where f is not finite bounds α from above. Near a minimum, where the changes of f drown in
/// its rounding, |φ(α) − φ(0)| ≤ 100 ε |φ(0)|, its slopes, which still have digits, decide:
///     (2 c₁ − 1) φ′(0) ≥ φ′(α) ≥ c₂ φ′(0)
/// Where a search fails otherwise, f may have lost up to 10⁴ times as much, if ‖∇f‖∞ falls by a
/// tenth.
///
/// Cost: 1 to 2 evaluations as a rule.
/// Ref:  Moré & Thuente, Line search algorithms with guaranteed sufficient decrease (1994); Hager &
///       Zhang, A new conjugate gradient method with guaranteed descent and an efficient line
///       search (2005), (4.3).
struct MoreThuente {
  double decrease = 1e-4;  ///< c₁ in (0, 1/2)
  double curvature = 0.9;  ///< c₂ in (c₁, 1)
  int max_trials = 40;     ///< ≥ 1

  /// Searches from α = `first`. Pre: the slope of the line is < 0, 0 < `first`, `longest` > 0.
  LineEnd search(const Line& line, double first, LinePoint& found) const;

  /// Throws: DomainError.
  void validate() const;
};

}  // namespace mathtool::opt
