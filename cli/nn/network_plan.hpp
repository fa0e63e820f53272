#pragma once

#include <string>
#include <vector>

#include "cli/nn/training_settings.hpp"
#include "mathtool/nn/layers/all.hpp"
#include "mathtool/nn/loss.hpp"

namespace mathtool::cli {

/// What a network is to predict.
struct NetworkTarget {
  std::string name = {};                  ///< of the column; empty: labels of images
  std::vector<std::string> classes = {};  ///< none: numbers
};

/// Layers and loss that fit inputs and a target.
struct NetworkPlan {
  math::Shape input = {};
  std::vector<nn::Layer> layers = {};  ///< the last one gives logits
  nn::Loss loss = nn::SquaredError{};
  std::vector<std::string> notes = {};
};

/// The layers that --layers asks for, else `dense 64 relu, dense K`. A final softmax or sigmoid
/// that the loss has in itself is folded into it, with a note. Throws: DomainError for what cannot
/// be read, for a loss that is not one of such a target, and where the number of outputs is not
/// that of the classes; DimensionError for layers that do not fit each other.
NetworkPlan plan_network(const TrainingSettings& settings, const nn::Shape& input,
                         const NetworkTarget& target);

/// Reads layers as an option gives them. Throws: DomainError.
std::vector<nn::Layer> parse_layers_option(const std::string& text, const std::string& option);

}  // namespace mathtool::cli
