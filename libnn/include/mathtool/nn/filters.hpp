#pragma once

#include "mathtool/nn/sequential.hpp"

namespace mathtool::nn {

/// The kernels of a convolution: what each filter looks for in each channel that it sees.
struct Filters {
  Index filters = 0, channels = 0, height = 0, width = 0;
  Batch<float> weights = {};  ///< filters × (channels · height · width)
  Parameters<float> bias = {};

  /// The kernel of a filter for a channel, height × width.
  ConstRows<float> kernel(Index filter, Index channel) const {
    return {weights.data() + (filter * channels + channel) * height * width, height, width};
  }
};

/// Those of a layer of the outermost level, counted from 0.
/// Throws: DomainError for a layer that there is not or that is no convolution, naming those that
///         are.
Filters filters_of(const Sequential<float>& network, Index layer);

}  // namespace mathtool::nn
