#pragma once

#include <string>
#include <vector>

#include "mathtool/nn/training.hpp"
#include "safetensors.hpp"

namespace mathtool::nn {

/// A checkpoint within a model file: its figures in JSON, its vectors as tensors of one axis, whose
/// names begin with "checkpoint.".
std::string checkpoint_json(const Checkpoint& checkpoint);
std::vector<FloatTensor> checkpoint_tensors(const Checkpoint& checkpoint);

/// The checkpoint of a network with so many parameters and buffers. Throws: DataError.
Checkpoint read_checkpoint(const std::string& json, const StoredTensors& file, Index parameters,
                           Index buffers);

}  // namespace mathtool::nn
