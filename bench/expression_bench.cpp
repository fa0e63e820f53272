#include <benchmark/benchmark.h>

#include <cmath>
#include <vector>

#include "mathtool/math/expression/block_evaluator.hpp"
#include "mathtool/math/expression/parse_expression.hpp"

// A formula of some 20 operations on a million points, beside the same formula in C++.

namespace {

using namespace mathtool;

constexpr std::size_t points = 1'000'000;

std::vector<double> abscissas() {
  std::vector<double> x(points);
  for (std::size_t i = 0; i < points; ++i) x[i] = 0.1 + 1e-6 * static_cast<double>(i);
  return x;
}

constexpr const char* arithmetic =
    "((x+1)*(x-2)+3*x*x-x/4+5)*(x+6)/(x+7)-(x-8)*(x*9+10)/(x+11)+12*x";
double in_arithmetic(double x) {
  return ((x + 1) * (x - 2) + 3 * x * x - x / 4 + 5) * (x + 6) / (x + 7) -
         (x - 8) * (x * 9 + 10) / (x + 11) + 12 * x;
}

constexpr const char* transcendental =
    "sin(x)*exp(-x/2)+log(x+1)*(x-2)-cos(3*x)/(x+4)+5*x*x-6*x+7/(x+8)";
double in_transcendental(double x) {
  return std::sin(x) * std::exp(-x / 2) + std::log(x + 1) * (x - 2) - std::cos(3 * x) / (x + 4) +
         5 * x * x - 6 * x + 7 / (x + 8);
}

void evaluate(benchmark::State& state, const char* text) {
  const std::vector<math::VariableType> variables{{.name = "x"}};
  const math::BlockEvaluator evaluator(math::parse_expression(text).expression, variables);
  const std::vector<double> x = abscissas();
  std::vector<double> y(points);
  const std::vector<math::ValueColumn> columns{math::NumberColumn{x.data(), 1}};
  math::BlockEvaluator::Scratch scratch;
  for (auto _ : state) {
    evaluator.evaluate(columns, y, scratch);
    benchmark::ClobberMemory();
  }
}

/// `f` is inlined, so that the compiler can make of the loop what it likes.
template <class F>
void loop(benchmark::State& state, F f) {
  const std::vector<double> x = abscissas();
  std::vector<double> y(points);
  for (auto _ : state) {
    for (std::size_t i = 0; i < points; ++i) y[i] = f(x[i]);
    benchmark::ClobberMemory();
  }
}

void arithmetic_formula(benchmark::State& state) { evaluate(state, arithmetic); }
void arithmetic_in_cpp(benchmark::State& state) {
  loop(state, [](double x) { return in_arithmetic(x); });
}
void transcendental_formula(benchmark::State& state) { evaluate(state, transcendental); }
void transcendental_in_cpp(benchmark::State& state) {
  loop(state, [](double x) { return in_transcendental(x); });
}

BENCHMARK(arithmetic_formula)->Unit(benchmark::kMillisecond);
BENCHMARK(arithmetic_in_cpp)->Unit(benchmark::kMillisecond);
BENCHMARK(transcendental_formula)->Unit(benchmark::kMillisecond);
BENCHMARK(transcendental_in_cpp)->Unit(benchmark::kMillisecond);

}  // namespace
