// Tensors and least squares, beside the plainest loops over the same memory and Eigen's own
// kernels.

#include <benchmark/benchmark.h>

#include <Eigen/QR>
#include <vector>

#include "bench/random_rows.hpp"
#include "mathtool/math/linear_algebra/least_squares.hpp"
#include "mathtool/math/tensor/arithmetic.hpp"
#include "mathtool/math/tensor/matmul.hpp"
#include "mathtool/math/tensor/reduction.hpp"

namespace {

using namespace mathtool;
using math::Shape;
using math::Tensor;

constexpr Index rows = 1000;

Tensor<double> table(Index columns) {
  return math::arange<double>(rows * columns).reshape({rows, columns});
}

/// Elements per second; 24 bytes of memory each for a sum of two tensors.
void count(benchmark::State& state, Index elements) {
  state.SetItemsProcessed(static_cast<std::int64_t>(state.iterations()) * elements);
}

void add_in_place(benchmark::State& state) {
  Tensor<double> a = table(state.range(0));
  const Tensor<double> b = a;
  for (auto _ : state) {
    a += b;
    benchmark::ClobberMemory();
  }
  count(state, a.size());
}

void add_in_place_loop(benchmark::State& state) {
  Tensor<double> a = table(state.range(0));
  const Tensor<double> b = a;
  for (auto _ : state) {
    double* x = a.data();
    const double* y = b.data();
    for (Index i = 0; i < a.size(); ++i) x[i] += y[i];
    benchmark::ClobberMemory();
  }
  count(state, a.size());
}

void add_row_to_each(benchmark::State& state) {
  Tensor<double> a = table(state.range(0));
  const Tensor<double> row = math::arange<double>(state.range(0));
  for (auto _ : state) {
    a += row;
    benchmark::ClobberMemory();
  }
  count(state, a.size());
}

void sum_of_all(benchmark::State& state) {
  const Tensor<double> a = table(state.range(0));
  for (auto _ : state) benchmark::DoNotOptimize(math::sum(a));
  count(state, a.size());
}

void sum_of_all_eigen(benchmark::State& state) {
  const Tensor<double> a = table(state.range(0));
  for (auto _ : state) benchmark::DoNotOptimize(Eigen::Map<const Vec>(a.data(), a.size()).sum());
  count(state, a.size());
}

void sum_of_columns(benchmark::State& state) {
  const Tensor<double> a = table(state.range(0));
  for (auto _ : state) benchmark::DoNotOptimize(math::sum(a, {.axes = {0}}));
  count(state, a.size());
}

void max_of_rows(benchmark::State& state) {
  const Tensor<double> a = table(state.range(0));
  for (auto _ : state) benchmark::DoNotOptimize(math::max(a, {.axes = {1}}));
  count(state, a.size());
}

template <class T>
void matmul(benchmark::State& state) {
  const Index n = state.range(0);
  const Tensor<T> a(Shape{n, n}, T{1}), b(Shape{n, n}, T{2});
  for (auto _ : state) benchmark::DoNotOptimize(math::matmul(a, b));
  count(state, n * n * n);
}

template <class T>
void matmul_eigen(benchmark::State& state) {
  using Matrix = Eigen::Matrix<T, Eigen::Dynamic, Eigen::Dynamic>;
  const Index n = state.range(0);
  const Matrix a = Matrix::Constant(n, n, T{1}), b = Matrix::Constant(n, n, T{2});
  for (auto _ : state) benchmark::DoNotOptimize((a * b).eval());
  count(state, n * n * n);
}

void least_squares(benchmark::State& state) {
  const Mat X = bench::random_rows(state.range(0), 20);
  const Vec y = bench::random_rows(state.range(0), 1);
  for (auto _ : state) benchmark::DoNotOptimize(math::least_squares(X, y));
}

/// The same fit in plain double precision, without errors and rank.
void least_squares_eigen(benchmark::State& state) {
  const Mat X = bench::random_rows(state.range(0), 20);
  const Vec y = bench::random_rows(state.range(0), 1);
  for (auto _ : state) benchmark::DoNotOptimize(Eigen::HouseholderQR<Mat>(X).solve(y).eval());
}

BENCHMARK(add_in_place)->Arg(100)->Arg(10'000);
BENCHMARK(add_in_place_loop)->Arg(100)->Arg(10'000);
BENCHMARK(add_row_to_each)->Arg(3)->Arg(100)->Arg(10'000);
BENCHMARK(sum_of_all)->Arg(100)->Arg(10'000);
BENCHMARK(sum_of_all_eigen)->Arg(100)->Arg(10'000);
BENCHMARK(sum_of_columns)->Arg(3)->Arg(100)->Arg(10'000);
BENCHMARK(max_of_rows)->Arg(3)->Arg(100)->Arg(10'000);
BENCHMARK(matmul<double>)->Arg(16)->Arg(512);
BENCHMARK(matmul_eigen<double>)->Arg(16)->Arg(512);
BENCHMARK(matmul<float>)->Arg(16)->Arg(512);
BENCHMARK(matmul_eigen<float>)->Arg(16)->Arg(512);
BENCHMARK(least_squares)->Arg(100'000)->Unit(benchmark::kMillisecond);
BENCHMARK(least_squares_eigen)->Arg(100'000)->Unit(benchmark::kMillisecond);

}  // namespace
