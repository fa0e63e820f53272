#include "mathtool/math/calculus/sequence_limit.hpp"

#include "mathtool/math/calculus/precise_limits.hpp"
#include "mathtool/math/error.hpp"
#include "verdict.hpp"

using namespace mathtool;
using namespace mathtool::math;
using namespace mathtool::test;

namespace {

struct Sequence {
  const char *a, *expected;
};

const Sequence sequences[] = {
    {"n*sin(1/n)", "1"},
    {"n^(1/n)", "1"},
    {"(1+1/n)^n", "e"},
    {"(n!)^(1/n)/n", "exp(-1)"},
    {"n!*exp(n)/(n^n*sqrt(n))", "sqrt(2*pi)"},
    {"n!/n^n", "0"},
    {"1000^n/n!", "0"},
    {"n^10/2^n", "0"},
    {"sqrt(n+1)-sqrt(n)", "0"},
    {"n*(sqrt(n^2+1)-n)", "1/2"},
    {"log(n)/n", "0"},
    {"1/log(n)", "0"},
    {"sin(n)/n", "0"},
    {"cos(pi*n)/n", "0"},
    {"cos(2*pi*n)", "1"},
    {"log(n)/n^0.1", "0"},
    {"0.999^n*n^3", "0"},
    {"n^100/1.01^n", "0"},
    {"2^n/n^100", "inf"},
    {"(2*n)!/(n!^2*4^n)*sqrt(n)", "1/sqrt(pi)"},
    {"sin(pi*n/4)/n", "0"},
    {"tanh(n-1000)", "1"},
    {"n^2", "inf"},
    {"-log(n)", "-inf"},
    {"cos(pi*n)", "DNE"},
    {"cos(pi*n)*n/(n+1)", "DNE"},
    {"n-floor(n/3)*3", "DNE"},
    {"sin(n)", "DNE"},
    {"cos(pi*n)*n", "DNE"},
};

struct Recurrence {
  const char* g;
  double start;
  const char* expected;
};

const Recurrence recurrences[] = {
    {"sqrt(2+x)", 1, "2"},
    {"cos(x)", 1, "0.73908513321516064165531208767387340401341175890076"},
    {"(x+2/x)/2", 1, "sqrt(2)"},
    {"x/2", 1, "0"},
    {"1+1/x", 1, "(1+sqrt(5))/2"},
    {"exp(-x)", 1, "0.56714329040978387299996866221035554975381578718651"},
    {"2.8*x*(1-x)", 0.3, "9/14"},
    {"x^2", 0.99, "0"},
    {"x^2", 1.01, "inf"},
    {"x+1", 0, "inf"},
    {"x+1/x", 1, "inf"},
    {"x+1/x^2", 1, "inf"},
    {"3-1/x", 1, "(3+sqrt(5))/2"},
    {"sqrt(2)^x", 1, "2"},
    {"-x/2", 1, "0"},
    {"-x", 1, "DNE"},
    {"1/x", 2, "DNE"},
    {"3.2*x*(1-x)", 0.3, "DNE"},
};

}  // namespace

TEST_CASE("sequence: limits in 50 digits", "[sequence]") {
  for (const Sequence& s : sequences) {
    INFO(s.a);
    check_verdict(sequence_limit(PreciseFunction(precise(s.a))), s.expected);
  }
}

TEST_CASE("sequence: doubles establish less, but nothing wrong", "[sequence]") {
  for (const Sequence& s : sequences) {
    INFO(s.a);
    check_not_wrong(sequence_limit([&](double n) { return formula<double>(s.a, n); }), s.expected);
  }
}

TEST_CASE("sequence: an overflow inside a formula is not taken for growth", "[sequence]") {
  const Sequence overflowing[] = {{"log(n!)/(n*log(n))", "1"}, {"n^100/1.01^n", "0"}};
  for (const Sequence& s : overflowing) {
    INFO(s.a);
    check_not_wrong(sequence_limit([&](double n) { return formula<double>(s.a, n); }), s.expected);
  }
}

TEST_CASE("sequence: one that costs n steps is asked for few members", "[sequence]") {
  double most = 0;
  const auto harmonic = [&](const auto& n) {
    using T = std::decay_t<decltype(n)>;
    most = std::max(most, static_cast<double>(n));
    T sum = 0;
    for (int k = 1; k <= n; ++k) sum += T(1) / k;
    return T(sum - log(n));
  };
  const LimitEstimate euler = sequence_limit(PreciseFunction(harmonic), {.largest_index = 4096});
  CHECK(most <= 4096);
  check_verdict(euler, "0.57721566490153286060651209008240243104215933593992");
}

TEST_CASE("recurrence: limits in 50 digits", "[sequence]") {
  for (const Recurrence& r : recurrences) {
    INFO(r.g);
    const auto g = [&](const auto& x, const auto&) {
      return formula<std::decay_t<decltype(x)>>(r.g, x);
    };
    check_verdict(recurrence_limit(PreciseRecurrence(g), HundredDigits(r.start)), r.expected);
    check_not_wrong(recurrence_limit(g, r.start), r.expected);
  }
}

TEST_CASE("recurrence: slow ones are right or not established", "[sequence]") {
  const Recurrence slow[] = {{"sin(x)", 1, "0"},
                             {"x-x^2", 0.5, "0"},
                             {"log(1+x)", 1, "0"},
                             {"3*x*(1-x)", 0.3, "2/3"},
                             {"3.9*x*(1-x)", 0.3, "DNE"},
                             {"-2*x", 1, "DNE"},
                             {"-0.9999*x", 1, "0"},
                             {"1.0001*x", 1, "inf"},
                             {"x+1-x/1e9", 0, "1e9"},
                             {"x+1/x-x/1e6", 1, "1000"},
                             {"x+0.001*x*(1-x/1e6)", 1, "1e6"},
                             {"x^2-2", 0.5, "DNE"}};
  for (const Recurrence& r : slow) {
    INFO(r.g);
    const auto g = [&](const auto& x, const auto&) {
      return formula<std::decay_t<decltype(x)>>(r.g, x);
    };
    check_not_wrong(recurrence_limit(PreciseRecurrence(g), HundredDigits(r.start)), r.expected);
    check_not_wrong(recurrence_limit(g, r.start), r.expected);
  }
}

TEST_CASE("recurrence: the index is the second argument", "[sequence]") {
  // xₙ = 1/0! + ... + 1/n! with the last term kept apart: x ↦ x + 1/(n+1)! through gamma.
  const auto g = [](const auto& x, const auto& n) {
    using std::tgamma;
    using T = std::decay_t<decltype(x)>;
    return T(x + 1 / tgamma(T(n + 2)));
  };
  check_verdict(recurrence_limit(PreciseRecurrence(g), HundredDigits(1), {.steps = 256}), "e");
}

TEST_CASE("sequence: nonsense is refused", "[sequence]") {
  const auto a = [](double n) { return 1 / n; };
  CHECK_THROWS_AS(sequence_limit(a, {.largest_index = 10}), DomainError);
  CHECK_THROWS_AS(sequence_limit(a, {.rel_tol = -1}), DomainError);
  const auto g = [](double x, double) { return x; };
  CHECK_THROWS_AS(recurrence_limit(g, std::nan("")), DomainError);
  CHECK_THROWS_AS(recurrence_limit(g, 1.0, {.steps = 3}), DomainError);
}
