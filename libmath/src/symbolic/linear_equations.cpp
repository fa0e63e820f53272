#include "linear_equations.hpp"

#include <algorithm>
#include <utility>

namespace mathtool::math {

std::optional<Polynomial> solve_linear_equations(std::vector<Polynomial> columns,
                                                 Polynomial right) {
  int rows = right.degree() + 1;
  for (const Polynomial& column : columns) rows = std::max(rows, column.degree() + 1);
  const std::size_t unknowns = columns.size();
  columns.push_back(std::move(right));
  std::vector<std::vector<Rational>> equations;
  for (int k = 0; k < rows; ++k) {
    std::vector<Rational> equation;
    for (const Polynomial& column : columns) equation.push_back(column[k]);
    equations.push_back(std::move(equation));
  }
  std::vector<Rational> solution(unknowns);
  std::vector<std::size_t> pivots;  // of the equations solved so far
  for (std::size_t j = 0; j < unknowns; ++j) {
    const auto from = equations.begin() + static_cast<std::ptrdiff_t>(pivots.size());
    const auto pivot =
        std::find_if(from, equations.end(), [j](const auto& equation) { return equation[j] != 0; });
    if (pivot == equations.end()) continue;
    std::swap(*from, *pivot);
    const std::vector<Rational> chosen = *from;
    for (auto equation = equations.begin(); equation != equations.end(); ++equation) {
      if (equation == from || (*equation)[j] == 0) continue;
      const Rational times = (*equation)[j] / chosen[j];
      for (std::size_t i = j; i <= unknowns; ++i) (*equation)[i] -= times * chosen[i];
    }
    pivots.push_back(j);
  }
  for (std::size_t row = pivots.size(); row < equations.size(); ++row)
    if (equations[row][unknowns] != 0) return {};
  for (std::size_t row = 0; row < pivots.size(); ++row)
    solution[pivots[row]] = equations[row][unknowns] / equations[row][pivots[row]];
  return Polynomial(std::move(solution));
}

}  // namespace mathtool::math
