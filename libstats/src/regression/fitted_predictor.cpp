#include "regression/fitted_predictor.hpp"

#include "mathtool/math/compensated_sum.hpp"
#include "mathtool/math/error.hpp"

namespace mathtool::stats {

Mat expand_products(const MatRef& raw, std::span<const math::DesignTerm> products) {
  Mat X = Mat::Ones(raw.rows(), std::ssize(products));
  for (std::size_t j = 0; j < products.size(); ++j)
    for (const Index k : products[j]) X.col(static_cast<Index>(j)).array() *= raw.col(k).array();
  return X;
}

void set_predictor(const math::LeastSquaresFit& fit, const MatRef& X, const Vec& weights,
                   bool intercept, LinearPredictor& predictor) {
  const Index n = X.rows(), p = X.cols();
  predictor.intercept = intercept;
  predictor.weight = weights.size() > 0 ? weights.sum() : static_cast<double>(n);
  predictor.centre = Vec::Zero(p);
  predictor.root = fit.inverse_root;
  if (!intercept) return;
  predictor.centre[0] = 1;
  for (Index j = 1; j < p; ++j) {
    math::CompensatedSum sum;
    for (Index i = 0; i < n; ++i) sum += weights.size() > 0 ? weights[i] * X(i, j) : X(i, j);
    predictor.centre[j] = sum.value() / predictor.weight;
  }
  predictor.root = Mat(fit.inverse_root.rightCols(fit.inverse_root.cols() - 1));
  predictor.root.row(0).setZero();
}

void require_enough_rows(double rows, Index columns) {
  require<InsufficientDataError>(
      rows >= static_cast<double>(columns),
      "{} row{} cannot determine {} coefficients; leave terms out, or add --ridge or --lasso", rows,
      rows == 1 ? "" : "s", columns);
}

void require_enough_weight(double weight, Index columns) {
  require<InsufficientDataError>(
      weight >= static_cast<double>(columns),
      "the weights, which are frequencies, sum to {}: so many rows cannot determine {} "
      "coefficients; multiply the weights, or leave terms out",
      weight, columns);
}

Vec row_norms(const MatRef& root) {
  Vec norms = Vec::Zero(root.rows());
  if (root.cols() == 0) return norms;
  for (Index j = 0; j < root.rows(); ++j) {
    const double largest = root.row(j).cwiseAbs().maxCoeff();
    if (largest > 0) norms[j] = largest * (root.row(j) / largest).norm();
  }
  return norms;
}

}  // namespace mathtool::stats
