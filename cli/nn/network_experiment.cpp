#include "cli/nn/network_experiment.hpp"

#include <algorithm>
#include <numeric>
#include <utility>

#include "cli/nn/training_plan.hpp"
#include "mathtool/math/error.hpp"
#include "mathtool/nn/fine_tuning.hpp"

namespace mathtool::cli {
namespace {

std::vector<Index> labels_of(const std::vector<Index>& all, std::span<const Index> rows) {
  std::vector<Index> labels;
  if (all.empty()) return labels;
  for (const Index row : rows) labels.push_back(all[static_cast<std::size_t>(row)]);
  return labels;
}

/// The training part without what is set aside: of each the places among all observations.
stats::Split set_aside(const std::vector<Index>& rows, const std::vector<Index>& labels,
                       double share, std::uint64_t seed) {
  if (share == 0) return {.train = rows};
  const stats::SplitOptions options{.test_share = share, .seed = seed};
  stats::Split split = labels.empty() ? stats::train_test_split(std::ssize(rows), options)
                                      : stats::stratified_split(labels, options);
  for (std::vector<Index>* side : {&split.train, &split.test})
    for (Index& place : *side) place = rows[static_cast<std::size_t>(place)];
  return split;
}

/// The network that goes on gives the first layers; another task has a head of its own.
Index begin_with_origin(const NetworkData& data, nn::Sequential<float>& network) {
  if (!data.origin()) return 0;
  const nn::Sequential<float>& from = data.origin()->model.network;
  const std::vector<nn::Layer>& layers = from.architecture().layers();
  const Index taken =
      nn::take_over(from, network, data.same_task() ? std::ssize(layers) : nn::head_of(layers));
  require(taken > 0, "the layers '{}' have none of the first ones of {}: '{}'",
          nn::to_string(network.architecture().layers()), data.origin()->path,
          nn::to_string(layers));
  return taken;
}

/// Whether a layer with parameters is not frozen.
bool learns(const nn::Experiment& experiment) {
  const std::vector<Index>& frozen = experiment.training.frozen;
  return frozen.empty() ||
         std::ranges::any_of(experiment.network.architecture().nodes(), [&](const nn::Node& node) {
           return !node.plan.parameters.empty() && std::ranges::count(frozen, node.outermost) == 0;
         });
}

}  // namespace

stats::Split ExperimentPlanner::everything() const {
  stats::Split split;
  split.train.resize(static_cast<std::size_t>(data_.size()));
  std::iota(split.train.begin(), split.train.end(), Index{0});
  return split;
}

PlannedExperiment ExperimentPlanner::plan(const stats::Split& split) const {
  const std::uint64_t seed = training_seed(settings_);
  const double share = validation_share(settings_, std::ssize(split.train));
  const stats::Split learning =
      set_aside(split.train, labels_of(data_.labels(), split.train), share, seed);
  DividedData parts = data_.divide(learning.train, learning.test, split.test);
  NetworkPlan plan = plan_network(settings_, parts.train.shape, data_.target());
  const std::vector<Index> labels = labels_of(data_.labels(), learning.train);
  nn::TrainingOptions training = plan_training(settings_, plan, data_.target(),
                                               {.size = parts.train.size(),
                                                .all = data_.size(),
                                                .labels = labels,
                                                .images = data_.images()});
  require(training.early_stop == 0 || parts.validation.has_value(),
          "--early-stop needs a part that is set aside: give its share with --validation");
  nn::Experiment experiment{.network = nn::Sequential<float>(plan.input, plan.layers, seed),
                            .train = std::move(parts.train),
                            .test = std::move(parts.test),
                            .validation = std::move(parts.validation),
                            .training = std::move(training),
                            .target_center = parts.encoding.target_center,
                            .target_scale = parts.encoding.target_scale};
  data_.require_readable_by(experiment.network.architecture());
  require(learns(experiment), "--freeze {}: nothing is left to learn", settings_.text("freeze"));
  const Index taken = begin_with_origin(data_, experiment.network);
  return {.experiment = std::move(experiment),
          .plan = std::move(plan),
          .encoding = std::move(parts.encoding),
          .taken_over = taken};
}

}  // namespace mathtool::cli
