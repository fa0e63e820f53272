#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "mathtool/nn/layers/all.hpp"

namespace mathtool::nn {

/// What a network is before it has numbers.
struct Topology {
  Shape input = {};  ///< of one observation; none: whatever the data have
  std::vector<Layer> layers = {};
};

/// Reads `{"input": [784], "layers": ["dense 512 relu", "dense 10"]}`; `input` may be absent, other
/// fields are not looked at. Each text is one layer or several as `parse_layers` takes them.
/// Throws: DataError that begins with `source`.
Topology topology_from_json(std::string_view text, std::string_view source);

/// What topology_from_json reads as the same.
std::string to_json(const Topology& topology);

}  // namespace mathtool::nn
