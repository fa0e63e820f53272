#include "cli/nn/epoch_schedule.hpp"

#include <variant>

namespace mathtool::cli {

opt::Schedule epoch_schedule(const std::string& text, std::int64_t epochs,
                             std::int64_t steps_per_epoch) {
  opt::Schedule schedule = opt::parse_schedule(text, epochs);
  schedule.warmup *= steps_per_epoch;
  schedule.total_steps = epochs * steps_per_epoch;
  if (auto* step = std::get_if<opt::StepDecay>(&schedule.shape)) {
    step->every *= steps_per_epoch;
  } else if (const auto* decay = std::get_if<opt::ExponentialDecay>(&schedule.shape)) {
    schedule.shape = opt::StepDecay{.every = steps_per_epoch, .factor = decay->factor};
  } else if (auto* cosine = std::get_if<opt::CosineDecay>(&schedule.shape)) {
    cosine->restart *= steps_per_epoch;
  }
  schedule.validate();
  return schedule;
}

}  // namespace mathtool::cli
