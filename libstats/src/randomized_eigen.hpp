#pragma once

#include <cstdint>

#include "mathtool/math/function_ref.hpp"
#include "mathtool/math/status.hpp"
#include "mathtool/math/types.hpp"

namespace mathtool::stats {

struct RandomizedEigenOptions {
  std::uint64_t seed = 0;
  double tolerance = 1e-12;   ///< stop when every residual ≤ tolerance · largest eigenvalue
  int max_iterations = 1000;  ///< products with the matrix
};

struct RandomizedEigen {
  Vec values;             ///< k, descending
  Mat vectors;            ///< p × k
  double residual = 0.0;  ///< max ‖A v − λ v‖₂: every value is within it of an exact eigenvalue
  Status status = Status::out_of_budget;
};

/// The k leading eigenpairs of a positive semidefinite p × p matrix known by its products with
/// blocks of vectors: Rayleigh-Ritz on a block Krylov space grown from a random start and restarted
/// from its best vectors. A multiple eigenvalue is found up to a block at a time.
///
///     multiply: p × b → p × b
///
/// Ref: Musco & Musco, Randomized block Krylov methods (2015); Halko, Martinsson & Tropp (2011).
RandomizedEigen randomized_eigen(FunctionRef<Mat(const Mat&)> multiply, Index p, Index k,
                                 const RandomizedEigenOptions& options);

}  // namespace mathtool::stats
