#pragma once

#include <optional>
#include <string>

#include "mathtool/opt/evaluations.hpp"
#include "mathtool/opt/iterate.hpp"

namespace mathtool::opt {

/// Compares, without an evaluation of its own, how f changed with what its gradient had said:
///     f(b) − f(a)  beside  (∇f(a) + ∇f(b))ᵀ (b − a) / 2
/// Both agree ever better as steps become short, so that a run of steps on which they differ
/// tenfold or in sign tells of a wrong gradient, or of an f that is not smooth.
class SlopeAudit {
 public:
  void push(const Iterate& before, const Iterate& now);

  /// A sentence where the last steps, at least three, all disagreed.
  std::optional<std::string> objection() const;

 private:
  int disagreeing_ = 0;
  double change_ = 0, promised_ = 0;  ///< of the last step that could tell
};

/// A sentence where the gradient is 0 at the start, yet f is lower beside it: a maximum, a saddle
/// point or a wrong gradient. Costs 2 evaluations for each of at most 16 coordinates.
std::optional<std::string> lower_beside(const Iterate& start, Evaluations& f);

}  // namespace mathtool::opt
