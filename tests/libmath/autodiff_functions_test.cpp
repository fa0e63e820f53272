#include <algorithm>
#include <cmath>
#include <string>
#include <tuple>
#include <vector>

#include "mathtool/math/autodiff/dual.hpp"
#include "mathtool/math/autodiff/tape.hpp"
#include "mathtool/math/autodiff/taylor_series.hpp"
#include "mathtool/math/fifty_digits.hpp"
#include "support/catch.hpp"

using namespace mathtool::math;

namespace {

/// One generic lambda and the points at which it is tried.
template <class F>
struct Case {
  std::string name;
  F f;
  std::vector<double> points;
};
template <class F>
Case(std::string, F, std::vector<double>) -> Case<F>;

using std::abs, std::acos, std::acosh, std::asin, std::asinh, std::atan, std::atan2, std::atanh,
    std::cbrt, std::cos, std::cosh, std::erf, std::erfc, std::exp, std::expm1, std::fmod,
    std::hypot, std::lgamma, std::log, std::log10, std::log1p, std::log2, std::max, std::min,
    std::pow, std::sin, std::sinh, std::sqrt, std::tan, std::tanh, std::tgamma;

/// Every function, alone and in compositions whose inner derivatives are not those of x itself.
const auto cases = std::tuple{
    Case{"exp", [](const auto& x) { return exp(x); }, {-30.0, 0.0, 1.5}},
    Case{"expm1", [](const auto& x) { return expm1(x); }, {-30.0, 1e-4, 1.5}},
    Case{"log", [](const auto& x) { return log(x); }, {1e-6, 0.9, 40.0}},
    Case{"log1p", [](const auto& x) { return log1p(x); }, {-0.999, 1e-4, 4.0}},
    Case{"log2", [](const auto& x) { return log2(x); }, {0.1, 40.0}},
    Case{"log10", [](const auto& x) { return log10(x); }, {0.1, 40.0}},
    Case{"sqrt", [](const auto& x) { return sqrt(x); }, {1e-8, 2.0}},
    Case{"cbrt", [](const auto& x) { return cbrt(x); }, {-3.0, 1e-8, 2.0}},
    Case{"sin", [](const auto& x) { return sin(x); }, {-1.0, 0.0, 25.0}},
    Case{"cos", [](const auto& x) { return cos(x); }, {-1.0, 0.5, 25.0}},
    Case{"tan", [](const auto& x) { return tan(x); }, {-1.0, 0.0, 1.5}},
    Case{"asin", [](const auto& x) { return asin(x); }, {-0.9, 0.0, 0.999}},
    Case{"acos", [](const auto& x) { return acos(x); }, {-0.9, 0.0, 0.999}},
    Case{"atan", [](const auto& x) { return atan(x); }, {-0.9, 0.0, 30.0}},
    Case{"sinh", [](const auto& x) { return sinh(x); }, {-2.0, 0.0, 30.0}},
    Case{"cosh", [](const auto& x) { return cosh(x); }, {-2.0, 0.5, 30.0}},
    Case{"tanh", [](const auto& x) { return tanh(x); }, {-25.0, 0.0, 0.3, 25.0}},
    Case{"asinh", [](const auto& x) { return asinh(x); }, {-2.0, 0.0, 30.0}},
    Case{"acosh", [](const auto& x) { return acosh(x); }, {1.01, 30.0}},
    Case{"atanh", [](const auto& x) { return atanh(x); }, {-0.99, 0.0, 0.5}},
    Case{"erf", [](const auto& x) { return erf(x); }, {-3.0, 0.0, 0.5}},
    Case{"erfc", [](const auto& x) { return erfc(x); }, {-3.0, 0.5, 6.0}},
    Case{"tgamma", [](const auto& x) { return tgamma(x); }, {-1.5, 0.5, 1.0, 6.25}},
    Case{"lgamma", [](const auto& x) { return lgamma(x); }, {-1.5, 0.5, 6.25, 40.0}},
    Case{"abs", [](const auto& x) { return x * abs(x); }, {-2.0, 3.0}},
    Case{"power 2.5", [](const auto& x) { return pow(x, 2.5); }, {0.1, 4.0}},
    Case{"power 3", [](const auto& x) { return pow(x, 3); }, {-2.0, 1e-3, 4.0}},
    Case{"power -2", [](const auto& x) { return pow(x, -2); }, {-2.0, 0.1, 4.0}},
    Case{"power 40", [](const auto& x) { return pow(x, 40); }, {-0.9, 0.5, 1.1}},
    Case{"power of 3", [](const auto& x) { return pow(3.0, x); }, {-2.0, 0.5}},
    Case{"x^x", [](const auto& x) { return pow(x, x); }, {0.3, 1.0, 5.0}},
    Case{"hypot", [](const auto& x) { return hypot(x, x * x + 1); }, {-0.5, 2.0}},
    Case{"hypot with a constant", [](const auto& x) { return hypot(3.0, sin(x)); }, {0.5, 2.0}},
    Case{"atan2", [](const auto& x) { return atan2(sin(x), x + 1); }, {-3.0, 0.5}},
    Case{"atan2 with constants", [](const auto& x) { return atan2(x, 2.0) * atan2(-1.0, x); },
         {-3.0, 0.5}},
    Case{"fmod", [](const auto& x) { return x * fmod(x * x, x + 0.25); }, {1.2, 7.3}},
    Case{"min and max", [](const auto& x) { return max(sin(x), cos(x)) * min(x, x * x); },
         {0.5, 1.2, 3.0}},
    Case{"a rational function", [](const auto& x) { return (2 - x * x) / (1 + x / 3) - 1 / x; },
         {-1.0, 0.5, 4.0}},
    Case{"compound assignment",
         [](const auto& x) {
           auto y = x;
           y += 1.5, y *= x, y -= sin(x), y /= 2 + x * x, y += y, y *= 0.5;
           return -y;
         },
         {-1.0, 0.5, 4.0}},
    Case{"branches and loops",
         [](const auto& x) {
           auto y = x;
           for (int k = 1; k < 8 && y < 50; ++k) y = x > 1 ? y * x + k : y - x / k;
           return y;
         },
         {-1.0, 0.5, 4.0}},
    Case{"the complex-step test function",
         [](const auto& x) { return exp(x) / (pow(cos(x), 3) + pow(sin(x), 3)); },
         {0.5, 1.5}},
    Case{"compositions",
         [](const auto& x) {
           return log(1 + exp(sin(x))) * tanh(x * x) + erf(x) * sqrt(1 + sqrt(2 + cosh(x))) +
                  atan(exp(-x)) * lgamma(2 + x * x) + asinh(x) * pow(1 + x * x, sin(x));
         },
         {-1.0, 0.25, 1.5}}};

template <class Visit>
void for_all_cases(Visit visit) {
  std::apply([&](const auto&... each) { (visit(each), ...); }, cases);
}

/// The k-th derivative by symmetric differences of 50 digits at steps h and 2h, without the h²
/// term.
template <class F>
FiftyDigits difference(const F& f, const FiftyDigits& x, int k) {
  const auto stencil = [&](const FiftyDigits& h) {
    FiftyDigits sum = 0, binomial = 1;
    for (int j = 0; j <= k; ++j) {
      sum += binomial * f(FiftyDigits(x + (FiftyDigits(k) / 2 - j) * h));
      binomial = -binomial * (k - j) / (j + 1);
    }
    return FiftyDigits(sum / pow(h, k));
  };
  const FiftyDigits size = abs(x);
  const FiftyDigits h = FiftyDigits("1e-9") * (size > 0 && size < 1 ? size : FiftyDigits(1));
  return (4 * stencil(h) - stencil(2 * h)) / 3;
}

/// Relative to the derivative or, where that is small, to the function.
double error(double computed, const FiftyDigits& exact, double scale) {
  if (computed == exact) return 0;
  return std::abs(static_cast<double>(computed - exact)) /
         std::max(std::abs(static_cast<double>(exact)), scale);
}

}  // namespace

TEST_CASE("one lambda: dual numbers, tapes and series agree with differences in 50 digits") {
  for_all_cases([](const auto& test) {
    for (const double at : test.points) {
      INFO(test.name << " at " << at);
      const auto& f = test.f;
      const double y = f(at), scale = std::abs(y);
      const FiftyDigits x(at), first = difference(f, x, 1), second = difference(f, x, 2);

      const Dual<> forward = f(Dual<>::variable(at));
      CHECK(forward.value() == y);
      CHECK(error(forward.derivative(), first, scale) < 2e-14);

      Tape<> tape;
      const Var<> reverse = f(tape.variables(Numbers<double>::Constant(1, at))[0]);
      CHECK(reverse.value() == y);
      CHECK(error(tape.gradient(reverse)[0], first, scale) < 2e-14);

      using Nested = Dual<Dual<>>;
      const Nested nested = f(Nested::variable(Dual<>::variable(at)));
      CHECK(error(nested.value().derivative(), first, scale) < 2e-14);
      CHECK(error(nested.derivative().derivative(), second, scale) < 1e-13);

      Tape<Dual<>> deep;
      const Numbers<Dual<>> variables = Numbers<Dual<>>::Constant(1, Dual<>::variable(at));
      const Var<Dual<>> over = f(deep.variables(variables)[0]);
      CHECK(error(deep.gradient(over)[0].derivative(), second, scale) < 1e-13);

      const TaylorSeries<> series = f(TaylorSeries<>::variable(at, 3));
      CHECK(error(series.value(), FiftyDigits(y), scale) < 1e-14);
      CHECK(error(series.derivative(1), first, scale) < 1e-13);
      CHECK(error(series.derivative(2), second, scale) < 1e-13);
      CHECK(error(series.derivative(3), difference(f, x, 3), scale) < 1e-12);
    }
  });
}

TEST_CASE("one lambda: dual numbers and series of 50 digits agree with differences to 22") {
  const auto& f = std::get<std::tuple_size_v<decltype(cases)> - 1>(cases).f;
  const FiftyDigits x("0.3");
  const auto series = f(TaylorSeries<FiftyDigits>::variable(x, 2));
  const auto forward = f(Dual<FiftyDigits>::variable(x));
  const FiftyDigits first = difference(f, x, 1), second = difference(f, x, 2);
  CHECK(abs(forward.derivative() - first) < 1e-22 * abs(first));
  CHECK(abs(series.derivative(1) - first) < 1e-22 * abs(first));
  CHECK(abs(series.derivative(2) - second) < 1e-22 * abs(second));
}
