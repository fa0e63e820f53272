#include <fstream>
#include <nlohmann/json.hpp>

#include "limit_case.hpp"
#include "support/reference_data.hpp"

using namespace mathtool;
using namespace mathtool::math;
using namespace mathtool::test;

namespace {

constexpr Side both = Side::both, left = Side::left, right = Side::right;

// Classic exercises; each value follows from a Taylor series or a standard limit.
const LimitCase textbook[] = {
    {"(1-cos(x))/x", "0", both, "0"},
    {"(tan(x)-sin(x))/x^3", "0", both, "1/2"},
    {"(sin(5*x)-sin(3*x))/sin(x)", "0", both, "2"},
    {"(cos(x)-cos(3*x))/x^2", "0", both, "4"},
    {"(sqrt(1+x)-sqrt(1-x))/x", "0", both, "1"},
    {"(exp(x)-exp(-x))/sin(x)", "0", both, "2"},
    {"(exp(x)-1-x-x^2/2)/x^3", "0", both, "1/6"},
    {"(atan(x)-x)/x^3", "0", both, "-1/3"},
    {"(asin(x)-x)/x^3", "0", both, "1/6"},
    {"(sinh(x)-sin(x))/x^3", "0", both, "1/3"},
    {"(tan(sin(x))-sin(tan(x)))/x^7", "0", both, "1/30"},
    {"(1/sin(x)-1/x)/x", "0", both, "1/6"},
    {"1/x^2-1/sin(x)^2", "0", both, "-1/3"},
    {"1/x-1/(exp(x)-1)", "0", both, "1/2"},
    {"(sin(x)/x)^(1/x^2)", "0", both, "exp(-1/6)"},
    {"(exp(x)+x)^(1/x)", "0", both, "e^2"},
    {"(cos(2*x))^(3/x^2)", "0", both, "exp(-6)"},
    {"((1+x)^(1/x)-e)/x", "0", both, "-e/2"},
    {"(3^x-2^x)/x", "0", both, "log(3)-log(2)"},
    {"((2^x+3^x)/2)^(1/x)", "0", both, "sqrt(6)"},
    {"log(cos(3*x))/log(cos(2*x))", "0", both, "9/4"},
    {"x^2/abs(x)", "0", both, "0"},
    {"erf(x)/x", "0", both, "2/sqrt(pi)"},
    {"gamma(x)*x", "0", both, "1"},
    {"(x^5-1)/(x^3-1)", "1", both, "5/3"},
    {"(sqrt(x)-1)/(x-1)", "1", both, "1/2"},
    {"x^(1/(1-x))", "1", both, "exp(-1)"},
    {"(1-x)*tan(pi*x/2)", "1", both, "2/pi"},
    {"x/(x-1)-1/log(x)", "1", both, "1/2"},
    {"(x^2-7*x+10)/(x^2-25)", "5", both, "3/10"},
    {"(sin(x)-sin(1))/(x-1)", "1", both, "cos(1)"},
    {"(1-sin(x))/cos(x)^2", "pi/2", both, "1/2"},
    {"sin(x)/(x-pi)", "pi", both, "-1"},
    {"(pi-2*x)*tan(x)", "pi/2", both, "2"},
    {"(1-1/x)^x", "inf", both, "exp(-1)"},
    {"(1+3/x)^(2*x)", "inf", both, "exp(6)"},
    {"((x+1)/(x-1))^x", "inf", both, "exp(2)"},
    {"cos(1/x)^(x^2)", "inf", both, "exp(-1/2)"},
    {"x*(log(x+1)-log(x))", "inf", both, "1"},
    {"x*(2^(1/x)-1)", "inf", both, "log(2)"},
    {"sqrt(x+sqrt(x))-sqrt(x)", "inf", both, "1/2"},
    {"x-x^2*log(1+1/x)", "inf", both, "1/2"},
    {"(x^3+x^2)^(1/3)-x", "inf", both, "1/3"},
    {"tanh(x)", "-inf", both, "-1"},
    {"(exp(x)-exp(-x))/(exp(x)+exp(-x))", "inf", both, "1"},
    {"(3^x+5^x)^(1/x)", "inf", both, "5"},
    {"x*(pi/2-atan(x))", "inf", both, "1"},
    {"exp(-x)*x^5", "inf", both, "0"},
    {"log(x)^3/sqrt(x)", "inf", both, "0"},
    {"sqrt(x)*log(x)", "0", right, "0"},
    {"x^sin(x)", "0", right, "1"},
    {"sin(x)^tan(x)", "0", right, "1"},
    {"(1/x)^tan(x)", "0", right, "1"},
    {"exp(-1/x)/x^20", "0", right, "0"},
    {"x*floor(1/x)", "0", both, "1"},
    {"floor(x)", "3", left, "2"},
    {"floor(x)", "3", right, "3"},
    {"floor(x)", "3", both, "DNE"},
    {"atan(1/x)", "0", left, "-pi/2"},
    {"atan(1/x)", "0", both, "DNE"},
    {"1/(1+exp(1/x))", "0", both, "DNE"},
    {"1/(x-2)^2", "2", both, "inf"},
    {"1/(x-2)^3", "2", both, "DNE"},
    {"tan(x)", "pi/2", left, "inf"},
    {"log(x)", "0", right, "-inf"},
    {"x-log(x)", "inf", both, "inf"},
    {"exp(x)/x^10", "inf", both, "inf"},
    {"x-x^2", "inf", both, "-inf"},
    {"x^3", "-inf", both, "-inf"},
    {"x+sin(x)", "inf", both, "inf"},
    {"(2+sin(x))*x", "inf", both, "inf"},
};

// Gruntz, On computing limits in a symbolic manipulation system (1996), and other slow ones.
const LimitCase slow[] = {
    {"1/log(x)", "inf", both, "0"},
    {"1/log(log(x))", "inf", both, "0"},
    {"log(log(x))", "inf", both, "inf"},
    {"1/log(abs(x-1))", "1", both, "0"},
    {"log(abs(x-1))", "1", both, "-inf"},
    {"x^0.1*log(x)^3", "0", right, "0"},
    {"log(log(x))/log(x)", "inf", both, "0"},
    {"exp(sqrt(log(x)))/x", "inf", both, "0"},
    {"(1+1/log(x))^log(x)", "inf", both, "e"},
    {"x^0.001", "inf", both, "inf"},
    {"x^0.001", "0", right, "0"},
    {"cos(x^0.01)", "0", right, "1"},
    {"x^(1/log(x))", "inf", both, "e"},
    {"log(x)^(1/log(x))", "inf", both, "1"},
    {"log(x)^10/x", "inf", both, "0"},
    {"x/log(x^(log(x)^(log(2)/log(x))))", "inf", both, "inf"},
    {"exp(x*exp(-x)/(exp(-x)+exp(-2*x^2/(x+1))))/exp(x)", "inf", both, "1"},
};

// No sample shows these limits from afar, or ever.
const LimitCase treacherous[] = {
    {"x/(x+1e-8)", "0", right, "0"},
    {"tanh(x-1000)", "inf", both, "1"},
    {"x/(1+1e-30*x)", "inf", both, "1e30"},
    {"1/(1+1e12*x)", "0", both, "1"},
    {"1e-30/(x+1e-30)", "0", both, "1"},
    {"sin(1e20*x)/x", "0", both, "1e20"},
    {"(1-cos(1e10*x))/x^2", "0", both, "5e19"},
    {"sin(1/(x+1e-10))", "0", right, "sin(1e10)"},
    {"tanh(1000000*x)", "0", both, "0"},
    {"x*tanh(1000000/x)", "inf", both, "1000000"},
    {"1/(x^2+1e-40)", "0", both, "1e40"},
    {"x*exp(-1e-15*x)", "inf", both, "0"},
    {"x*exp(-1e-25*x)", "inf", both, "0"},
    {"log(x)-1e-10*x", "inf", both, "-inf"},
    {"x^1000/exp(sqrt(x))", "inf", both, "0"},
    {"exp(-1/x^2)/x^100", "0", both, "0"},
    {"x*(1+1e-6*sin(x))", "inf", both, "inf"},
    {"sin(pi*floor(x))", "inf", both, "0"},
    {"sin(pi/x)", "0", both, "DNE"},
    {"sin(pi*x)", "inf", both, "DNE"},
    {"x-floor(x)", "inf", both, "DNE"},
    {"sin(log(x))", "inf", both, "DNE"},
    {"sin(sqrt(x))", "inf", both, "DNE"},
    {"x*sin(x)", "inf", both, "DNE"},
    {"sin(1/x)/x", "0", both, "DNE"},
    {"1+1e-10*sin(1/x)", "0", both, "DNE"},
    {"cos(x)/sqrt(x)", "inf", both, "0"},
    {"x^2*cos(1/x^2)+3", "0", both, "3"},
    {"sqrt(x)", "0", left, "undefined"},
    {"sqrt(x-1e-20)", "0", right, "undefined"},
    {"log(x)", "-inf", both, "undefined"},
    {"acos(x)", "inf", both, "undefined"},
};

// To say anything of these would be a guess.
const LimitCase beyond_reach[] = {
    {"1/log(log(log(x)))", "inf", both, "?"},
    {"sin(x)/log(x)", "inf", both, "?"},
    {"sin(log(x))/log(log(x))", "inf", both, "?"},
    {"x^0.01*sin(1/x)", "0", right, "?"},
    {"x*(1+sin(x))", "inf", both, "?"},
    {"tan(x)/x", "inf", both, "?"},
    {"x*tan(1/x)", "0", both, "?"},
    {"sqrt(sin(1/x))", "0", right, "?"},
    {"exp(exp(exp(x)))/exp(exp(exp(x-exp(-exp(exp(x))))))", "inf", both, "?"},
};

}  // namespace

TEST_CASE("limit: textbook exercises in 50 digits", "[limit]") {
  for (const LimitCase& c : textbook) {
    INFO(c.f << " at " << c.point);
    check_verdict(precise_limit(c), c.expected);
  }
}

TEST_CASE("limit: logarithmic convergence is accelerated to its limit", "[limit]") {
  for (const LimitCase& c : slow) {
    INFO(c.f << " at " << c.point);
    check_verdict(precise_limit(c), c.expected);
  }
}

TEST_CASE("limit: a change near the point, oscillation and missing values are seen", "[limit]") {
  for (const LimitCase& c : treacherous) {
    INFO(c.f << " at " << c.point);
    check_verdict(precise_limit(c), c.expected);
  }
}

TEST_CASE("limit: doubles are not deceived by what changes near the point", "[limit]") {
  for (const LimitCase& c : treacherous) {
    INFO(c.f << " at " << c.point);
    check_not_wrong(double_limit(c), c.expected);
  }
}

TEST_CASE("limit: what cannot be known is not established", "[limit]") {
  for (const LimitCase& c : beyond_reach) {
    INFO(c.f << " at " << c.point);
    check_verdict(precise_limit(c), c.expected);
  }
}

TEST_CASE("limit: doubles establish less, but nothing wrong", "[limit]") {
  int established = 0;
  for (const LimitCase& c : textbook) {
    INFO(c.f << " at " << c.point);
    const Limit found = double_limit(c);
    check_not_wrong(found, c.expected);
    established += found.verdict != Verdict::not_established;
  }
  CHECK(established >= 40);  // most of the 71 do not cancel
}

TEST_CASE("limit: the reference table, in 50 digits and in doubles", "[limit]") {
  REQUIRE_REFERENCE_DATA(folder);
  std::ifstream file(folder / "calculus" / "limits.json");
  const auto cases = nlohmann::json::parse(file)["functions"];
  REQUIRE(cases.size() >= 44);
  for (const auto& entry : cases) {
    const auto f = entry["f"].get<std::string>(), point = entry["point"].get<std::string>();
    const auto expected = entry["limit"].get<std::string>();
    const auto direction = entry["direction"].get<std::string>();
    const Side side = direction == "left" ? left : direction == "right" ? right : both;
    INFO(f << " at " << point << " from " << direction);
    const LimitCase c{f.c_str(), point.c_str(), side, expected.c_str()};
    check_verdict(precise_limit(c), expected);
    check_not_wrong(double_limit(c), expected);
  }
}
