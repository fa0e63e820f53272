#pragma once

#include <string>
#include <vector>

#include "mathtool/math/types.hpp"
#include "mathtool/nn/loss.hpp"
#include "mathtool/nn/sequential.hpp"

namespace mathtool::nn {

enum class LossOver {
  last_step,  ///< of outputs at every step, the terms of the last alone
  all_steps
};

/// How much of the gradient there is at every step of a recurrent layer.
struct GradientNorms {
  std::string layer = {};  ///< "layer 2 (lstm 64 all)"
  Vec norms = {};          ///< of step 1, 2, ...
};

/// The norm of the gradient in the state hₜ of every recurrent layer, step by step:
///     ‖∂L/∂hₜ‖ over all observations and units
/// On its way from the last step to the first it shrinks by about the same factor at each, or
/// grows: it vanishes or explodes.
///
/// Shapes:  x is n × inputs, targets n × loss.targets(output).  Throws: DimensionError, DomainError
///          for a network without a recurrent layer.
/// Returns: the layers in their order; of a network with a single output at the end, both ways
///          give the same.
/// Ref:     Bengio, Simard & Frasconi, Learning long-term dependencies with gradient descent is
///          difficult (1994); Pascanu, Mikolov & Bengio, On the difficulty of training recurrent
///          neural networks (2013).
template <std::floating_point T>
std::vector<GradientNorms> gradient_norms_over_time(const Sequential<T>& network, const Loss& loss,
                                                    const BatchRef<T>& x,
                                                    const BatchRef<T>& targets,
                                                    LossOver over = LossOver::last_step);

}  // namespace mathtool::nn
