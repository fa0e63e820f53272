#pragma once

#include <string>

#include "mathtool/nn/model_file.hpp"
#include "model_json.hpp"

namespace mathtool::nn {

/// What a model is besides its numbers, as JSON: topology, loss, classes, preprocessing, words.
std::string model_json(const Model& model);

/// The topology of such a record. Throws: DataError also where sizes overflow or shapes do not
/// follow one another.
Architecture read_architecture(const JsonFields& fields);

/// The model of a record and a network of its topology; no checkpoint.
/// Throws: DataError also where classes and columns do not fit the network.
Model read_record(const JsonFields& fields, Sequential<float> network);

}  // namespace mathtool::nn
