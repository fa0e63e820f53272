#pragma once

#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "mathtool/nn/layers/avg_pool.hpp"
#include "mathtool/nn/layers/batch_norm.hpp"
#include "mathtool/nn/layers/conv.hpp"
#include "mathtool/nn/layers/deconv.hpp"
#include "mathtool/nn/layers/dense.hpp"
#include "mathtool/nn/layers/dropout.hpp"
#include "mathtool/nn/layers/elu.hpp"
#include "mathtool/nn/layers/embedding.hpp"
#include "mathtool/nn/layers/flatten.hpp"
#include "mathtool/nn/layers/gelu.hpp"
#include "mathtool/nn/layers/gru.hpp"
#include "mathtool/nn/layers/leaky_relu.hpp"
#include "mathtool/nn/layers/lstm.hpp"
#include "mathtool/nn/layers/max_pool.hpp"
#include "mathtool/nn/layers/relu.hpp"
#include "mathtool/nn/layers/residual.hpp"
#include "mathtool/nn/layers/rnn.hpp"
#include "mathtool/nn/layers/sigmoid.hpp"
#include "mathtool/nn/layers/softmax.hpp"
#include "mathtool/nn/layers/tanh.hpp"

namespace mathtool::nn {

/// One of the layers that there are.
struct Layer : std::variant<Dense, Conv, Deconv, MaxPool, AvgPool, Embedding, Rnn, Lstm, Gru, Relu,
                            LeakyRelu, Elu, Gelu, Sigmoid, Tanh, Softmax, Flatten, Dropout,
                            BatchNorm, Residual> {
  using variant::variant;
  const variant& kind() const { return *this; }
};

struct LayerInfo {
  std::string_view name = {}, usage = {}, summary = {};
};

/// All layers, as help lists them: usage is "dense UNITS [ACTIVATION] [init NAME[:SCALE]]".
std::span<const LayerInfo> layer_kinds();

/// Reads layers in words, separated by commas: `dense 128 relu, dropout 0.5, residual(dense 128
/// relu), dense 10`. An activation behind a layer is a layer of its own.
/// Throws: DataError that quotes the part that is wrong and shows the usage or the nearest name.
std::vector<Layer> parse_layers(std::string_view text);

/// What parse_layers reads as the same.
std::string to_string(const Layer& layer);
std::string to_string(const std::vector<Layer>& layers);

/// Whether it has a state that goes from step to step.
bool is_recurrent(const Layer& layer);

/// Whether it sees all observations of a batch at once.
bool couples(const Layer& layer);

/// "dense", "relu", ...
std::string_view name_of(const Layer& layer);

}  // namespace mathtool::nn
