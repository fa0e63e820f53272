#pragma once

#include <cstdint>
#include <string>

#include "mathtool/opt/schedule.hpp"

namespace mathtool::cli {

/// A schedule whose text counts epochs, for a training that counts steps: `step:30:0.1` and
/// `exponential:0.95` change the rate between epochs, a cosine and a cycle from step to step.
/// Throws: DataError for what is no schedule, DomainError for lengths out of range.
opt::Schedule epoch_schedule(const std::string& text, std::int64_t epochs,
                             std::int64_t steps_per_epoch);

}  // namespace mathtool::cli
