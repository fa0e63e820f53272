#include "mathtool/opt/least_squares/parameter_covariance.hpp"

#include <algorithm>
#include <cmath>

#include "mathtool/math/constants.hpp"
#include "mathtool/math/error.hpp"
#include "mathtool/math/thin_svd.hpp"

namespace mathtool::opt {
namespace {

/// A parameter belongs to an undetermined direction if that much of it does.
constexpr double noticeable = 1e-4;

}  // namespace

ParameterCovariance parameter_covariance(const MatRef& R, double s2,
                                         const CovarianceOptions& options) {
  require(R.allFinite(), "covariance: the Jacobian is not finite");
  require(options.tolerance > 0, "covariance: tolerance must be > 0, got {}", options.tolerance);
  const Index n = R.cols();
  ParameterCovariance result{.value = Mat::Constant(n, n, not_a_number)};
  std::vector<Index> columns;
  for (Index j = 0; j < n; ++j) {
    if (std::find(options.held.begin(), options.held.end(), j) != options.held.end()) continue;
    if (R.col(j).stableNorm() > 1e-290)  // else it has no inverse
      columns.push_back(j);
    else
      result.undetermined.push_back(j);
  }
  result.condition = result.undetermined.empty() ? 1 : infinity;
  if (columns.empty()) return result;
  const Mat some = R(Eigen::all, columns);
  const Vec lengths = some.colwise().stableNorm();
  const math::ThinSvd svd =
      math::thin_svd(some * lengths.cwiseInverse().asDiagonal(), {.left = false});
  const auto k = static_cast<Index>(columns.size());
  Mat root = Mat::Zero(k, k);  // V Σ⁻¹
  std::vector<bool> lost(columns.size());
  bool singular = svd.singular.size() < k;
  for (Index i = 0; i < svd.singular.size(); ++i) {
    if (svd.singular[i] > options.tolerance * svd.singular[0]) {
      root.col(i) = svd.V.col(i) / svd.singular[i];
      continue;
    }
    singular = true;
    for (Index j = 0; j < k; ++j)
      if (std::abs(svd.V(j, i)) > noticeable) lost[static_cast<std::size_t>(j)] = true;
  }
  // Fewer rows than columns: which direction is lost is not among the singular vectors.
  if (svd.singular.size() < k) lost.assign(columns.size(), true);
  if (singular)
    result.condition = infinity;
  else if (result.undetermined.empty())
    result.condition = svd.singular[0] / svd.singular[k - 1];
  for (Index a = 0; a < k; ++a) {
    if (lost[static_cast<std::size_t>(a)]) {
      result.undetermined.push_back(columns[static_cast<std::size_t>(a)]);
      continue;
    }
    for (Index b = 0; b < k; ++b)
      if (!lost[static_cast<std::size_t>(b)])
        result.value(columns[static_cast<std::size_t>(a)], columns[static_cast<std::size_t>(b)]) =
            s2 * (root.row(a).dot(root.row(b)) / lengths[a]) / lengths[b];
  }
  std::sort(result.undetermined.begin(), result.undetermined.end());
  return result;
}

}  // namespace mathtool::opt
