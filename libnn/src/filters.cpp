#include "mathtool/nn/filters.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <vector>

#include "mathtool/math/error.hpp"

namespace mathtool::nn {
namespace {

/// "1 (conv 20 5x5), 3 (conv 50 5x5)", counted from 1 as people do.
std::string convolutions_of(const Architecture& architecture) {
  std::vector<std::string> named;
  for (std::size_t i = 0; i < architecture.layers().size(); ++i)
    if (const Layer& layer = architecture.layers()[i]; std::holds_alternative<Conv>(layer.kind()))
      named.push_back(fmt::format("{} ({})", i + 1, to_string(layer)));
  if (named.empty()) return "the network has none";
  return fmt::format("there {} {}", named.size() == 1 ? "is" : "are", fmt::join(named, ", "));
}

}  // namespace

Filters filters_of(const Sequential<float>& network, Index layer) {
  const Architecture& architecture = network.architecture();
  const Index layers = std::ssize(architecture.layers());
  const bool there = layer >= 0 && layer < layers;
  require(there && std::holds_alternative<Conv>(
                       architecture.layers()[static_cast<std::size_t>(layer)].kind()),
          "layer {} is no convolution; {}",
          there ? fmt::format("{} ({})", layer + 1,
                              to_string(architecture.layers()[static_cast<std::size_t>(layer)]))
                : fmt::format("{} of {}", layer + 1, layers),
          convolutions_of(architecture));
  const auto named = [&](const std::string& name) -> const PlacedArray& {
    return *std::find_if(
        architecture.parameter_arrays().begin(), architecture.parameter_arrays().end(),
        [&](const PlacedArray& array) { return array.name == fmt::format("{}.{}", layer, name); });
  };
  const PlacedArray &weight = named("weight"), &bias = named("bias");
  const Shape& shape = weight.shape;
  return {.filters = shape[0],
          .channels = shape[1],
          .height = shape[2],
          .width = shape[3],
          .weights = Eigen::Map<const Batch<float>>(network.parameters().data() + weight.begin,
                                                    shape[0], weight.size / shape[0]),
          .bias = network.parameters().segment(bias.begin, bias.size)};
}

}  // namespace mathtool::nn
