#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "mathtool/math/status.hpp"
#include "mathtool/math/types.hpp"
#include "mathtool/stats/accumulators/covariance.hpp"
#include "mathtool/stats/component_rule.hpp"

namespace mathtool::stats {

enum class PcaSolver {
  automatic,  ///< rows: gram if n < p, covariance if n ≥ 10 p, else svd; a covariance: covariance
  covariance,  ///< eigenpairs of the p × p covariance matrix
  svd,         ///< singular values of the centred data: no squared condition number
  gram,        ///< eigenpairs of the n × n matrix of inner products, for n < p
  randomized   ///< block Krylov iteration from a random start, for a few components
};
std::string_view to_string(PcaSolver solver);

struct PcaOptions {
  ComponentRule components = ComponentRule::all();  ///< how many to keep, at most the rank
  bool standardize = false;  ///< divide each column by its standard deviation first
  PcaSolver solver = PcaSolver::automatic;
  std::uint64_t seed = 0;  ///< of the randomized solver and of parallel analysis
  /// ≥ 0; randomized stops when residual ≤ tolerance · largest eigenvalue. What lies below is noise
  /// to it.
  double tolerance = 1e-12;
  int max_iterations = 1000;  ///< products with the matrix that the randomized solver may take, ≥ 1
  int threads = 0;            ///< ≥ 0; 0: all; never changes a bit
};

/// A fitted principal component analysis: plain data, safe to copy, print and store. Components are
/// orthonormal, ordered by variance and signed: in each, the first entry whose magnitude is at
/// least 1 − 1e-8 of the largest is positive.
struct Pca {
  std::vector<std::string> variables = {};  ///< p names, or none
  std::int64_t observations = 0;            ///< n
  Vec mean = {};                            ///< p
  Vec scale = {};                           ///< p; ones unless standardized
  Mat components = {};                      ///< p × k, one component per column
  Vec eigenvalues = {};                     ///< k variances, descending, divisor n − 1
  double total_variance = 0.0;              ///< of all p columns, after scaling
  PcaSolver solver = PcaSolver::automatic;  ///< the one that was used
  Status status = Status::converged;        ///< out_of_budget where randomized fell short
  double error_bound = 0.0;  ///< of each eigenvalue: the largest residual, for svd p ε λ₁
  /// Of the centred data; where fewer pairs were computed, min(n − 1, p).
  Index rank = 0;
  /// Σ λ and Σ λ² over the eigenvalues left out, for the limit of Q; NaN where not known.
  std::array<double, 2> residual_moments = {};

  Index input_size() const { return components.rows(); }
  Index output_size() const { return components.cols(); }
  Vec explained_ratio() const;   ///< k shares of the total variance
  Vec cumulative_ratio() const;  ///< k, running sums of the shares
  Mat loadings() const;          ///< p × k, component times √eigenvalue

  /// Scores Z = (X − mean) / scale · components; whitened, each is divided by √eigenvalue.
  /// Shapes: X is m × p, the result m × k. Throws: DimensionError. NaN in a row makes its scores
  /// NaN.
  Mat project(const MatRef& X, bool whiten = false) const;

  /// Back to p columns: Z componentsᵀ · scale + mean. Shapes: Z is m × k, not whitened; the result
  /// m × p.
  Mat reconstruct(const MatRef& Z) const;
};

/// Fits a matrix in memory.
///
/// Shapes: X is n × p, one observation per row, n ≥ 2, p ≥ 1.
/// Throws: DimensionError; DomainError if X is not finite or an option is out of range;
///         InsufficientDataError if no column varies, or one is constant and is to be standardized.
/// Cost:   O(n p min(n, p)) time; up to four copies of X, none for the covariance solver.
/// Ref:    Jolliffe, Principal Component Analysis (2002), §3.5; Halko, Martinsson & Tropp (2011);
///         Musco & Musco, Randomized block Krylov methods (2015).
[[nodiscard]] Pca fit_pca(const MatRef& X, const PcaOptions& options = {});

/// The same from a covariance matrix, streamed for instance: O(p³) time, or O(p² k) for few
/// components of many columns. Solvers svd and gram need the rows and throw DomainError.
[[nodiscard]] Pca fit_pca(const CovarianceEstimate& covariance, const PcaOptions& options = {});
[[nodiscard]] Pca fit_pca(const Covariance& covariance, const PcaOptions& options = {});

}  // namespace mathtool::stats
