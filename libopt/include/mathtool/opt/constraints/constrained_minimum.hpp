#pragma once

#include <cstdint>
#include <limits>
#include <string>
#include <vector>

#include "mathtool/math/types.hpp"
#include "mathtool/opt/constraints/second_order.hpp"
#include "mathtool/opt/minimum.hpp"

namespace mathtool::opt {

/// A constraint or a bound at the end of a minimisation.
struct Multiplier {
  std::string constraint = {};  ///< as the user wrote it; a bound as `x >= 0`, `x <= 1` or `x = 2`
  double value = 0;             ///< g(x): LEFT − RIGHT, of `>=` RIGHT − LEFT
  double multiplier = 0;        ///< of g in the Lagrangian; ≥ 0 for inequalities
  bool active = false;          ///< an equality, or an inequality that holds with g = 0
  bool equality = false;
  bool bound = false;
  bool turned = false;  ///< the text is a `>=`
};

/// One iteration of a constrained history, with all that a reader needs to follow it.
struct ConstrainedRecord {
  std::int64_t iteration = 0, evaluations = 0;
  Vec x = {};
  double value = 0;              ///< f(x)
  Vec g = {};                    ///< m
  Vec multipliers = {};          ///< m
  Vec lagrangian_gradient = {};  ///< n
  double stationarity = 0;       ///< ‖∇L‖∞
  double feasibility = 0;        ///< largest violation
  double step = 0;               ///< ‖x − x before‖∞
};

/// Where a constrained minimisation ended, and how. Of the fields of Minimum, `value` is f(x),
/// `gradient_norm` the stationarity; `history` stays empty, `records` has more.
struct [[nodiscard]] ConstrainedMinimum : Minimum {
  /// Of the constraints in their order, then of the bounds that there are, by variable.
  std::vector<Multiplier> multipliers = {};
  double stationarity = std::numeric_limits<double>::quiet_NaN();  ///< ‖∇f + Σ multiplier ∇g‖∞
  double feasibility = std::numeric_limits<double>::quiet_NaN();      ///< largest violation
  double complementarity = std::numeric_limits<double>::quiet_NaN();  ///< largest |min(multiplier,
                                                                      ///< −g)|
  double kkt_residual = std::numeric_limits<double>::quiet_NaN();     ///< the largest of the three
  SecondOrder second_order = SecondOrder::undetermined;
  std::string second_order_reason = {};         ///< with the curvatures that decided
  std::vector<std::string> sensitivity = {};    ///< a sentence for each multiplier that is not 0
  std::int64_t hessians = 0;                    ///< of the Lagrangian
  std::vector<ConstrainedRecord> records = {};  ///< if asked for
};

/// What the multipliers say, in words:
///     raising the right side of 'x + y = 10' by 1 raises the minimum by about 10
/// `extremum` is "minimum", or what the point is instead.
std::vector<std::string> sensitivity_in_words(const std::vector<Multiplier>& multipliers,
                                              std::string_view extremum = "minimum");

}  // namespace mathtool::opt
