#include "mathtool/math/calculus/limit.hpp"

#include <atomic>

#include "limit_case.hpp"
#include "mathtool/math/error.hpp"

using namespace mathtool;
using namespace mathtool::math;
using namespace mathtool::test;

TEST_CASE("limit: both one-sided limits are told", "[limit]") {
  const Limit sign = limit([](double x) { return x / std::abs(x); }, 0.0);
  CHECK(sign.verdict == Verdict::does_not_exist);
  REQUIRE((sign.left && sign.right));
  CHECK(sign.left->value == -1);
  CHECK(sign.right->value == 1);
  CHECK_THAT(sign.reason, ContainsSubstring("-1 from the left, 1 from the right"));

  const Limit from_right = limit([](double x) { return x; }, 2.0, {.side = Side::right});
  CHECK(!from_right.left);
  REQUIRE(from_right.right);
  CHECK(from_right.right->value == from_right.value);
}

TEST_CASE("limit: where one side has no values, the other one decides", "[limit]") {
  const Limit root = limit(PreciseFunction(precise("sqrt(x)+1")), HundredDigits(0));
  CHECK(root.verdict == Verdict::finite);
  CHECK(root.value == 1);
  REQUIRE(root.left);
  CHECK(root.left->verdict == Verdict::undefined);
}

TEST_CASE("limit: a difference of 1e-20 between the sides is a difference", "[limit]") {
  const auto f = [](const auto& x) {
    using T = std::decay_t<decltype(x)>;
    return x > 0 ? T(1) + ldexp(T(1), -66) : T(1);
  };
  CHECK(limit(PreciseFunction(f), HundredDigits(0)).verdict == Verdict::does_not_exist);
}

TEST_CASE("limit: constants and scales", "[limit]") {
  for (const double scale : {1e-200, 1.0, 1e200}) {
    INFO(scale);
    check_verdict(limit([=](double) { return scale; }, 0.0), fmt::format("{}", scale));
    const Limit ratio = limit([=](double x) { return scale * (x * x - 4) / (x - 2); }, 2.0);
    CHECK(std::abs(ratio.value - 4 * scale) <= ratio.error);
    CHECK(ratio.error <= 1e-6 * scale);
  }
  for (const double point : {1e-30, 1e-3, 1e6, 1e15})
    check_verdict(limit([](double x) { return std::log(x); }, point, {.rel_tol = 1e-9}),
                  fmt::format("log({})", point));
}

TEST_CASE("limit: a function that throws where it has no value", "[limit]") {
  const auto f = [](double x) {
    if (x <= 0) throw std::domain_error("log");
    return x * x;
  };
  const Limit found = limit(f, 0.0);
  CHECK(found.verdict == Verdict::finite);
  CHECK(found.left->verdict == Verdict::undefined);
  CHECK_THROWS_AS(limit([](double) -> double { throw std::runtime_error("mine"); }, 0.0),
                  std::runtime_error);
}

TEST_CASE("limit: nonsense is refused, a stop is obeyed", "[limit]") {
  const auto f = [](double x) { return x; };
  CHECK_THROWS_AS(limit(f, std::nan("")), DomainError);
  CHECK_THROWS_AS(limit(f, 0.0, {.rel_tol = 0}), DomainError);
  CHECK_THROWS_AS(limit(f, 0.0, {.abs_tol = -1}), DomainError);
  std::atomic<bool> stop = true;
  CHECK_THROWS_AS(limit(f, 0.0, {.stop = StopToken(stop)}), Stopped);
}

TEST_CASE("limit: values that are nowhere finite", "[limit]") {
  const Limit nan = limit([](double) { return std::nan(""); }, 1.0);
  CHECK(nan.verdict == Verdict::undefined);
  const Limit infinite = limit([](double) { return std::numeric_limits<double>::infinity(); }, 1.0);
  CHECK(infinite.verdict == Verdict::not_established);
  CHECK(infinite.status == Status::not_finite);
}

TEST_CASE("limit: a change beyond 1e50 is seen, one of the arithmetic is not taken for it",
          "[limit]") {
  const HundredDigits far = std::numeric_limits<HundredDigits>::infinity();
  const auto step = [](const auto& x) { return std::decay_t<decltype(x)>(x > 1e50 ? 1 : 0); };
  CHECK(limit(PreciseFunction(step), far).verdict == Verdict::not_established);
  const auto ceases = [](const auto& x) {
    using T = std::decay_t<decltype(x)>;
    return x > 1e50 ? T(0) : x;
  };
  CHECK(limit(PreciseFunction(ceases), far).verdict == Verdict::not_established);
  const auto bounded = [](const auto& x) {
    using T = std::decay_t<decltype(x)>;
    return T(atan(T(x * 1e-60)));
  };
  CHECK(limit(PreciseFunction(bounded), far).verdict == Verdict::not_established);
  const auto near_zero = [](const auto& x) {
    using T = std::decay_t<decltype(x)>;
    return abs(x) < 1e-100 ? T(5) : x;
  };
  CHECK(limit(PreciseFunction(near_zero), HundredDigits(0)).verdict == Verdict::not_established);
  check_verdict(limit(PreciseFunction(precise("x*(sqrt(x^2+1)-x)")), far), "1/2");
  check_verdict(limit(PreciseFunction(precise("(1-cos(x))/x^2")), HundredDigits(0)), "1/2");
}
