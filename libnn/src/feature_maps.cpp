#include "mathtool/nn/feature_maps.hpp"

#include "mathtool/math/error.hpp"

namespace mathtool::nn {

Sequential<float> network_up_to(const Sequential<float>& network, Index last) {
  const Architecture& whole = network.architecture();
  const Index layers = std::ssize(whole.layers());
  require(last >= 0 && last < layers, "there is no layer {}; the {} layers are numbered from 0",
          last, layers);
  Architecture begin(whole.input(), {whole.layers().begin(), whole.layers().begin() + last + 1});
  // Layers have their numbers one behind the other, so those of the first ones come first.
  Parameters<float> parameters = network.parameters().head(begin.parameter_count());
  Parameters<float> buffers = network.buffers().head(begin.buffer_count());
  return {std::move(begin), std::move(parameters), std::move(buffers)};
}

}  // namespace mathtool::nn
