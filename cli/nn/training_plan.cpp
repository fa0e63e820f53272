#include "cli/nn/training_plan.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <charconv>
#include <cmath>

#include "cli/constant_expression.hpp"
#include "cli/nn/class_weights.hpp"
#include "cli/nn/epoch_schedule.hpp"
#include "cli/nn/layer_list.hpp"
#include "cli/option_text.hpp"
#include "mathtool/math/error.hpp"

namespace mathtool::cli {
namespace {

constexpr Index least_for_validation = 100;  ///< fewer tell the epochs of a network hardly apart

double not_negative(const TrainingSettings& settings, std::string_view name) {
  const double value = settings.number(name, 0);
  require(value >= 0 && std::isfinite(value), "--{} must be >= 0, got {}", name,
          settings.text(name));
  return value;
}

opt::Clipping clipping_of(const std::string& text) {
  opt::Clipping clipping;
  if (text.empty()) return clipping;
  const std::size_t colon = text.find(':');
  const std::string kind = colon == text.npos ? "" : text.substr(0, colon);
  require(kind.empty() || kind == "norm" || kind == "value",
          "--clip takes C, norm:C or value:C, got '{}'", text);
  const double limit =
      constant_expression(colon == text.npos ? text : text.substr(colon + 1), "--clip");
  require(limit > 0, "--clip must be > 0, got '{}'", text);
  (kind == "norm"    ? clipping.norm
   : kind == "value" ? clipping.value
                     : clipping.global_norm) = limit;
  return clipping;
}

/// Weight decay is a setting of adamw, and a penalty for all others.
void plan_rule(const TrainingSettings& settings, nn::TrainingOptions& options) {
  const std::string name = settings.text_or("optimizer", "adam");
  std::map<std::string, double> rule_settings = settings.rule_settings();
  options.penalty.l1 = not_negative(settings, "l1");
  const double decay = not_negative(settings, "weight-decay");
  if (name == "adamw" && settings.given("weight-decay"))
    rule_settings["weight_decay"] = decay;
  else
    options.penalty.l2 = decay;
  options.rule = opt::make_rule(name, rule_settings);
}

void weigh_classes(const std::string& text, const NetworkTarget& target,
                   std::span<const Index> labels, nn::Loss& loss) {
  if (text.empty()) return;
  require(!target.classes.empty(), "--class-weights is about classes, but numbers are predicted");
  const auto require_none = [&](bool none) {
    require(none, "--loss {} has weights of its own; leave --class-weights out",
            nn::to_string(loss));
  };
  std::vector<double> weights = class_weights(text, target.classes, labels);
  if (auto* entropy = std::get_if<nn::CrossEntropy>(&loss)) {
    require_none(entropy->class_weights.empty());
    entropy->class_weights = std::move(weights);
  } else if (auto* binary = std::get_if<nn::BinaryCrossEntropy>(&loss)) {
    require(weights[0] > 0 && weights[1] > 0,
            "--class-weights: of two classes neither may count nothing");
    require_none(binary->positive_weight == 1);
    binary->positive_weight = weights[1] / weights[0];
  }
}

}  // namespace

double validation_share(const TrainingSettings& settings, Index observations) {
  const double share = settings.number("validation", observations < least_for_validation ? 0 : 0.1);
  require(share >= 0 && share < 1, "--validation must be in [0, 1), got {}",
          settings.text("validation"));
  require(share == 0 || observations >= 2,
          "--validation sets a part aside, but there is one observation alone");
  return share;
}

std::uint64_t training_seed(const TrainingSettings& settings) {
  const std::string text = settings.text_or("seed", "0");
  std::uint64_t seed = 0;
  std::from_chars(text.data(), text.data() + text.size(), seed);
  return seed;
}

nn::TrainingOptions plan_training(const TrainingSettings& settings, const NetworkPlan& network,
                                  const NetworkTarget& target, const TrainingPart& part) {
  nn::TrainingOptions options{.loss = network.loss};
  weigh_classes(settings.text("class-weights"), target, part.labels, options.loss);
  plan_rule(settings, options);
  options.clipping = clipping_of(settings.text("clip"));
  options.batch = settings.count("batch", 1, part.images ? 64 : 32);
  const auto steps_of = [&](Index size) -> std::int64_t {
    return std::max<Index>(1, (size + options.batch - 1) / options.batch);
  };
  const std::int64_t steps = steps_of(part.size), of_all = steps_of(part.all);
  constexpr std::int64_t steps_wanted = 4000, fewest = 10, most = 1000;
  options.epochs =
      settings.count("epochs", 0, std::clamp((steps_wanted + of_all - 1) / of_all, fewest, most));
  if (settings.given("schedule"))
    options.schedule = read_option("--schedule", [&] {
      return epoch_schedule(settings.text("schedule"), options.epochs, steps);
    });
  options.early_stop = settings.count("early-stop", 0, 0);
  options.seed = training_seed(settings);
  if (settings.given("freeze"))
    options.frozen = layer_places(settings.text("freeze"), std::ssize(network.layers), "--freeze");
  if (settings.given("augment")) {
    require(part.images, "--augment is of images, but these observations are rows of a table");
    options.augmentation =
        read_option("--augment", [&] { return nn::parse_augmentation(settings.text("augment")); });
  }
  return options;
}

}  // namespace mathtool::cli
