// The price of a gradient of 1,000 variables: in evaluations of the function itself where it calls
// functions, in nanoseconds for each recorded operation where it only computes.

#include <benchmark/benchmark.h>

#include <cmath>

#include "mathtool/math/autodiff/gradient.hpp"
#include "mathtool/math/autodiff/hessian.hpp"

using namespace mathtool;
using namespace mathtool::math;

namespace {

/// Three calls for each variable.
const auto calls = [](const auto& x) {
  using std::exp, std::log, std::sin;
  auto sum = sin(x[0]);
  for (Index i = 1; i < x.size(); ++i) sum += sin(x[i]) * exp(x[i - 1]) + log(x[i] + 2.0);
  return sum;
};

/// Rosenbrock's valley.
const auto valley = [](const auto& x) {
  auto sum = 0.0 * x[0];
  for (Index i = 1; i < x.size(); ++i) {
    const auto bend = x[i] - x[i - 1] * x[i - 1], rest = 1.0 - x[i - 1];
    sum += 100.0 * bend * bend + rest * rest;
  }
  return sum;
};
constexpr double valley_operations = 8;  ///< for each variable

/// The worst case for a tape: little but a chain of sums, each waiting for the one before.
const auto square = [](const auto& x) {
  auto sum = 0.0 * x[0];
  for (Index i = 0; i < x.size(); ++i) sum += x[i] * x[i];
  return sum;
};
constexpr double square_operations = 2;

Vec point(const benchmark::State& state) { return Vec::LinSpaced(state.range(0), -0.9, 1.3); }

template <class F>
void function_itself(benchmark::State& state, const F& f) {
  const Vec x = point(state);
  for (auto _ : state) {
    benchmark::ClobberMemory();
    benchmark::DoNotOptimize(f(x));
  }
}

template <class F>
void gradient_on_tape(benchmark::State& state, const F& f, double operations) {
  const Vec x = point(state);
  Vec slope(x.size());
  Tape<> tape;
  for (auto _ : state) benchmark::DoNotOptimize(detail::reverse_gradient(f, x, slope, tape));
  state.counters["per_operation"] = benchmark::Counter(
      operations * static_cast<double>(x.size()),
      benchmark::Counter::kIsIterationInvariantRate | benchmark::Counter::kInvert);
}

template <class F>
void gradient_forward(benchmark::State& state, const F& f) {
  const Vec x = point(state);
  Vec slope(x.size());
  for (auto _ : state) benchmark::DoNotOptimize(detail::forward_gradient(f, x, slope));
}

/// With a tape of its own, whose memory is new each time.
template <class F>
void gradient_from_nothing(benchmark::State& state, const F& f) {
  const Vec x = point(state);
  for (auto _ : state) benchmark::DoNotOptimize(gradient(f, x));
}

template <class F>
void product_with_hessian(benchmark::State& state, const F& f) {
  const Vec x = point(state);
  for (auto _ : state) benchmark::DoNotOptimize(hessian_vector(f, x, x));
}

/// What the same gradient costs by central differences: 2n evaluations.
template <class F>
void gradient_by_differences(benchmark::State& state, const F& f) {
  Vec x = point(state), slope(x.size());
  for (auto _ : state) {
    for (Index i = 0; i < x.size(); ++i) {
      const double at = x[i], step = 1e-6;
      x[i] = at + step;
      const double above = f(x);
      x[i] = at - step;
      slope[i] = (above - f(x)) / (2 * step);
      x[i] = at;
    }
    benchmark::DoNotOptimize(slope.data());
  }
}

BENCHMARK_CAPTURE(function_itself, calls, calls)->Arg(1000);
BENCHMARK_CAPTURE(gradient_on_tape, calls, calls, 7)->Arg(1000);
BENCHMARK_CAPTURE(gradient_from_nothing, calls, calls)->Arg(1000);
BENCHMARK_CAPTURE(product_with_hessian, calls, calls)->Arg(1000);
BENCHMARK_CAPTURE(gradient_by_differences, calls, calls)->Arg(1000);
BENCHMARK_CAPTURE(function_itself, valley, valley)->Arg(1000)->Arg(100000);
BENCHMARK_CAPTURE(gradient_on_tape, valley, valley, valley_operations)->Arg(1000)->Arg(100000);
BENCHMARK_CAPTURE(gradient_on_tape, square, square, square_operations)->Arg(1000)->Arg(100000);
BENCHMARK_CAPTURE(gradient_forward, valley, valley)->Arg(4)->Arg(8)->Arg(12)->Arg(16);
BENCHMARK_CAPTURE(gradient_on_tape, valley, valley, valley_operations)->Arg(4)->Arg(12)->Arg(16);
BENCHMARK_CAPTURE(gradient_forward, calls, calls)->Arg(4)->Arg(8)->Arg(12)->Arg(16);
BENCHMARK_CAPTURE(gradient_on_tape, calls, calls, 7)->Arg(4)->Arg(8)->Arg(12)->Arg(16);

}  // namespace
