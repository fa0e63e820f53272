#pragma once

#include <span>
#include <vector>

#include "mathtool/math/error.hpp"
#include "mathtool/math/types.hpp"
#include "mathtool/stats/accumulators/covariance.hpp"
#include "mathtool/stats/accumulators/moments.hpp"

namespace mathtool::stats {

/// Columns brought to mean 0 and standard deviation 1.
///     z = (x − center) / scale
/// Constant columns stay as they are: center 0, scale 1. Works on matrices of double and float
/// alike; float ones are computed in double and rounded once.
struct Standardizer {
  Vec center = {};                   ///< p; means
  Vec scale = {};                    ///< p; standard deviations, divisor n − 1
  std::vector<Index> constant = {};  ///< which columns are, ascending

  Index columns() const { return center.size(); }

  /// Shapes: X is n × p, one observation per row.  Throws: DimensionError.
  template <class Derived>
  typename Derived::PlainObject transform(const Eigen::MatrixBase<Derived>& X) const {
    require_width(X.cols());
    typename Derived::PlainObject Z(X.rows(), X.cols());
    for (Index j = 0; j < X.cols(); ++j)
      Z.col(j) = ((X.col(j).template cast<double>().array() - center[j]) / scale[j])
                     .template cast<typename Derived::Scalar>();
    return Z;
  }

  /// The columns that `transform` made Z of, up to rounding.  Throws: DimensionError.
  template <class Derived>
  typename Derived::PlainObject inverse(const Eigen::MatrixBase<Derived>& Z) const {
    require_width(Z.cols());
    typename Derived::PlainObject X(Z.rows(), Z.cols());
    for (Index j = 0; j < Z.cols(); ++j)
      X.col(j) = (Z.col(j).template cast<double>().array() * scale[j] + center[j])
                     .template cast<typename Derived::Scalar>();
    return X;
  }

 private:
  void require_width(Index width) const {
    require<DimensionError>(width == columns(), "Standardizer: {} columns, fitted to {}", width,
                            columns());
  }
};

/// From the moments of each column: a stream in constant memory.
/// Throws: InsufficientDataError for fewer than two observations and for columns that are not
/// finite
///         or whose standard deviation is beyond the range of doubles.
Standardizer fit_standardizer(std::span<const Moments> columns);

/// From a streamed covariance: the same mean and scale that `fit_pca` uses.
Standardizer fit_standardizer(const CovarianceEstimate& covariance);

/// From a matrix of observations, one per row.
Standardizer fit_standardizer(const MatRef& X);
Standardizer fit_standardizer(const Eigen::Ref<const Eigen::MatrixXf>& X);

}  // namespace mathtool::stats
