#pragma once

#include <cmath>
#include <limits>
#include <string>

#include "formula.hpp"
#include "mathtool/math/calculus/limit.hpp"
#include "support/catch.hpp"

namespace mathtool::test {

/// A formula as a function of 50 and of 100 digits.
inline auto precise(const std::string& text) {
  return [text](const auto& x) { return formula<std::decay_t<decltype(x)>>(text, x); };
}

/// `expected` is a formula of the limit, "inf", "-inf", "DNE", "undefined", or "?" where the answer
/// must be that nothing could be established.
inline void check_verdict(const math::LimitEstimate& limit, const std::string& expected) {
  using math::Verdict;
  INFO("got " << to_string(limit.verdict) << ", " << limit.value << " +- " << limit.error << ", "
              << to_string(limit.status) << ": " << limit.reason << "; expected " << expected);
  if (expected == "inf") {
    CHECK(limit.verdict == Verdict::plus_infinity);
    CHECK(limit.value == std::numeric_limits<double>::infinity());
    CHECK(limit.status == Status::divergent);
  } else if (expected == "-inf") {
    CHECK(limit.verdict == Verdict::minus_infinity);
    CHECK(limit.value == -std::numeric_limits<double>::infinity());
    CHECK(limit.status == Status::divergent);
  } else if (expected == "DNE") {
    CHECK(limit.verdict == Verdict::does_not_exist);
    CHECK(std::isnan(limit.value));
    CHECK(limit.status == Status::divergent);
  } else if (expected == "undefined") {
    CHECK(limit.verdict == Verdict::undefined);
    CHECK(limit.status == Status::not_finite);
  } else if (expected == "?") {
    CHECK(limit.verdict == Verdict::not_established);
    CHECK(limit.status != Status::converged);
    CHECK(!limit.reason.empty());
  } else {
    const double exact = static_cast<double>(formula<math::FiftyDigits>(expected));
    INFO("error " << std::abs(limit.value - exact));
    CHECK(limit.verdict == Verdict::finite);
    CHECK(limit.status == Status::converged);
    CHECK(limit.reason.empty());
    CHECK(std::abs(limit.value - exact) <= limit.error);
    CHECK(std::abs(limit.value - exact) <= 1e-12 * std::abs(exact));
  }
}

/// Whatever is established is right; not establishing it is allowed.
inline void check_not_wrong(const math::LimitEstimate& limit, const std::string& expected) {
  if (limit.verdict == math::Verdict::not_established) {
    CHECK(limit.status != Status::converged);
    CHECK(limit.status != Status::divergent);
  } else if (limit.verdict == math::Verdict::finite && expected != "DNE" && expected != "inf" &&
             expected != "-inf" && expected != "undefined") {
    const double exact = static_cast<double>(formula<math::FiftyDigits>(expected));
    INFO(limit.value << " +- " << limit.error << ", expected " << expected);
    CHECK(std::abs(limit.value - exact) <= limit.error);
  } else {
    check_verdict(limit, expected);
  }
}

}  // namespace mathtool::test
