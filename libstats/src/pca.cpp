#include "mathtool/stats/pca.hpp"

#include <algorithm>
#include <cmath>
#include <span>
#include <utility>

#include "mathtool/math/constants.hpp"
#include "mathtool/math/error.hpp"
#include "mathtool/math/function_ref.hpp"
#include "mathtool/math/matrix_products.hpp"
#include "mathtool/stats/accumulators/moments.hpp"
#include "mathtool/stats/parallel_analysis.hpp"
#include "pca_solvers.hpp"

namespace mathtool::stats {
namespace {

void check(const PcaOptions& options) {
  require(options.tolerance >= 0, "fit_pca: tolerance must be >= 0, got {}", options.tolerance);
  require(options.max_iterations >= 1, "fit_pca: max_iterations must be >= 1, got {}",
          options.max_iterations);
  require(options.threads >= 0, "fit_pca: threads must be >= 0, got {}", options.threads);
}

/// In each column the first entry of all but the largest magnitude becomes positive.
void fix_signs(Mat& components) {
  for (Index k = 0; k < components.cols(); ++k) {
    const double threshold = (1 - 1e-8) * components.col(k).cwiseAbs().maxCoeff();
    Index first = 0;
    while (std::abs(components(first, k)) < threshold) ++first;
    if (components(first, k) < 0) components.col(k) *= -1.0;
  }
  components.array() += 0.0;  // no entry is -0
}

/// Thresholds of parallel analysis, for the rule that needs them.
Vec noise_thresholds(const Pca& pca, const Vec& sd, const PcaOptions& options) {
  if (options.components.kind() != ComponentRule::Kind::parallel) return {};
  const bool standardized = options.standardize;
  return parallel_analysis(
      pca.observations, sd,
      {.standardize = standardized, .seed = options.seed, .threads = options.threads});
}

/// How many pairs to ask for first: those of a count, a few where the rest may not be needed.
Index first_request(const ComponentRule& rule, Index p) {
  constexpr Index few = 32, cheap = 512;
  if (rule.kind() == ComponentRule::Kind::count) return std::min(rule.count(), p);
  return rule.kind() == ComponentRule::Kind::all || p <= cheap ? p : few;
}

/// Asks `solve` for more pairs until the rule can be applied, and keeps what it says, at most the
/// rank.
void keep_components(Pca& pca, const Vec& sd, const PcaOptions& options, double squared_norm,
                     FunctionRef<Spectrum(Index)> solve) {
  const Index p = pca.mean.size();
  const Vec noise = noise_thresholds(pca, sd, options);
  Spectrum spectrum;
  std::optional<Index> chosen;
  for (Index request = first_request(options.components, p);; request = std::min(p, 2 * request)) {
    spectrum = solve(request);
    Vec values = spectrum.eigenvalues;
    if (spectrum.complete) {
      values = Vec::Zero(p);
      values.head(spectrum.eigenvalues.size()) = spectrum.eigenvalues;
    }
    chosen = choose_components(options.components, values, p, pca.total_variance, noise);
    if (chosen || request == p) break;
  }
  const Index k = std::clamp<Index>(chosen.value_or(p), 1, std::max<Index>(spectrum.rank, 1));
  pca.rank = spectrum.complete || spectrum.rank < spectrum.eigenvalues.size()
                 ? spectrum.rank
                 : static_cast<Index>(std::min<std::int64_t>(p, pca.observations - 1));
  pca.eigenvalues = spectrum.eigenvalues.head(k);
  pca.components = spectrum.components.leftCols(k);
  pca.error_bound = spectrum.error_bound;
  pca.status = spectrum.status;
  fix_signs(pca.components);
  pca.residual_moments = {std::max(0.0, pca.total_variance - pca.eigenvalues.sum()),
                          std::max(0.0, squared_norm - pca.eigenvalues.squaredNorm())};
  if (spectrum.complete) {
    const Vec rest = spectrum.eigenvalues.segment(k, std::max<Index>(0, spectrum.rank - k));
    pca.residual_moments = {rest.sum(), rest.squaredNorm()};
  }
}

/// Means and scales of the columns, and the rows as deviations from them.
Mat centre(const MatRef& X, bool standardize, Pca& pca, Vec& sd) {
  const Index n = X.rows(), p = X.cols();
  pca.mean.resize(p);
  sd.resize(p);
  Mat centred(n, p);
  for (Index j = 0; j < p; ++j) {
    Moments moments;
    moments.push(std::span(X.col(j).data(), static_cast<std::size_t>(n)));
    pca.mean[j] = moments.mean();
    sd[j] = moments.standard_deviation();
    centred.col(j) = X.col(j).array() - pca.mean[j];
    centred.col(j).array() -= centred.col(j).mean();  // what the rounding of the mean left
  }
  pca.scale = Vec::Ones(p);
  if (standardize) {
    pca.scale = sd;
    for (Index j = 0; j < p; ++j) {
      require<InsufficientDataError>(sd[j] > 0, "fit_pca: column {} is constant", j + 1);
      centred.col(j) /= sd[j];
    }
  }
  return centred;
}

PcaSolver by_shape(Index n, Index p) {
  if (n < p) return PcaSolver::gram;
  return n >= 10 * p ? PcaSolver::covariance : PcaSolver::svd;
}

}  // namespace

std::string_view to_string(PcaSolver solver) {
  switch (solver) {
    case PcaSolver::automatic: return "auto";
    case PcaSolver::covariance: return "covariance";
    case PcaSolver::svd: return "svd";
    case PcaSolver::gram: return "gram";
    case PcaSolver::randomized: return "randomized";
  }
  return "?";
}

Pca fit_pca(const MatRef& X, const PcaOptions& options) {
  const Index n = X.rows(), p = X.cols();
  require<DimensionError>(n >= 2 && p >= 1,
                          "fit_pca: need at least 2 rows and 1 column, got {} x {}", n, p);
  require(X.allFinite(), "fit_pca: X contains NaN or infinite entries");
  check(options);
  const PcaSolver solver = options.solver == PcaSolver::automatic ? by_shape(n, p) : options.solver;
  if (solver == PcaSolver::covariance) {
    constexpr Index rows_at_once = 1024;
    Covariance covariance(p, options.threads);
    for (Index first = 0; first < n; first += rows_at_once)
      covariance.push_rows(X.middleRows(first, std::min(rows_at_once, n - first)));
    PcaOptions decided = options;
    decided.solver = solver;
    return fit_pca(covariance, decided);
  }

  Pca pca;
  Vec sd;
  pca.solver = solver;
  pca.observations = n;
  const Mat centred = centre(X, options.standardize, pca, sd);
  pca.total_variance = centred.squaredNorm() / static_cast<double>(n - 1);
  require<InsufficientDataError>(pca.total_variance > 0, "fit_pca: no column varies");
  keep_components(pca, sd, options, not_a_number, [&](Index leading) {
    if (solver == PcaSolver::svd) return solve_svd(centred);
    if (solver == PcaSolver::gram) return solve_gram(centred);
    return solve_randomized(centred, Mat(), n, leading, options);
  });
  return pca;
}

Pca fit_pca(const CovarianceEstimate& covariance, const PcaOptions& options) {
  const Index p = covariance.matrix.cols();
  require<DimensionError>(p >= 1 && covariance.matrix.rows() == p && covariance.mean.size() == p,
                          "fit_pca: a covariance of {} x {} with {} means does not fit",
                          covariance.matrix.rows(), p, covariance.mean.size());
  require<DimensionError>(covariance.observations >= 2, "fit_pca: need at least 2 rows, got {}",
                          covariance.observations);
  require(covariance.matrix.allFinite(), "fit_pca: the covariance is not finite");
  require(options.solver != PcaSolver::svd && options.solver != PcaSolver::gram,
          "fit_pca: solver {} needs the rows, not their covariance", to_string(options.solver));
  check(options);

  Pca pca;
  const bool randomized = options.solver == PcaSolver::randomized;
  pca.solver = randomized ? PcaSolver::randomized : PcaSolver::covariance;
  pca.observations = covariance.observations;
  pca.mean = covariance.mean;
  pca.scale = Vec::Ones(p);
  const Vec sd = covariance.matrix.diagonal().cwiseSqrt();
  Mat correlation;
  if (options.standardize) {
    for (Index j = 0; j < p; ++j)
      require<InsufficientDataError>(sd[j] > 0, "fit_pca: column {} is constant", j + 1);
    pca.scale = sd;
    const Vec inverse = sd.cwiseInverse();
    correlation = inverse.asDiagonal() * covariance.matrix * inverse.asDiagonal();
    correlation.diagonal().setOnes();
  }
  const Mat& C = options.standardize ? correlation : covariance.matrix;
  pca.total_variance = C.trace();
  require<InsufficientDataError>(pca.total_variance > 0, "fit_pca: no column varies");
  keep_components(pca, sd, options, C.squaredNorm(), [&](Index leading) {
    return randomized ? solve_randomized(Mat(), C, pca.observations, leading, options)
                      : solve_covariance(C, pca.observations, leading, options.threads);
  });
  return pca;
}

Pca fit_pca(const Covariance& covariance, const PcaOptions& options) {
  return fit_pca(covariance.estimate(), options);
}

Vec Pca::explained_ratio() const { return eigenvalues / total_variance; }

Vec Pca::cumulative_ratio() const {
  Vec ratio = explained_ratio();
  for (Index k = 1; k < ratio.size(); ++k) ratio[k] += ratio[k - 1];
  return ratio.cwiseMin(1.0);
}

Mat Pca::loadings() const { return components * eigenvalues.cwiseSqrt().asDiagonal(); }

Mat Pca::project(const MatRef& X, bool whiten) const {
  require<DimensionError>(X.cols() == input_size(), "Pca::project: expected {} columns, got {}",
                          input_size(), X.cols());
  Mat centred = X.rowwise() - mean.transpose();
  centred.array().rowwise() /= scale.transpose().array();
  Mat scores = math::multiply(centred, components);
  if (whiten) scores.array().rowwise() /= eigenvalues.cwiseSqrt().transpose().array();
  return scores;
}

Mat Pca::reconstruct(const MatRef& Z) const {
  require<DimensionError>(Z.cols() == output_size(),
                          "Pca::reconstruct: expected {} columns, got {}", output_size(), Z.cols());
  Mat X = math::multiply_by_transposed(Z, components);
  X.array().rowwise() *= scale.transpose().array();
  X.rowwise() += mean.transpose();
  return X;
}

}  // namespace mathtool::stats
