#pragma once

#include "mathtool/nn/topology.hpp"
#include "model_json.hpp"

namespace mathtool::nn {

/// `input` and `layers`, the fields that a topology has by itself and within a model.
OrderedJson topology_fields(const Topology& topology);

/// Throws: DataError.
Topology read_topology(const JsonFields& fields);

}  // namespace mathtool::nn
