#pragma once

#include "mathtool/math/types.hpp"
#include "mathtool/opt/box.hpp"
#include "mathtool/opt/iterate.hpp"

namespace mathtool::opt {

/// The coordinates that may move, all but those that rest on a bound against which the gradient
/// pushes them: f falls only outside of the box there.
///     held: xᵢ = lowᵢ and gᵢ ≥ 0, or xᵢ = highᵢ and gᵢ ≤ 0
/// Ref: Bertsekas, Projected Newton methods for optimization problems with simple constraints
///      (1982).
class FreeVariables {
 public:
  /// Looks again which they are. Returns: whether they are others than before.
  bool update(const Box& box, const Iterate& now);

  /// Whether no coordinate is held.
  bool all() const { return mask_.size() == 0; }
  bool has(Index i) const { return all() || mask_[i] != 0; }

  /// Sets the entries of v that are held to 0.
  void restrict(Vec& v) const {
    if (!all()) v.array() *= mask_.array();
  }

 private:
  Vec mask_ = {};  ///< 1 where free, 0 where held; empty where all are free
};

/// Sets to 0 the entries of a direction that lead straight out of the box.
void keep_inside(const Box& box, const Vec& x, Vec& direction);

}  // namespace mathtool::opt
