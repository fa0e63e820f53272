// What a summary costs for each value of a column in memory; rank correlations for each value of a
// pair of columns.

#include <benchmark/benchmark.h>

#include <algorithm>
#include <span>

#include "bench/random_rows.hpp"
#include "mathtool/stats/accumulators/distinct_count.hpp"
#include "mathtool/stats/accumulators/extrema.hpp"
#include "mathtool/stats/accumulators/histogram.hpp"
#include "mathtool/stats/accumulators/moments.hpp"
#include "mathtool/stats/accumulators/quantiles.hpp"
#include "mathtool/stats/histogram_edges.hpp"
#include "mathtool/stats/rank_correlation.hpp"

namespace {

using namespace mathtool;

constexpr Index million = 1'000'000;
constexpr std::size_t block = 1024;  // values that arrive at a time, as from a reader

/// Nanoseconds for each of so many values, as Google Benchmark shows them.
void report(benchmark::State& state, Index values) {
  state.counters["per_value"] =
      benchmark::Counter(static_cast<double>(state.iterations() * values),
                         benchmark::Counter::kIsRate | benchmark::Counter::kInvert);
}

template <class A, class Read>
void summarize(benchmark::State& state, Index values, const A& start, const Read& read) {
  const RowMat column = bench::random_rows(values, 1);
  const std::span<const double> x(column.data(), static_cast<std::size_t>(values));
  for (auto _ : state) {
    A summary = start;
    for (std::size_t first = 0; first < x.size(); first += block)
      summary.push(x.subspan(first, std::min(block, x.size() - first)));
    benchmark::DoNotOptimize(read(summary));
  }
  report(state, values);
}

void moments(benchmark::State& state) {
  summarize(state, million, stats::Moments(), [](const auto& m) { return m.kurtosis(); });
}

void extrema(benchmark::State& state) {
  summarize(state, million, stats::Extrema(), [](const auto& e) { return e.max(); });
}

double quartiles(const stats::Quantiles& q) {
  const double shares[] = {0.25, 0.5, 0.75};
  return q.quantiles(shares)[1] + q.median_absolute_deviation();
}

void quantiles_exact(benchmark::State& state) {
  summarize(state, million, stats::Quantiles(), quartiles);
}

void quantiles_sketch(benchmark::State& state) {
  summarize(state, 16 * million, stats::Quantiles(), quartiles);
}

void histogram(benchmark::State& state) {
  const stats::Histogram bins(
      stats::histogram_edges({.count = million, .min = 0, .max = 1, .quartile_range = 0.5}));
  summarize(state, million, bins, [](const auto& h) { return h.counts()[0]; });
}

void distinct_count(benchmark::State& state, double levels) {
  const RowMat column = (levels * bench::random_rows(million, 1)).array().floor();
  for (auto _ : state) {
    stats::DistinctCount count;
    for (Index i = 0; i < million; ++i) count.push(column.data()[i]);
    benchmark::DoNotOptimize(count.distinct());
  }
  report(state, million);
}

/// All pairs of ten columns, on one thread.
template <stats::Correlation (*correlate)(const MatRef&, const stats::RankCorrelationOptions&)>
void ranks(benchmark::State& state) {
  const Index n = state.range(0), p = 10;
  const Mat X = bench::random_rows(n, p);
  for (auto _ : state) benchmark::DoNotOptimize(correlate(X, {.threads = 1}).r.sum());
  report(state, n * p * (p - 1) / 2);
}

BENCHMARK(moments);
BENCHMARK(extrema);
BENCHMARK(quantiles_exact);
BENCHMARK(quantiles_sketch);
BENCHMARK(histogram);
BENCHMARK_CAPTURE(distinct_count, exact, 1000.0);
BENCHMARK_CAPTURE(distinct_count, sketch, 1e15);
BENCHMARK_TEMPLATE(ranks, stats::spearman_correlation)->Arg(1000)->Arg(100000);
BENCHMARK_TEMPLATE(ranks, stats::kendall_correlation)->Arg(1000)->Arg(100000);

}  // namespace
