#pragma once

#include "mathtool/math/types.hpp"

namespace mathtool::opt {

/// Of n scores z and their y: `loss` = log(1 + exp z) − y z and `residual` = p − y with
/// p = 1 / (1 + exp −z).
void logistic_losses(Index n, const double* z, const double* y, double* loss, double* residual);

/// `weight` = p (1 − p), the second derivative of the loss.
void logistic_weights(Index n, const double* z, double* weight);

}  // namespace mathtool::opt
