#include "mathtool/stats/pca_diagnostics.hpp"

#include "distribution_quantiles.hpp"
#include "mathtool/math/constants.hpp"
#include "mathtool/math/error.hpp"

namespace mathtool::stats {
namespace {

void check_confidence(double confidence) {
  require(0 < confidence && confidence < 1, "confidence must be in (0, 1), got {}", confidence);
}

}  // namespace

PcaDiagnostics diagnose(const Pca& pca, const MatRef& X) {
  const Mat scores = pca.project(X, true);
  Mat residual = X - pca.reconstruct(scores * pca.eigenvalues.cwiseSqrt().asDiagonal());
  residual.array().rowwise() /= pca.scale.transpose().array();
  return {scores.rowwise().squaredNorm(), residual.rowwise().squaredNorm()};
}

double t_squared_limit(const Pca& pca, double confidence) {
  check_confidence(confidence);
  const double n = static_cast<double>(pca.observations),
               k = static_cast<double>(pca.output_size());
  if (!(n > k + 1)) return not_a_number;
  return (n - 1) * (n - 1) / n * beta_quantile(k / 2, (n - k - 1) / 2, confidence);
}

double q_limit(const Pca& pca, double confidence) {
  check_confidence(confidence);
  const auto [sum, squares] = pca.residual_moments;
  if (sum == 0) return 0.0;
  if (!(squares > 0)) return not_a_number;
  return squares / sum * chi_squared_quantile(sum * sum / squares, confidence);
}

}  // namespace mathtool::stats
