// Symmetric eigenproblems: all pairs and the leading ten, beside Eigen's own solver.

#include <benchmark/benchmark.h>

#include <Eigen/Eigenvalues>

#include "bench/random_rows.hpp"
#include "mathtool/math/symmetric_eigen.hpp"

namespace {

using namespace mathtool;

Mat random_covariance(Index p) {
  const Mat X = bench::random_rows(2 * p, p);
  return X.transpose() * X;
}

void all_pairs(benchmark::State& state) {
  const Mat C = random_covariance(state.range(0));
  for (auto _ : state) benchmark::DoNotOptimize(math::symmetric_eigen(C));
}

void leading_ten(benchmark::State& state) {
  const Mat C = random_covariance(state.range(0));
  for (auto _ : state) benchmark::DoNotOptimize(math::symmetric_eigen(C, {.leading = 10}));
}

void eigen_all_pairs(benchmark::State& state) {
  const Mat C = random_covariance(state.range(0));
  for (auto _ : state)
    benchmark::DoNotOptimize(Eigen::SelfAdjointEigenSolver<Mat>(C).eigenvalues());
}

BENCHMARK(all_pairs)->Arg(4)->Arg(20)->Arg(64)->Arg(200)->Arg(1000)->Unit(benchmark::kMillisecond);
BENCHMARK(leading_ten)->Arg(1000)->Arg(2000)->Unit(benchmark::kMillisecond);
BENCHMARK(eigen_all_pairs)
    ->Arg(4)
    ->Arg(20)
    ->Arg(64)
    ->Arg(200)
    ->Arg(1000)
    ->Unit(benchmark::kMillisecond);

}  // namespace
