#pragma once

#include <vector>

#include "mathtool/math/types.hpp"
#include "mathtool/opt/box.hpp"
#include "mathtool/opt/iterate.hpp"
#include "mathtool/opt/methods/lbfgsb.hpp"

namespace mathtool::opt {

/// The quadratic model of L-BFGS-B about an iterate, with B = θ I − W M Wᵀ, in a box.
///     q(z) = ∇fᵀ (z − x) + (z − x)ᵀ B (z − x) / 2
class BoxModel {
 public:
  /// All must outlive the model.
  BoxModel(const Lbfgsb::State& pairs, const Box& box, const Iterate& now);

  /// A point of the box where q is as low as at the first minimum along the projected gradient, and
  /// at its minimum over the variables that are free there if no more bounds were in the way.
  Vec minimum();

 private:
  void walk_to_cauchy_point();
  void minimise_over_free();
  Vec row(Index i) const;  ///< wᵢ of W
  Mat free_gram(const std::vector<Index>& free) const;

  const Lbfgsb::State& pairs_;
  const Box& box_;
  const Iterate& now_;
  Index k_;      ///< pairs
  Mat middle_;   ///< M⁻¹
  Vec point_;    ///< the Cauchy point, then the minimum
  Vec weights_;  ///< Wᵀ (Cauchy point − x)
};

}  // namespace mathtool::opt
