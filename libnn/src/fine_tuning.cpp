#include "mathtool/nn/fine_tuning.hpp"

#include <algorithm>

#include "mathtool/math/error.hpp"

namespace mathtool::nn {

Index head_of(const std::vector<Layer>& layers) {
  for (Index place = std::ssize(layers); place-- > 0;)
    if (std::holds_alternative<Dense>(layers[static_cast<std::size_t>(place)].kind())) return place;
  throw DomainError(
      "fine-tuning: the network has no dense layer, whose outputs another task could have");
}

std::vector<Layer> with_outputs(std::vector<Layer> layers, Index outputs) {
  require(outputs >= 1, "fine-tuning: outputs must be >= 1, got {}", outputs);
  Layer& head = layers[static_cast<std::size_t>(head_of(layers))];
  std::get<Dense>(head).units = outputs;
  return layers;
}

Index take_over(const Sequential<float>& from, Sequential<float>& to, Index end) {
  const Architecture &old = from.architecture(), &made = to.architecture();
  require<DimensionError>(old.input() == made.input(),
                          "fine-tuning: a network for inputs of {} cannot go on with inputs of {}",
                          math::to_string(old.input()), math::to_string(made.input()));
  const auto most = static_cast<std::ptrdiff_t>(
      std::clamp<Index>(end, 0, std::min(std::ssize(old.layers()), std::ssize(made.layers()))));
  const auto first = old.layers().begin();
  const Index same = std::mismatch(first, first + most, made.layers().begin()).first - first;
  // Equal layers behind equal inputs have equal plans, hence equal places.
  for (const Node& node : made.nodes()) {
    if (node.outermost >= same) break;
    to.parameters().segment(node.parameters, node.parameter_count) =
        from.parameters().segment(node.parameters, node.parameter_count);
    to.buffers().segment(node.buffers, node.buffer_count) =
        from.buffers().segment(node.buffers, node.buffer_count);
  }
  return same;
}

Sequential<float> with_new_head(const Sequential<float>& network, Index outputs,
                                std::uint64_t seed) {
  const Architecture& old = network.architecture();
  Sequential<float> made(old.input(), with_outputs(old.layers(), outputs), seed);
  take_over(network, made, head_of(old.layers()));
  return made;
}

}  // namespace mathtool::nn
