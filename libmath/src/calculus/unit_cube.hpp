#pragma once

#include <span>
#include <vector>

#include "mathtool/math/calculus/cubature.hpp"

namespace mathtool::math {

/// A function on a box, finite or not, as one on the unit cube with the same integral but for its
/// sign.
///
///     finite side: x = low + width · u     [a, ∞): x = a + u/(1 − u)
///     (−∞, ∞): x = t/(1 − t²), t = 2u − 1
class UnitCubeIntegrand {
 public:
  /// Throws: DimensionError where the limits differ in number or there are none, or more than
  ///         `most`; DomainError for NaN and, unless `infinite`, for ±∞.
  UnitCubeIntegrand(const char* caller, PointFunction f, std::span<const double> low,
                    std::span<const double> high, std::size_t most, bool infinite);

  std::size_t dimensions() const { return sides_.size(); }

  /// −1 where an odd number of sides is reversed.
  double sign() const { return sign_; }

  /// f · |dx/du|. `x` is room for a point.
  double operator()(std::span<const double> u, std::span<double> x) const;

 private:
  enum class Kind { finite, to_infinity, from_infinity, both };
  struct Side {
    Kind kind;
    double origin, width;
  };

  PointFunction f_;
  std::vector<Side> sides_;
  double sign_ = 1.0;
};

}  // namespace mathtool::math
