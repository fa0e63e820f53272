#pragma once

#include <cmath>
#include <limits>
#include <string>

#include "mathtool/data/output_file.hpp"
#include "mathtool/nn/model_file.hpp"
#include "support/scratch_folder.hpp"

namespace mathtool::test {

/// The bytes of its file.
inline std::string save(const nn::Model& model) {
  const ScratchFolder folder;
  data::OutputFile file(folder / "m");
  nn::write_model(model, file);
  file.commit();
  return folder.content("m");
}

inline nn::Model load(const std::string& bytes) {
  return nn::read_model(data::Input::from_text(bytes, "m.model"));
}

/// Numbers whose shortest decimals are long, or which a decimal could lose.
inline constexpr double awkward[] = {0.1 + 0.2, 1.0 / 3, 5e-324, 1.7976931348623157e308, -0.0};

inline nn::Model flower_model() {
  return {.network = nn::Sequential<float>({5}, nn::parse_layers("dense 4 relu, dense 3"), 7),
          .loss = nn::CrossEntropy{.label_smoothing = 0.1, .class_weights = {1, 1.0 / 3, 2}},
          .classes = {"setosa", "versicolor", "Blüte, \"rot\""},
          .target = "species",
          .columns = {{.name = "length", .center = awkward[0], .scale = awkward[1]},
                      {.name = "width", .center = awkward[4], .scale = awkward[2]},
                      {.name = "constant", .center = awkward[3], .scale = 0},
                      {.name = "soil", .levels = {"clay", "sand"}}},
          .feature_scale = 1.0 / 255,
          .training = {{"optimizer", "adam"}, {"epochs", "5"}}};
}

/// Every kind of thing that a model may have, with a checkpoint.
inline nn::Model model_with_checkpoint() {
  nn::Sequential<float> network(
      {3},
      nn::parse_layers("dense 4, batchnorm, elu 0.3, residual(dense 4 tanh, dense 4), "
                       "dropout 0.25, dense 1 init normal:0.1"),
      3);
  nn::Checkpoint checkpoint;
  checkpoint.epochs = 2;
  checkpoint.steps = 20;
  checkpoint.history = {{.epoch = 1, .loss = awkward[0], .learning_rate = 1e-3},
                        {.epoch = 2,
                         .loss = awkward[1],
                         .accuracy = 0.5,
                         .validation_loss = 2,
                         .validation_accuracy = 0.25,
                         .gradient_norm = std::numeric_limits<double>::infinity()}};
  checkpoint.parameters = network.parameters() * 0.5F;
  checkpoint.buffers = network.buffers() * 0.5F;
  checkpoint.best_parameters = network.parameters();
  checkpoint.best_buffers = network.buffers();
  checkpoint.best_epoch = 1;
  checkpoint.rule = {.steps = 20,
                     .memory = {network.parameters() * 2.0F, network.parameters() * 3.0F},
                     .numbers = {awkward[1], std::nan("")}};
  checkpoint.schedule.steps = 20;  // and a best of ∞, a rate of NaN, as at the start
  return {.network = std::move(network),
          .target = "price",
          .target_center = awkward[1],
          .target_scale = awkward[0],
          .checkpoint = std::move(checkpoint)};
}

}  // namespace mathtool::test
