#pragma once

#include <cstdint>
#include <string>

#include "calculus/way.hpp"
#include "mathtool/math/calculus/limit.hpp"

namespace mathtool::math {

struct Tolerances {
  double relative = 1e-10;
  double absolute = 1e-10;
};

/// A LimitEstimate before it is rounded to double.
struct Settled {
  FiftyDigits value = std::numeric_limits<FiftyDigits>::quiet_NaN();
  FiftyDigits error = std::numeric_limits<FiftyDigits>::infinity();
  std::int64_t evaluations = 0;
  Status status = Status::out_of_budget;
  std::string reason = {};
  Verdict verdict = Verdict::not_established;
};

/// What becomes of the values on the way.
Settled settle(const Way& way, const Tolerances& tolerances);

Settled settled_infinite(int sign, std::string reason);
Settled settled_nowhere(std::string reason);  ///< does not exist
Settled not_settled(Status status, std::string reason);

/// The verdict `finite` for value ± error; 0 in place of a value that is smaller than its error.
Settled settled_finite(FiftyDigits value, FiftyDigits error);

LimitEstimate rounded(const Settled& settled);

}  // namespace mathtool::math
