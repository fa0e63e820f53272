#include "mathtool/math/calculus/limit.hpp"

#include <fmt/core.h>

#include <cmath>

#include "calculus/approach.hpp"
#include "calculus/settle.hpp"
#include "mathtool/math/calculus/precise_limits.hpp"
#include "mathtool/math/error.hpp"

namespace mathtool::math {
namespace {

void check(const LimitOptions& options, bool point_is_nan) {
  require(!point_is_nan, "limit: the point is not a number");
  require(options.rel_tol > 0 && options.abs_tol > 0,
          "limit: tolerances must be > 0, got {} and {}", options.rel_tol, options.abs_tol);
}

std::string describe(const Settled& side) {
  if (side.verdict == Verdict::finite) return fmt::format("{:.6g}", rounded(side).value);
  return std::string(to_string(side.verdict));
}

/// The limit from both sides, of those from each.
Settled both_sides(const Settled& left, const Settled& right) {
  const std::int64_t evaluations = left.evaluations + right.evaluations;
  const auto answer = [&](Settled settled) {
    settled.evaluations = evaluations;
    return settled;
  };
  if (left.verdict == Verdict::undefined) return answer(right);
  if (right.verdict == Verdict::undefined) return answer(left);
  for (const Verdict verdict : {Verdict::does_not_exist, Verdict::not_established}) {
    if (left.verdict == verdict) return answer(left);
    if (right.verdict == verdict) return answer(right);
  }
  const bool same =
      left.verdict == right.verdict && (left.verdict != Verdict::finite ||
                                        abs(left.value - right.value) <= left.error + right.error);
  if (!same)
    return answer(
        settled_nowhere(fmt::format("the one-sided limits differ: {} from the left, {} "
                                    "from the right",
                                    describe(left), describe(right))));
  return answer(left.error <= right.error ? left : right);
}

/// `side(sign)` is what becomes of f at point + sign · h.
template <class OneSided>
Limit from_sides(OneSided&& side, int infinite_sign, const LimitOptions& options) {
  Settled left, right, whole;
  const bool from_left = infinite_sign > 0 || (infinite_sign == 0 && options.side != Side::right);
  const bool from_right = infinite_sign < 0 || (infinite_sign == 0 && options.side != Side::left);
  if (from_left) whole = left = side(-1);
  if (from_right) whole = right = side(1);
  if (from_left && from_right) whole = both_sides(left, right);
  Limit limit{rounded(whole)};
  if (from_left) limit.left = rounded(left);
  if (from_right) limit.right = rounded(right);
  return limit;
}

}  // namespace

Limit limit(FunctionRef<double(double)> f, double point, const LimitOptions& options) {
  check(options, std::isnan(point));
  const auto side = [&](int sign) {
    return approach(f, point, sign, options.stop, [&](const Way& way) {
      return settle(way, {options.rel_tol, options.abs_tol});
    });
  };
  return from_sides(side, std::isinf(point) ? (point > 0 ? 1 : -1) : 0, options);
}

Limit limit(const PreciseFunction& f, const HundredDigits& point, const LimitOptions& options) {
  check(options, bool(isnan(point)));
  const auto side = [&](int sign) {
    return approach(f, point, sign, options.stop, [&](const Way& way) {
      return settle(way, {options.rel_tol, options.abs_tol});
    });
  };
  return from_sides(side, isinf(point) ? (point > 0 ? 1 : -1) : 0, options);
}

}  // namespace mathtool::math
