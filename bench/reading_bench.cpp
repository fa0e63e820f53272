// Reading a table of text into blocks of doubles, beside std::strtod on the same bytes, and writing
// doubles, beside std::to_chars.

#include <benchmark/benchmark.h>

#include <charconv>
#include <cstdlib>

#include "bench/random_rows.hpp"
#include "mathtool/data/csv_format.hpp"
#include "mathtool/data/table_reader.hpp"

namespace {

using namespace mathtool;

std::string table_text(Index n, Index p) {
  const RowMat rows = bench::random_rows(n, p);
  std::string text;
  for (Index j = 0; j < p; ++j) text += (j ? ",x" : "x") + std::to_string(j + 1);
  for (Index i = 0; i < n; ++i)
    for (Index j = 0; j < p; ++j) {
      text += j ? ',' : '\n';
      data::append_number(text, rows(i, j));
    }
  return text + "\n";
}

void table_reader(benchmark::State& state) {
  const std::string text = table_text(20'000, 20);
  for (auto _ : state) {
    data::TableReader reader(data::Input::from_text(text));
    double sum = 0.0;
    reader.read({.numbers = reader.schema().columns_of(data::ColumnType::numeric)},
                [&](data::RowBlock&& block) { sum += block.numbers.sum(); },
                {.threads = static_cast<int>(state.range(0))});
    benchmark::DoNotOptimize(sum);
  }
  state.SetBytesProcessed(state.iterations() * std::ssize(text));
}

void plain_strtod(benchmark::State& state) {
  const std::string text = table_text(20'000, 20);
  for (auto _ : state) {
    double sum = 0.0;
    const char* at = text.c_str() + text.find('\n') + 1;
    while (*at) {
      char* end = nullptr;
      sum += std::strtod(at, &end);
      at = end + 1;
    }
    benchmark::DoNotOptimize(sum);
  }
  state.SetBytesProcessed(state.iterations() * std::ssize(text));
}

void append_number(benchmark::State& state) {
  const RowMat rows = bench::random_rows(1000, 20);
  std::string text;
  for (auto _ : state) {
    text.clear();
    for (const double x : rows.reshaped()) data::append_number(text, x);
    benchmark::DoNotOptimize(text.data());
  }
  state.SetItemsProcessed(state.iterations() * rows.size());
}

void plain_to_chars(benchmark::State& state) {
  const RowMat rows = bench::random_rows(1000, 20);
  std::string text;
  for (auto _ : state) {
    text.clear();
    char digits[32];
    for (const double x : rows.reshaped())
      text.append(digits, std::to_chars(digits, digits + sizeof digits, x).ptr);
    benchmark::DoNotOptimize(text.data());
  }
  state.SetItemsProcessed(state.iterations() * rows.size());
}

BENCHMARK(table_reader)->Arg(1)->Arg(2)->UseRealTime()->Unit(benchmark::kMillisecond);
BENCHMARK(plain_strtod)->UseRealTime()->Unit(benchmark::kMillisecond);
BENCHMARK(append_number)->Unit(benchmark::kMicrosecond);
BENCHMARK(plain_to_chars)->Unit(benchmark::kMicrosecond);

}  // namespace
