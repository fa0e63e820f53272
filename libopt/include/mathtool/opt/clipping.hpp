#pragma once

#include <limits>
#include <vector>

#include "mathtool/math/types.hpp"
#include "mathtool/opt/update_rule.hpp"

namespace mathtool::opt {

/// Limits of a gradient, against steps that one observation makes too long. In this order:
///     global norm: g ← g · min(1, c / (‖g‖₂ + 1e-6))
///     norm:        the same for each block of the parameters by itself
///     value:       gᵢ ← min(max(gᵢ, −c), c)
/// as `clip_grad_norm_` and `clip_grad_value_` of PyTorch.
/// Ref: Pascanu, Mikolov & Bengio, On the difficulty of training recurrent neural networks (2013).
struct Clipping {
  double value = std::numeric_limits<double>::infinity();        ///< > 0
  double norm = std::numeric_limits<double>::infinity();         ///< > 0
  double global_norm = std::numeric_limits<double>::infinity();  ///< > 0
  std::vector<Index> blocks = {};  ///< where each begins, ascending; none: all are one block

  bool active() const;
  void validate() const;

  template <std::floating_point T>
  void apply(Parameters<T>& gradient) const;
};

}  // namespace mathtool::opt
