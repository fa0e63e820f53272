#pragma once

#include <algorithm>
#include <cmath>
#include <vector>

#include "mathtool/math/function_ref.hpp"
#include "mathtool/math/types.hpp"

namespace mathtool::stats {

/// What Cholesky's factorisation of the normal equations gives.
template <class T>
struct NormalSolution {
  std::vector<Index> kept, dependent;
  std::vector<T> coefficients;  ///< p; 0 where left out
  Mat root;                     ///< p × kept, rows left out are 0
  T rss{};
  std::vector<double> distances = {};  ///< of the kept columns from those before them, relative
  double least_distance =
      1.0;  ///< of them; 0 where a column was left out that another look may keep
  double distance_of_y = 1.0;  ///< of y from all of them, relative
};

struct NormalOptions {
  /// A column is left out when its squared distance from those before it is ≤ this share of its
  /// squared length.
  double squared_tolerance = 1e-26;
  std::vector<Index> apart = {};  ///< columns that are left out in any case
};

/// Solves G b = g for the Gram matrix of p columns and y, which stands last.
/// Ref: Higham, Accuracy and Stability of Numerical Algorithms (2002), §10.
template <class T>
NormalSolution<T> solve_normal_equations(Index p, FunctionRef<T(Index, Index)> gram,
                                         FunctionRef<double(Index)> squared_length,
                                         const NormalOptions& options = {}) {
  using std::sqrt;
  const double tolerance = options.squared_tolerance;
  NormalSolution<T> solution;
  std::vector<std::vector<T>> L;  // row k: of the k-th kept column, up to its diagonal
  solution.coefficients.resize(static_cast<std::size_t>(p));
  const auto reduce = [&](Index j, std::vector<T>& row) {
    T rest = gram(j, j);
    for (std::size_t k = 0; k < solution.kept.size(); ++k) {
      T entry = gram(j, solution.kept[k]);
      for (std::size_t m = 0; m < k; ++m) entry = entry - row[m] * L[k][m];
      entry = entry / L[k][k];
      row.push_back(entry);
      rest = rest - entry * entry;
    }
    return rest;
  };
  for (Index j = 0; j < p; ++j) {
    std::vector<T> row;
    const T rest = reduce(j, row);
    const double whole = static_cast<double>(gram(j, j)), left = static_cast<double>(rest);
    const bool apart =
        std::find(options.apart.begin(), options.apart.end(), j) != options.apart.end();
    if (apart || !(left > tolerance * squared_length(j)) || !(left > 0)) {
      solution.dependent.push_back(j);
      // In doubles a rest of rounding looks like none: whoever can should look again.
      if (!apart && whole > tolerance * squared_length(j)) solution.least_distance = 0;
      continue;
    }
    solution.distances.push_back(std::sqrt(left / whole));
    solution.least_distance = std::min(solution.least_distance, solution.distances.back());
    row.push_back(sqrt(rest));
    L.push_back(std::move(row));
    solution.kept.push_back(j);
  }
  std::vector<T> z;  // L z = g
  solution.rss = reduce(p, z);
  const double whole = static_cast<double>(gram(p, p));
  if (!(static_cast<double>(solution.rss) > 0)) solution.rss = T{};
  solution.distance_of_y = whole > 0 ? std::sqrt(static_cast<double>(solution.rss) / whole) : 0;
  const std::size_t rank = solution.kept.size();
  for (std::size_t k = rank; k-- > 0;) {
    T b = z[k];
    for (std::size_t m = k + 1; m < rank; ++m)
      b = b - L[m][k] * solution.coefficients[static_cast<std::size_t>(solution.kept[m])];
    solution.coefficients[static_cast<std::size_t>(solution.kept[k])] = b / L[k][k];
  }
  solution.root = Mat::Zero(p, static_cast<Index>(rank));  // of the inverse: L⁻ᵀ
  for (std::size_t c = 0; c < rank; ++c) {
    std::vector<T> column(rank);
    column[c] = T{1.0} / L[c][c];
    for (std::size_t k = c; k-- > 0;) {
      T sum{};
      for (std::size_t m = k + 1; m <= c; ++m) sum = sum + L[m][k] * column[m];
      column[k] = T{} - sum / L[k][k];
    }
    for (std::size_t k = 0; k <= c; ++k)
      solution.root(solution.kept[k], static_cast<Index>(c)) = static_cast<double>(column[k]);
  }
  return solution;
}

}  // namespace mathtool::stats
