#include "mathtool/nn/layers/all.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "mathtool/math/error.hpp"

namespace mathtool::nn {

std::span<const LayerInfo> layer_kinds() {
  static constexpr std::array kinds = {
      LayerInfo{
          Dense::name, "dense UNITS [ACTIVATION] [init NAME[:SCALE]]",
          "y = x W + b; weights begin as NAME says: he_normal, xavier_uniform, normal:0.1, ..."},
      LayerInfo{Conv::name,
                "conv FILTERS KxK [stride S] [pad P|same] [groups G] [ACTIVATION] [init ...]",
                "a convolution of images or of the frames of a video"},
      LayerInfo{Deconv::name,
                "deconv FILTERS KxK [stride S] [pad P|same] [groups G] [ACTIVATION] [init ...]",
                "a transposed convolution, which makes images larger"},
      LayerInfo{MaxPool::name, "maxpool K [stride S]", "the largest number in each K x K window"},
      LayerInfo{AvgPool::name, "avgpool K [stride S]", "the mean of each K x K window"},
      LayerInfo{Embedding::name, "embedding DIMENSION [vocabulary V]",
                "a vector for each symbol of a sequence"},
      LayerInfo{Rnn::name, "rnn UNITS [all] [truncate K]",
                "a simple recurrent layer; its last state, or all of them"},
      LayerInfo{Lstm::name, "lstm UNITS [all] [truncate K]", "long short-term memory"},
      LayerInfo{Gru::name, "gru UNITS [all] [truncate K]", "a gated recurrent unit"},
      LayerInfo{Relu::name, "relu", "max(x, 0)"},
      LayerInfo{LeakyRelu::name, "leaky_relu [SLOPE]", "x, below 0 SLOPE x (0.01)"},
      LayerInfo{Elu::name, "elu [ALPHA]", "x, below 0 ALPHA (exp(x) - 1) (1)"},
      LayerInfo{Gelu::name, "gelu", "x times the normal distribution function at x"},
      LayerInfo{Sigmoid::name, "sigmoid", "1 / (1 + exp(-x))"},
      LayerInfo{Tanh::name, "tanh", "the hyperbolic tangent"},
      LayerInfo{Softmax::name, "softmax", "probabilities along the last axis"},
      LayerInfo{Flatten::name, "flatten", "all numbers of an observation in one row"},
      LayerInfo{Dropout::name, "dropout RATE", "in training 0 with probability RATE"},
      LayerInfo{BatchNorm::name, "batchnorm [momentum M] [epsilon E]",
                "each feature or channel to a mean and spread of its own, over the batch"},
      LayerInfo{Residual::name, "residual(LAYERS)", "x + LAYERS(x)"},
  };
  static_assert(kinds.size() ==
                std::variant_size_v<std::remove_cvref_t<decltype(std::declval<Layer>().kind())>>);
  return kinds;
}

bool is_recurrent(const Layer& layer) {
  return std::holds_alternative<Rnn>(layer) || std::holds_alternative<Lstm>(layer) ||
         std::holds_alternative<Gru>(layer);
}

bool couples(const Layer& layer) {
  return std::visit(
      []<class L>(const L&) {
        if constexpr (std::same_as<L, Residual>)
          return false;
        else
          return L::couples;
      },
      layer.kind());
}

std::string Residual::text() const { return fmt::format("{}({})", name, to_string(layers)); }

std::string to_string(const Layer& layer) {
  return std::visit([](const auto& kind) { return kind.text(); }, layer.kind());
}

std::string to_string(const std::vector<Layer>& layers) {
  std::vector<std::string> texts;
  for (const Layer& layer : layers) texts.push_back(to_string(layer));
  return fmt::format("{}", fmt::join(texts, ", "));
}

std::string_view name_of(const Layer& layer) {
  return std::visit([]<class L>(const L&) { return L::name; }, layer.kind());
}

}  // namespace mathtool::nn
