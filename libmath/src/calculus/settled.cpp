#include <fmt/core.h>

#include <cmath>
#include <limits>
#include <utility>

#include "calculus/settle.hpp"

namespace mathtool::math {

std::string_view to_string(Verdict verdict) {
  switch (verdict) {
    case Verdict::finite: return "finite";
    case Verdict::plus_infinity: return "inf";
    case Verdict::minus_infinity: return "-inf";
    case Verdict::does_not_exist: return "does not exist";
    case Verdict::undefined: return "undefined";
    case Verdict::not_established: return "not established";
  }
  return "?";
}

Settled settled_infinite(int sign, std::string reason) {
  Settled settled;
  settled.value = sign * std::numeric_limits<FiftyDigits>::infinity();
  settled.error = 0;
  settled.status = Status::divergent;
  settled.reason = std::move(reason);
  settled.verdict = sign > 0 ? Verdict::plus_infinity : Verdict::minus_infinity;
  return settled;
}

Settled settled_nowhere(std::string reason) {
  Settled settled;
  settled.status = Status::divergent;
  settled.reason = std::move(reason);
  settled.verdict = Verdict::does_not_exist;
  return settled;
}

Settled settled_finite(FiftyDigits value, FiftyDigits error) {
  Settled settled;
  if (abs(value) <= error) error += abs(value), value = 0;
  settled.value = value;
  settled.error = error;
  settled.status = Status::converged;
  settled.verdict = Verdict::finite;
  return settled;
}

Settled not_settled(Status status, std::string reason) {
  Settled settled;
  settled.status = status;
  settled.reason = std::move(reason);
  return settled;
}

LimitEstimate rounded(const Settled& settled) {
  LimitEstimate estimate;
  estimate.value = static_cast<double>(settled.value);
  estimate.error = static_cast<double>(settled.error);
  if (std::isfinite(estimate.value))
    estimate.error += 0.5 * std::numeric_limits<double>::epsilon() * std::abs(estimate.value);
  estimate.evaluations = settled.evaluations;
  estimate.status = settled.status;
  estimate.reason = settled.reason;
  estimate.verdict = settled.verdict;
  if (settled.verdict == Verdict::finite && !std::isfinite(estimate.value)) {
    estimate.status = Status::not_finite;
    estimate.reason = fmt::format("the limit {} is beyond the range of a double",
                                  settled.value.str(6, std::ios_base::scientific));
  }
  return estimate;
}

}  // namespace mathtool::math
