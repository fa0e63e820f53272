#include "mathtool/math/calculus/series.hpp"

#include <rapidcheck.h>

#include <fstream>
#include <nlohmann/json.hpp>

#include "mathtool/math/calculus/precise_limits.hpp"
#include "mathtool/math/error.hpp"
#include "support/reference_data.hpp"
#include "support/tolerance.hpp"
#include "verdict.hpp"

using namespace mathtool;
using namespace mathtool::math;
using namespace mathtool::test;

namespace {

struct Case {
  const char* term;
  double first;
  const char* expected;
};

// Decimal values from mpmath 1.3 (nsum, zeta) at 30 digits.
const Case sums[] = {
    {"1/k^2", 1, "pi^2/6"},
    {"-cos(pi*k)/k", 1, "log(2)"},
    {"1/k!", 0, "e"},
    {"cos(pi*k)/(2*k+1)", 0, "pi/4"},
    {"1/(k*(k+1))", 1, "1"},
    {"k/2^k", 1, "2"},
    {"k^3/2^k", 1, "26"},
    {"0.99^k", 0, "100"},
    {"0.999^k", 0, "1000"},
    {"1/(k^2+1)", 0, "(1+pi/tanh(pi))/2"},
    {"k!/k^k", 1, "1.87985386217525853348630614507"},
    {"exp(-k^2)", 0, "1.38631860241332607651632527558"},
    {"log(1+1/k^2)", 1, "log(sinh(pi)/pi)"},
    {"log(k)/k^2", 1, "0.937548254315843753702574094568"},
    {"1-cos(1/k)", 1, "0.778758579552758415041559856024"},
    {"atan(1/k^2)", 1, "1.42474177842998088976154780689"},
    {"1/k^1.5", 1, "2.61237534868548834334856756792"},
    {"1/k^1.1", 1, "10.5844484649508098263864007917"},
    {"1/k^1.01", 1, "100.577943338496872490282154286"},
    {"cos(pi*k)/sqrt(k)", 1, "-0.604898643421630370247265914236"},
    {"cos(pi*k)/log(k)", 2, "0.92429989722293885595957018136"},
    {"sin(k)/k", 1, "(pi-1)/2"},
    {"cos(k)/k^2", 1, "pi^2/6-pi/2+1/4"},
    {"1/(k*log(k)^2)", 2, "2.10974280123689197447925719762"},
    {"1/k^1.001", 1, "1000.57728847590149273203302"},
    {"0.9999^k", 0, "10000"},
    {"50^k/k!", 0, "exp(50)"},
    {"cos(pi*k)*10^k/k!", 0, "exp(-10)"},
    {"exp(-sqrt(k))", 0, "2.67040681796633972123962848"},
    {"1/sqrt(k)-1/sqrt(k+1)", 1, "1"},
    {"sin(1/k)/k", 1, "1.47282823195618529629494738"},
    {"1e200/k^2", 1, "1e200*pi^2/6"},
    {"cos(pi*k)*log(k)/k", 1, "0.159868903742430971756878385"},
    {"0*k", 1, "0"},
    {"1/k", 1, "inf"},
    {"1/sqrt(k)", 1, "inf"},
    {"-1/k^0.99", 1, "-inf"},
    {"1/(k*log(k))", 2, "inf"},
    {"1/(k*sqrt(log(k)))", 2, "inf"},
    {"1/k^(1+1/k)", 1, "inf"},
    {"floor(k/2)-k/2+1/2", 0, "inf"},
    {"log(1+1/k)", 1, "inf"},
    {"k^0", 1, "inf"},
    {"-2^k", 1, "-inf"},
    {"cos(pi*k)", 0, "DNE"},
    {"cos(pi*k)*2^k", 0, "DNE"},
    {"sin(k)", 1, "DNE"},
};

// Zeros among the terms, signs with a period, and terms that alternate without falling.
const Case patterned[] = {
    {"(1+cos(pi*k))/k^2", 1, "pi^2/12"},
    {"(1+cos(pi*k))/k", 1, "inf"},
    {"abs(cos(pi*k/2))/k^2", 1, "pi^2/24"},
    {"sin(pi*k/2)/k", 1, "pi/4"},
    {"cos(pi*k/2)/k", 1, "-log(2)/2"},
    {"cos(2*pi*k/3)/k", 1, "-log(3)/2"},
    {"sin(pi*k/3)/k", 1, "pi/3"},
    {"cos(pi*floor(k/2))/(k+1)", 0, "pi/4+log(2)/2"},
    {"cos(pi*k)/(k+cos(pi*k))", 2, "log(2)-1"},
    {"cos(pi*k)/(sqrt(k)+cos(pi*k))", 2, "-inf"},
    {"cos(pi*k)/sqrt(k)+1/k", 1, "inf"},
    {"cos(pi*k)*k", 1, "DNE"},
    {"sin(k)+1/2", 1, "?"},       // it drifts to infinity
    {"tanh(k-500)/k^2", 1, "?"},  // the first terms tell nothing of the later ones
    {"1/k^2+exp(-(k-500)^2)", 1, "?"},
};

const Case products[] = {
    {"1-1/k^2", 2, "1/2"},
    {"1+1/k^2", 1, "sinh(pi)/pi"},
    {"1-1/(4*k^2)", 1, "2/pi"},
    {"cos(1/2^k)", 1, "sin(1)"},
    {"cos(1/k)", 1, "0.388536153335175859184329575687"},
    {"1-1/k", 2, "0"},
    {"0*k+1/2", 1, "0"},
    {"k-5", 1, "0"},
    {"k^(1/k^2)", 1, "exp(0.937548254315843753702574094568)"},
    {"(1+1/k)*exp(-1/k)", 1, "exp(-0.577215664901532860606512090082)"},
    {"1+cos(pi*k)/k", 2, "1"},
    {"1+cos(pi*k)/sqrt(k)", 2, "0"},
    {"1+2*cos(pi*k)/k", 3, "1/4"},
    {"1+1/k", 1, "inf"},
    {"0*k+2", 1, "inf"},
    {"0*k-1", 1, "DNE"},
};

}  // namespace

TEST_CASE("series: sums to infinity in 50 digits", "[series]") {
  for (const Case& c : sums) {
    INFO(c.term);
    check_verdict(infinite_sum(PreciseFunction(precise(c.term)), c.first), c.expected);
  }
}

TEST_CASE("series: patterns of signs and zeros", "[series]") {
  for (const Case& c : patterned) {
    INFO(c.term);
    check_verdict(infinite_sum(PreciseFunction(precise(c.term)), c.first), c.expected);
    check_not_wrong(infinite_sum([&](double k) { return formula<double>(c.term, k); }, c.first),
                    c.expected);
  }
}

TEST_CASE("series: a sum that converges like 1/log(log(k)) is not known", "[series]") {
  const char* term = "1/(k*log(k)*log(log(k))^2)";
  check_verdict(infinite_sum(PreciseFunction(precise(term)), 3), "?");
}

TEST_CASE("series: doubles establish less, but nothing wrong", "[series]") {
  for (const Case& c : sums) {
    INFO(c.term);
    const auto term = [&](double k) { return formula<double>(c.term, k); };
    check_not_wrong(infinite_sum(term, c.first), c.expected);
  }
}

TEST_CASE("series: products to infinity", "[series]") {
  for (const Case& c : products) {
    INFO(c.term);
    check_verdict(infinite_product(PreciseFunction(precise(c.term)), c.first), c.expected);
    const auto factor = [&](double k) { return formula<double>(c.term, k); };
    check_not_wrong(infinite_product(factor, c.first), c.expected);
  }
}

TEST_CASE("series: no term beyond the largest index is asked for", "[series]") {
  double most = 0;
  const auto term = [&](double k) {
    most = std::max(most, k);
    return 1 / (k * k);
  };
  const LimitEstimate sum = infinite_sum(term, 1, {.largest_index = 5000});
  CHECK(most <= 5000);
  CHECK(std::abs(sum.value - 1.6449340668482264365) <= sum.error);
}

TEST_CASE("series: finite sums are those of exact arithmetic, rounded once", "[series]") {
  const Estimate sum =
      finite_sum([](double k) { return k == 1   ? 1e16
                                       : k == 2 ? 1.0
                                                : -1e16; }, 1, 3);
  CHECK(sum.value == 1);
  const Estimate squares = finite_sum([](double k) { return k * k; }, 1, 100);
  CHECK(squares.value == 338'350);
  CHECK(squares.evaluations == 100);
  CHECK(squares.status == Status::converged);
  CHECK(finite_sum([](double) { return 1.0; }, 5, 4).value == 0);

  // Σ 1/k to 10000 is 9.78760603604438226417847790485... (mpmath, harmonic).
  const Estimate harmonic = finite_sum([](double k) { return 1 / k; }, 1, 10'000);
  CHECK_NEAR(harmonic.value, 9.78760603604438226417847790485, ulps(1, 9.79));
}

TEST_CASE("series: finite products", "[series]") {
  const Estimate factorial = finite_product([](double k) { return k; }, 1, 20);
  CHECK(factorial.value == 2'432'902'008'176'640'000.0);
  CHECK(finite_product([](double k) { return k; }, 1, 0).value == 1);
  const Estimate overflow = finite_product([](double) { return 1e200; }, 1, 2);
  CHECK(overflow.status == Status::not_finite);
  CHECK(!overflow.reason.empty());
}

TEST_CASE("series: a finite sum does not depend on the order of its terms", "[series]") {
  CHECK(rc::check("to one rounding", [](const std::vector<int>& numbers) {
    const auto at = [&](double k) { return std::ldexp(numbers[std::size_t(k)], int(k) % 60); };
    const double n = double(numbers.size());
    const Estimate forward = finite_sum(at, 0, n - 1);
    const Estimate backward = finite_sum([&](double k) { return at(n - 1 - k); }, 0, n - 1);
    RC_ASSERT(std::abs(forward.value - backward.value) <= forward.error + backward.error);
  }));
}

TEST_CASE("series: nonsense is refused", "[series]") {
  const auto term = [](double k) { return 1 / k; };
  CHECK_THROWS_AS(infinite_sum(term, 0.5), DomainError);
  CHECK_THROWS_AS(infinite_sum(term, 1, {.rel_tol = 0}), DomainError);
  CHECK_THROWS_AS(infinite_sum(term, 1, {.largest_index = 10}), DomainError);
  CHECK_THROWS_AS(finite_sum(term, 0, std::nan("")), DomainError);
  CHECK_THROWS_AS(finite_product(term, 1, 1e300), DomainError);
  const LimitEstimate pole = infinite_sum(term, 0);
  CHECK(pole.verdict != Verdict::finite);
}

TEST_CASE("series: a term out of line between those that are read", "[series]") {
  const auto sum_with = [](auto term) {
    return infinite_sum(term, 1, {.quick = [&](double k) { return term(k); }});
  };
  for (const double odd : {1000.0, 3000.0, 90'000.0}) {
    INFO("k = " << odd);
    check_verdict(sum_with([=](double k) { return k == odd ? 1.0 : 0.0; }), "?");
    check_verdict(sum_with([=](double k) { return k == odd ? 1.0 : std::exp2(-k); }), "?");
    const auto factor = [=](double k) { return k == odd ? 2.0 : 1.0; };
    check_verdict(infinite_product(factor, 1, {.quick = factor}), "?");
  }
  check_verdict(sum_with([](double k) { return k == 3000 ? 0.0 : std::exp(-k / 500); }), "?");
  check_verdict(sum_with([](double k) { return k > 1e6 ? 1.0 : std::exp2(-k); }), "?");
  check_verdict(sum_with([](double) { return 0.0; }), "?");
  check_verdict(sum_with([](double k) { return std::exp2(-k); }), "1");
  const auto cancels = precise("k*(1-cos(1/k^2))");
  const auto noise = [](double k) { return k * (1 - std::cos(1 / (k * k))); };
  CHECK(infinite_sum(PreciseFunction(cancels), 1, {.quick = noise}).status == Status::converged);
}
