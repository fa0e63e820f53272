#include "cli/nn/network_plan.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string_view>

#include "cli/nn/network_words.hpp"
#include "cli/option_text.hpp"
#include "mathtool/math/error.hpp"
#include "mathtool/nn/architecture.hpp"

namespace mathtool::cli {
namespace {

std::string in_words(const NetworkTarget& target) {
  return target.name.empty() ? std::string("the labels") : fmt::format("'{}'", target.name);
}

std::vector<nn::Layer> layers_asked_for(const TrainingSettings& settings, const nn::Shape& input,
                                        const NetworkTarget& target) {
  if (settings.given("layers")) return parse_layers_option(settings.text("layers"), "--layers");
  const bool one_tells_two = target.classes.size() == 2 && settings.text("loss") == "bce";
  const std::size_t outputs = one_tells_two ? 1 : std::max<std::size_t>(1, target.classes.size());
  // Of a sequence a dense layer takes each step by itself.
  return nn::parse_layers(
      fmt::format("{}dense 64 relu, dense {}", input.size() == 2 ? "flatten, " : "", outputs));
}

/// The loss by its name; `outputs` decides what auto is for two classes.
nn::Loss loss_asked_for(const TrainingSettings& settings, const NetworkTarget& target,
                        Index outputs) {
  const std::string text = settings.text_or("loss", "auto");
  const bool two = target.classes.size() == 2;
  nn::Loss loss = nn::SquaredError{};
  if (text != "auto")
    loss = read_option("--loss", [&] { return nn::parse_loss(text); });
  else if (two && outputs == 1)
    loss = nn::BinaryCrossEntropy{};
  else if (!target.classes.empty())
    loss = nn::CrossEntropy{};
  const bool of_classes = std::holds_alternative<nn::CrossEntropy>(loss.kind()) ||
                          std::holds_alternative<nn::BinaryCrossEntropy>(loss.kind());
  require(of_classes || target.classes.empty(), "--loss {} is of numbers, but {} are classes", text,
          in_words(target));
  require(!of_classes || !target.classes.empty(), "--loss {} is of classes, but {} are numbers",
          text, in_words(target));
  require(!std::holds_alternative<nn::BinaryCrossEntropy>(loss.kind()) || two,
          "--loss bce tells two classes apart; {} has {}: take cross_entropy", in_words(target),
          target.classes.size());
  return loss;
}

void smooth_labels(const TrainingSettings& settings, nn::Loss& loss) {
  if (!settings.given("label-smoothing")) return;
  auto* entropy = std::get_if<nn::CrossEntropy>(&loss);
  require(entropy, "--label-smoothing is of the loss cross_entropy, not of {}",
          nn::to_string(loss));
  require(entropy->label_smoothing == 0,
          "--loss {} has a smoothing of its own; leave --label-smoothing out",
          settings.text("loss"));
  entropy->label_smoothing = settings.number("label-smoothing", 0);
  require(entropy->label_smoothing >= 0 && entropy->label_smoothing < 1,
          "--label-smoothing must be in [0, 1), got {}", settings.text("label-smoothing"));
}

/// Activations that keep logits from being any number.
constexpr std::array<std::string_view, 6> bounded = {"relu",    "elu",  "gelu",
                                                     "sigmoid", "tanh", "softmax"};

/// The losses of classes take logits: what makes probabilities of them is theirs.
void fold_last_layer(NetworkPlan& plan) {
  const std::string last(nn::name_of(plan.layers.back()));
  const bool entropy = std::holds_alternative<nn::CrossEntropy>(plan.loss.kind());
  const bool binary = std::holds_alternative<nn::BinaryCrossEntropy>(plan.loss.kind());
  if (!(last == "softmax" && entropy) && !(last == "sigmoid" && binary)) {
    if ((entropy || binary) && std::ranges::count(bounded, last) > 0)
      plan.notes.push_back(
          fmt::format("the last layer is {0}: the loss takes logits, which {0} limits", last));
    return;
  }
  plan.layers.pop_back();
  plan.notes.push_back(
      fmt::format("the final {} is part of the loss, {}", last, nn::to_string(plan.loss)));
  require(!plan.layers.empty(), "--layers: {} alone learns nothing", last);
}

void require_outputs(const NetworkPlan& plan, const NetworkTarget& target) {
  const nn::Shape output = nn::Architecture(plan.input, plan.layers).output();
  const Index outputs = math::element_count(output);
  const bool entropy = std::holds_alternative<nn::CrossEntropy>(plan.loss.kind());
  const Index wanted = entropy ? std::ssize(target.classes) : 1;
  if (outputs == wanted && output.size() == 1) return;
  const std::string what =
      entropy ? fmt::format("{} has {} classes", in_words(target), wanted)
              : fmt::format("the loss {} is of one number", nn::to_string(plan.loss));
  throw DomainError(
      fmt::format("the last layer gives outputs {}, but {}: end the layers with "
                  "'dense {}'",
                  shape_text(output), what, wanted));
}

}  // namespace

std::vector<nn::Layer> parse_layers_option(const std::string& text, const std::string& option) {
  std::vector<nn::Layer> layers = read_option(option, [&] { return nn::parse_layers(text); });
  require(!layers.empty(), "{} names no layer", option);
  return layers;
}

NetworkPlan plan_network(const TrainingSettings& settings, const nn::Shape& input,
                         const NetworkTarget& target) {
  NetworkPlan plan{.input = input, .layers = layers_asked_for(settings, input, target)};
  const nn::Shape output = nn::Architecture(input, plan.layers).output();
  plan.loss = loss_asked_for(settings, target, math::element_count(output));
  smooth_labels(settings, plan.loss);
  fold_last_layer(plan);
  require_outputs(plan, target);
  return plan;
}

}  // namespace mathtool::cli
