#include "cli/nn/epoch_schedule.hpp"

#include <variant>

#include "mathtool/math/error.hpp"

namespace mathtool::cli {

opt::Schedule epoch_schedule(const std::string& text, std::int64_t epochs,
                             std::int64_t steps_per_epoch) {
  opt::Schedule schedule = opt::parse_schedule(text, epochs);
  const auto in_steps = [&](std::int64_t schedule_epochs) {
    constexpr std::int64_t most = 1'000'000'000;
    require(schedule_epochs <= most, "schedule '{}': {} are more epochs than {}", text,
            schedule_epochs, most);
    return schedule_epochs * steps_per_epoch;
  };
  schedule.warmup = in_steps(schedule.warmup);
  schedule.total_steps = epochs * steps_per_epoch;
  if (auto* step = std::get_if<opt::StepDecay>(&schedule.shape)) {
    step->every = in_steps(step->every);
  } else if (const auto* decay = std::get_if<opt::ExponentialDecay>(&schedule.shape)) {
    schedule.shape = opt::StepDecay{.every = steps_per_epoch, .factor = decay->factor};
  } else if (auto* cosine = std::get_if<opt::CosineDecay>(&schedule.shape)) {
    cosine->restart = in_steps(cosine->restart);
  }
  schedule.validate();
  return schedule;
}

}  // namespace mathtool::cli
