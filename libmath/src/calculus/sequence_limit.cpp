#include "mathtool/math/calculus/sequence_limit.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

#include "calculus/readers.hpp"
#include "calculus/whole_numbers.hpp"
#include "mathtool/math/calculus/precise_limits.hpp"
#include "mathtool/math/error.hpp"

namespace mathtool::math {
namespace {

void check(const SequenceOptions& options) {
  require(options.rel_tol > 0 && options.abs_tol > 0,
          "sequence_limit: tolerances must be > 0, got {} and {}", options.rel_tol,
          options.abs_tol);
  require(options.largest_index >= 256, "sequence_limit: largest_index must be >= 256, got {}",
          options.largest_index);
}

void check(const RecurrenceOptions& options, bool start_is_finite) {
  require(start_is_finite, "recurrence_limit: the start must be finite");
  require(options.rel_tol > 0 && options.abs_tol > 0,
          "recurrence_limit: tolerances must be > 0, got {} and {}", options.rel_tol,
          options.abs_tol);
  require(options.steps >= 64, "recurrence_limit: steps must be >= 64, got {}", options.steps);
}

/// The members of a recurrence, computed when they are first asked for.
template <class Next>
class Members {
 public:
  Members(const Sample& start, const Next& next) : members_{start}, next_(next) {}

  Sample operator()(const FiftyDigits& n) {
    const auto index = static_cast<std::size_t>(n);
    while (members_.size() <= index) members_.push_back(next_(members_.size() - 1));
    return members_[index];
  }
  std::int64_t steps() const { return std::ssize(members_) - 1; }

  /// The largest step from one of these members to the next.
  FiftyDigits largest_move(int from, int to) {
    FiftyDigits most = 0;
    for (int n = from; n < to; ++n)
      most = std::max(most, FiftyDigits(abs((*this)(n + 1).value - (*this)(n).value)));
    return most;
  }

 private:
  std::vector<Sample> members_;
  const Next& next_;
};

/// Follows the recurrence for few steps first, as most converge at once. What oscillates must do so
/// to the end with steps that do not shrink.
template <class Next>
LimitEstimate follow(const Sample& start, const Next& next, bool in_double,
                     const RecurrenceOptions& options) {
  Members<Next> members(start, next);
  const auto read = [&](const FiftyDigits& n) {
    options.stop.check();
    return members(n);
  };
  Settled settled;
  for (int steps = std::min(256, options.steps);; steps = options.steps) {
    settled = settle_whole_numbers(
        read, {.largest = double(steps), .in_double = in_double, .stop = options.stop},
        {options.rel_tol, options.abs_tol});
    const bool swings = settled.verdict == Verdict::does_not_exist;
    if (steps == options.steps || (settled.verdict != Verdict::not_established && !swings)) break;
  }
  if (settled.verdict == Verdict::does_not_exist &&
      members.largest_move(options.steps / 2, options.steps) <
          0.9999 * members.largest_move(options.steps / 4, options.steps / 2))
    settled = not_settled(Status::out_of_budget, "it oscillates with steps that slowly shrink");
  settled.evaluations = members.steps();
  return rounded(settled);
}

}  // namespace

LimitEstimate sequence_limit(FunctionRef<double(double)> a, const SequenceOptions& options) {
  check(options);
  const auto read = [&](const FiftyDigits& n) { return read_double(a, static_cast<double>(n)); };
  return rounded(settle_whole_numbers(
      read, {.largest = options.largest_index, .in_double = true, .stop = options.stop},
      {options.rel_tol, options.abs_tol}));
}

LimitEstimate sequence_limit(const PreciseFunction& a, const SequenceOptions& options) {
  check(options);
  const auto read = [&](const FiftyDigits& n) { return read_precise(a, n, HundredDigits(n)); };
  return rounded(settle_whole_numbers(read,
                                      {.largest = options.largest_index, .stop = options.stop},
                                      {options.rel_tol, options.abs_tol}));
}

LimitEstimate recurrence_limit(FunctionRef<double(double, double)> g, double start,
                               const RecurrenceOptions& options) {
  check(options, std::isfinite(start));
  double x = start;
  const auto next = [&](std::size_t n) {
    const auto step = [&](double at) { return g(at, static_cast<double>(n)); };
    const Sample sample = read_double(step, x);
    x = static_cast<double>(sample.value);
    return sample;
  };
  return follow({start}, next, true, options);
}

LimitEstimate recurrence_limit(const PreciseRecurrence& g, const HundredDigits& start,
                               const RecurrenceOptions& options) {
  check(options, bool(isfinite(start)));
  FiftyDigits in_fifty(start);
  HundredDigits in_hundred = start;
  const auto next = [&](std::size_t n) {
    in_fifty = g.fifty(in_fifty, n);
    in_hundred = g.hundred(in_hundred, n);
    return compare(in_fifty, in_hundred);
  };
  return follow({in_fifty}, next, false, options);
}

}  // namespace mathtool::math
