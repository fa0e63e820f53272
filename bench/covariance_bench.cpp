// Accumulating a covariance, beside Eigen's symmetric rank update on rows that are already centred:
// the arithmetic alone, without means and merging.

#include <benchmark/benchmark.h>

#include "bench/random_rows.hpp"
#include "mathtool/stats/accumulators/covariance.hpp"

namespace {

using namespace mathtool;

constexpr Index numbers = 4'000'000;

void accumulate(benchmark::State& state, int threads) {
  const Index p = state.range(0);
  const RowMat rows = bench::random_rows(numbers / p, p);
  for (auto _ : state) {
    stats::Covariance covariance(p, threads);
    covariance.push_rows(rows);
    benchmark::DoNotOptimize(covariance.matrix());
  }
  state.SetBytesProcessed(state.iterations() * rows.size() * 8);
}

void covariance_one_thread(benchmark::State& state) { accumulate(state, 1); }
void covariance_all_threads(benchmark::State& state) { accumulate(state, 0); }

void eigen_rank_update(benchmark::State& state) {
  const Index p = state.range(0);
  const RowMat rows = bench::random_rows(numbers / p, p);
  for (auto _ : state) {
    Mat C = Mat::Zero(p, p);
    C.selfadjointView<Eigen::Lower>().rankUpdate(rows.transpose());
    benchmark::DoNotOptimize(C.data());
  }
  state.SetBytesProcessed(state.iterations() * rows.size() * 8);
}

BENCHMARK(covariance_one_thread)->Arg(4)->Arg(20)->Arg(64)->Arg(200)->Arg(1000)->UseRealTime();
BENCHMARK(covariance_all_threads)->Arg(1000)->UseRealTime();
BENCHMARK(eigen_rank_update)->Arg(4)->Arg(20)->Arg(64)->Arg(200)->Arg(1000)->UseRealTime();

}  // namespace
