#pragma once

#include "mathtool/nn/sequential.hpp"

namespace mathtool::nn {

/// The network that ends behind layer `last` of the outermost level, counted from 0, with the
/// numbers that it has learnt: its outputs are what that layer makes of an observation, of a
/// convolution the feature maps (filters, height, width).
/// Throws: DomainError for a layer that there is not.
Sequential<float> network_up_to(const Sequential<float>& network, Index last);

}  // namespace mathtool::nn
