#pragma once

#include <string>

#include "mathtool/nn/sequential.hpp"
#include "onnx_graph.hpp"

namespace mathtool::nn {

/// Adds the operations of one node of a network behind the value `x`, with its numbers.
/// Returns: the name of what comes out; `x` itself where nothing is to be done.
std::string add_onnx_layer(OnnxGraph& graph, const Sequential<float>& network, const Node& node,
                           const std::string& x);

}  // namespace mathtool::nn
