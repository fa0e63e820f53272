// Prints what the principal components of a table explain: explain iris.csv

#include <cstdio>

#include "mathtool/data/missing.hpp"
#include "mathtool/data/table_reader.hpp"
#include "mathtool/math/error.hpp"
#include "mathtool/stats/pca.hpp"

using namespace mathtool;

namespace {

/// All numeric columns, in one pass and in memory that does not grow with the rows.
stats::Covariance covariance_of(data::TableReader& table) {
  stats::Covariance covariance;
  table.read({.numbers = table.schema().columns_of(data::ColumnType::numeric)},
             [&](data::RowBlock&& block) {
               data::drop_incomplete_rows(block);
               covariance.push_rows(block.numbers);
             });
  return covariance;
}

void print(const stats::Pca& pca) {
  std::printf("%td rows, %td columns\n", static_cast<Index>(pca.observations), pca.input_size());
  const Vec share = pca.explained_ratio();
  for (Index k = 0; k < share.size(); ++k) std::printf("PC%td %6.2f %%\n", k + 1, 100 * share[k]);
}

}  // namespace

int main(int argc, char* argv[]) try {
  if (argc != 2) {
    std::fprintf(stderr, "usage: explain FILE\n");
    return 2;
  }
  data::TableReader table(data::Input::open(argv[1]));
  print(stats::fit_pca(covariance_of(table)));

  // A matrix in memory needs no table: four points on the line y = 2x.
  Mat points(4, 2);
  points << 0, 0, 1, 2, 2, 4, 3, 6;
  print(stats::fit_pca(points, {.components = 1}));
} catch (const Error& error) {
  std::fprintf(stderr, "explain: %s\n", error.what());
  return 1;
}
