#pragma once

#include <cstdint>
#include <optional>

#include "mathtool/math/function_ref.hpp"
#include "mathtool/opt/evaluations.hpp"
#include "mathtool/opt/iterate.hpp"
#include "mathtool/opt/stopping.hpp"

namespace mathtool::opt {

/// Decides after every iteration whether it was the last. Tolerances come first, then what makes
/// going on pointless, then the caller's wish and budgets.
class StoppingRules {
 public:
  using Settled = FunctionRef<bool(Evaluations&, const Iterate&)>;

  /// `settled` confirms a minimum where the test on the gradient is met; it must outlive this.
  /// `budgets_only`: no tolerance but the target is looked at.
  StoppingRules(const StoppingOptions& options, const Iterate& start, Settled settled,
                bool budgets_only);

  std::optional<Stop> at_start(const Iterate& start, Evaluations& calls) const;
  std::optional<Stop> after_step(const Iterate& now, const Iterate& before, Evaluations& calls);

 private:
  std::optional<Stop> tolerances_met(const Iterate& now, Evaluations& calls) const;
  std::optional<Stop> budget_spent(const Iterate& now, const Evaluations& calls) const;
  double gradient_limit(const Iterate& now) const;

  const StoppingOptions& options_;
  Settled settled_;
  bool budgets_only_;
  double scale_ = 1;                                       ///< of the objective
  double start_value_ = 0, start_size_ = 0, largest_ = 0;  ///< f and ‖x‖∞
  int short_steps_ = 0, small_changes_ = 0, unchanged_ = 0;
};

}  // namespace mathtool::opt
