#pragma once

#include <span>
#include <vector>

#include "mathtool/math/types.hpp"
#include "mathtool/opt/least_squares/parametric_model.hpp"

namespace mathtool::opt {

/// What a formula leaves of a response, row by row: BlockedResiduals.
///     rᵢ(b) = f(xᵢ, b) − yᵢ
/// The model, the columns and the response must outlive it.
class ExpressionResiduals {
 public:
  /// Throws: DimensionError unless there is one column for each of the model's. Pre: each has as
  /// many rows as y.
  ExpressionResiduals(const ParametricModel& model, std::vector<math::NumberColumn> columns,
                      std::span<const double> y);

  Index rows() const { return std::ssize(y_); }
  void evaluate(const Vec& b, Index first, Eigen::Ref<Vec> residuals, Mat* jacobian) const;

 private:
  const ParametricModel& model_;
  std::vector<math::NumberColumn> columns_;
  std::span<const double> y_;
};

}  // namespace mathtool::opt
