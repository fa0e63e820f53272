#include "mathtool/opt/least_squares/expression_residuals.hpp"

#include <utility>

#include "mathtool/math/error.hpp"

namespace mathtool::opt {

ExpressionResiduals::ExpressionResiduals(const ParametricModel& model,
                                         std::vector<math::NumberColumn> columns,
                                         std::span<const double> y)
    : model_(model), columns_(std::move(columns)), y_(y) {
  require<DimensionError>(columns_.size() == model.columns().size(),
                          "residuals: {} columns for {} of the formula", columns_.size(),
                          model.columns().size());
}

void ExpressionResiduals::evaluate(const Vec& b, Index first, Eigen::Ref<Vec> residuals,
                                   Mat* jacobian) const {
  std::vector<math::NumberColumn> rows = columns_;
  for (math::NumberColumn& column : rows) column.first += first * column.stride;
  model_.evaluate(rows, b, residuals, jacobian);
  residuals -= Eigen::Map<const Vec>(y_.data() + first, residuals.size());
}

}  // namespace mathtool::opt
