#pragma once

#include <cstdint>
#include <limits>
#include <string>
#include <string_view>
#include <variant>

namespace mathtool::opt {

/// How a learning rate changes from step to step (or from epoch to epoch: whatever is counted).
/// η is the rule's own rate, t the steps taken before, T the steps in all.

/// η
struct ConstantRate {};

/// η · factor^⌊t / every⌋
struct StepDecay {
  std::int64_t every = 30;  ///< ≥ 1
  double factor = 0.1;      ///< > 0
};

/// η · factorᵗ
struct ExponentialDecay {
  double factor = 0.95;  ///< > 0
};

/// η (1 + cos(π t / T)) / 2; with `restart` R it begins anew every R steps, t mod R and R for t, T.
struct CosineDecay {
  std::int64_t restart = 0;  ///< ≥ 0; 0: never
};

/// Up from max_rate / 25 to max_rate in the first 0.3 T − 1 steps, then down to max_rate / 250 000
/// at T − 1, both along a cosine. The rule's own rate does not matter.
struct OneCycle {
  double max_rate = 0.01;  ///< > 0
};

/// Times `factor` when f has not fallen by a ten-thousandth for more than `patience` steps, as long
/// as that changes the rate by more than 1e-8.
struct Plateau {
  std::int64_t patience = 10;  ///< ≥ 0
  double factor = 0.1;         ///< in (0, 1)
};

/// What the schedule has seen. Only a plateau keeps more than the steps.
struct ScheduleState {
  std::int64_t steps = 0;
  double best = std::numeric_limits<double>::infinity();
  std::int64_t bad_steps = 0;
  double rate = std::numeric_limits<double>::quiet_NaN();  ///< of a plateau, once it was lowered
};

/// A learning rate for every step: PyTorch 1.13's StepLR, ExponentialLR, CosineAnnealingLR,
/// CosineAnnealingWarmRestarts, OneCycleLR (without a cycle of the momentum) and ReduceLROnPlateau.
/// With a warm-up of N steps the rate rises in equal parts to the first of the schedule, which
/// begins at step N: step t < N has (t + 1) / N of it.
///
/// Steps after the last of a cosine or a cycle keep the last rate; PyTorch goes up again, or fails.
/// A plateau, as in PyTorch, takes a best value b < 0 for beaten by any value below b (1 − 1e-4),
/// which is above b.
/// Ref: Loshchilov & Hutter, SGDR: stochastic gradient descent with warm restarts (2017); Smith &
///      Topin, Super-convergence (2018).
struct Schedule {
  std::variant<ConstantRate, StepDecay, ExponentialDecay, CosineDecay, OneCycle, Plateau> shape =
      {};
  std::int64_t warmup = 0;       ///< N ≥ 0
  std::int64_t total_steps = 0;  ///< T with the warm-up; > N where the shape needs it

  /// The rate of the step to come. `own_rate` is η.
  double rate(double own_rate, const ScheduleState& state) const;

  /// Counts a step. To be called after it, with the value of f for a plateau; NaN: none is known,
  /// and a plateau does not count it.
  void advance(double own_rate, double value, ScheduleState& state) const;

  /// Throws: DomainError.
  void validate() const;
};

/// Reads `constant`, `step:30:0.1`, `exponential:0.95`, `cosine`, `cosine:50` (restart),
/// `onecycle:0.01`, `plateau:5:0.5`, any with `warmup:N+` in front. Throws: DataError that quotes
/// the text and shows the forms there are.
Schedule parse_schedule(std::string_view text, std::int64_t total_steps);

/// The text that parse_schedule reads as the same.
std::string to_string(const Schedule& schedule);

}  // namespace mathtool::opt
