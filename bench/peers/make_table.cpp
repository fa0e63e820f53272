// Writes a table of numbers with a spectrum worth analysing: a few factors of falling strength,
// noise and a mean for each column, six significant digits. The bytes are the same on every
// machine.
//
//     make_table ROWS COLUMNS FILE

#include <fmt/format.h>

#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <iterator>
#include <numbers>
#include <vector>

#include "mathtool/math/random/uniform.hpp"

namespace {

using mathtool::math::Philox;
using mathtool::math::uniform;

/// Box and Muller: slow and simple.
double normal(Philox& random) {
  const double radius = std::sqrt(-2 * std::log(1 - uniform(random)));
  return radius * std::cos(2 * std::numbers::pi * uniform(random));
}

}  // namespace

int main(int count, char** words) {
  if (count != 4) {
    std::fputs("usage: make_table ROWS COLUMNS FILE\n", stderr);
    return 2;
  }
  const long rows = std::atol(words[1]), columns = std::atol(words[2]);
  constexpr long factors = 12;
  Philox random(0, 0);
  const auto p = static_cast<std::size_t>(columns);
  std::vector<double> loadings(factors * p), means(p);
  for (std::size_t i = 0; i < loadings.size(); ++i)
    loadings[i] = 3 * normal(random) * std::pow(0.75, static_cast<double>(i / p));
  for (double& mean : means) mean = 10 * normal(random);

  std::FILE* file = std::fopen(words[3], "wb");
  if (!file) {
    std::perror(words[3]);
    return 1;
  }
  fmt::memory_buffer text;
  for (long j = 1; j <= columns; ++j)
    fmt::format_to(std::back_inserter(text), "x{}{}", j, j < columns ? ',' : '\n');
  for (long i = 0; i < rows; ++i) {
    double scores[factors];
    for (double& score : scores) score = normal(random);
    for (std::size_t j = 0; j < p; ++j) {
      double x = means[j] + normal(random);
      for (std::size_t f = 0; f < factors; ++f) x += scores[f] * loadings[f * p + j];
      fmt::format_to(std::back_inserter(text), "{:.6g}{}", x, j + 1 < p ? ',' : '\n');
    }
    if (text.size() > 1 << 20 || i + 1 == rows) {
      std::fwrite(text.data(), 1, text.size(), file);
      text.clear();
    }
  }
  return std::fclose(file) == 0 ? 0 : 1;
}
