#include "mathtool/stats/regression/variance_inflation.hpp"

#include <Eigen/LU>
#include <map>

#include "mathtool/math/error.hpp"

namespace mathtool::stats {

std::vector<VarianceInflation> variance_inflation(const LinearPredictor& predictor,
                                                  std::span<const Index> term_of) {
  require(predictor.intercept,
          "variance inflation is about deviations from the mean: it needs an "
          "intercept");
  const Index p = predictor.coefficients.size();
  std::vector<Index> kept;
  std::map<Index, std::vector<Index>> places;  // of the columns of each term among those kept
  for (Index j = 1; j < p; ++j) {
    if (!(predictor.root.row(j).array() != 0).any()) continue;
    places[term_of[static_cast<std::size_t>(j)]].push_back(std::ssize(kept));
    kept.push_back(j);
  }
  std::vector<VarianceInflation> result;
  if (kept.empty()) return result;
  // Scaled, so that no determinant leaves the range of a double.
  Mat F = predictor.root(kept, Eigen::all);
  for (Index j = 0; j < F.rows(); ++j) F.row(j) /= F.row(j).cwiseAbs().maxCoeff();
  F = F.rowwise().normalized().eval();
  const Mat V = F * F.transpose();
  const Mat inverse = F.triangularView<Eigen::Upper>().solve(Mat::Identity(F.rows(), F.rows()));
  const Mat S = inverse.transpose() * inverse;
  for (const auto& [term, columns] : places)
    result.push_back(
        {term, std::ssize(columns),
         Mat(V(columns, columns)).determinant() * Mat(S(columns, columns)).determinant()});
  return result;
}

}  // namespace mathtool::stats
