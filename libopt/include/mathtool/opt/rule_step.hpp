#pragma once

#include <limits>
#include <optional>

#include "mathtool/math/function_ref.hpp"
#include "mathtool/math/types.hpp"
#include "mathtool/opt/evaluations.hpp"
#include "mathtool/opt/iterate.hpp"
#include "mathtool/opt/stopping.hpp"

namespace mathtool::opt {

/// Takes the step that an update rule proposes, as far as it leads into the box and to a point
/// where f and its gradient are finite: elsewhere it is halved,
///     x ← P(x + d), P(x + d/2), P(x + d/4), ...
/// `max_halvings` times in all without a new lowest value between.
class RuleStep {
 public:
  static constexpr int max_halvings = 60;

  /// `move` changes x as the rule wants. Returns: why there is no next point, or nothing.
  std::optional<Stop> step(FunctionRef<void(Vec&)> move, Evaluations& f, Iterate& now);

 private:
  int halvings_ = 0;
  double best_ = std::numeric_limits<double>::quiet_NaN();
  Vec x_ = {}, gradient_ = {};
};

}  // namespace mathtool::opt
