// Whole processes on a table of 1,000,000 x 20 numbers: `mathtool pca` beside R, which reads by
// data.table::fread and takes eigen(cov(X)). The file is made in the temporary folder and kept
// there.

#include <benchmark/benchmark.h>

#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "bench/random_rows.hpp"
#include "mathtool/data/csv_format.hpp"

namespace {

using namespace mathtool;

std::string table_file() {
  const auto path = std::filesystem::temp_directory_path() / "mathtool-bench-1000000x20.csv";
  if (std::filesystem::exists(path)) return path;
  constexpr Index p = 20, rows_at_once = 10'000;
  const RowMat rows = bench::random_rows(rows_at_once, p);
  std::ofstream file(path);
  for (Index j = 0; j < p; ++j) file << (j ? ",x" : "x") << j + 1;
  file << '\n';
  for (int block = 0; block < 100; ++block) {
    std::string text;
    for (Index i = 0; i < rows_at_once; ++i)
      for (Index j = 0; j < p; ++j) {
        if (j > 0) text += ',';
        // Six decimals, as measurements have; shifted from block to block so that none repeats.
        data::append_number(text, std::round(1e6 * (rows(i, j) + block * 0.01)) / 1e6);
        if (j == p - 1) text += '\n';
      }
    file << text;
  }
  return path;
}

void run(benchmark::State& state, const std::string& command) {
  for (auto _ : state)
    if (std::system(command.c_str()) != 0) state.SkipWithError("the command failed");
}

void pca_mathtool(benchmark::State& state) {
  run(state, MATHTOOL_PROGRAM " pca -k 10 " + table_file() + " > /dev/null");
}

void pca_r(benchmark::State& state) {
  const std::string script =
      "suppressPackageStartupMessages(library(data.table)); setDTthreads(0); X <- "
      "as.matrix(fread('" +
      table_file() + "')); e <- eigen(cov(X), symmetric = TRUE); print(e$values[1:10])";
  run(state, "Rscript -e \"" + script + "\" > /dev/null 2>&1");
}

BENCHMARK(pca_mathtool)->UseRealTime()->Unit(benchmark::kMillisecond)->Iterations(5);
BENCHMARK(pca_r)->UseRealTime()->Unit(benchmark::kMillisecond)->Iterations(3);

}  // namespace
