#pragma once

#include <cstdint>
#include <optional>

#include "mathtool/stats/pca.hpp"

namespace mathtool::stats {

/// Leading eigenpairs of a covariance matrix, by whichever road; eigenvalues are clipped at 0.
struct Spectrum {
  Vec eigenvalues = {};      ///< m, descending
  Mat components = {};       ///< p × m, orthonormal, signs free
  bool complete = false;     ///< the eigenvalues not listed are 0
  Index rank = 0;            ///< of those listed, how many are not 0 but for rounding
  double error_bound = 0.0;  ///< largest residual
  Status status = Status::converged;
};

/// `leading`: how many pairs are wanted; none means all.
Spectrum solve_covariance(const Mat& C, std::int64_t n, std::optional<Index> leading, int threads);
Spectrum solve_svd(const Mat& centred);
Spectrum solve_gram(const Mat& centred);
/// From the centred rows, or, where `centred` is empty, from the covariance C.
Spectrum solve_randomized(const Mat& centred, const Mat& C, std::int64_t n, Index leading,
                          const PcaOptions& options);

}  // namespace mathtool::stats
