#include "mathtool/stats/regression/linear_predictor.hpp"

#include <cmath>

#include "mathtool/math/double_double.hpp"

namespace mathtool::stats {

double LinearPredictor::leverage(const VecRef& x) const { return whitened(x).squaredNorm(); }

Vec LinearPredictor::whitened(const VecRef& x) const {
  const Index r = root.cols();
  Vec g(intercept ? r + 1 : r);
  g.tail(r).noalias() = root.transpose() * (x - centre);
  if (intercept) g[0] = 1 / std::sqrt(weight);
  return g;
}

Mat LinearPredictor::full_root() const {
  if (!intercept) return root;
  Mat K(root.rows(), root.cols() + 1);
  K.col(0).setZero();
  K(0, 0) = 1 / std::sqrt(weight);
  K.rightCols(root.cols()) = root;
  for (Index k = 0; k < root.cols(); ++k)
    K(0, k + 1) = -centre.tail(centre.size() - 1).dot(root.col(k).tail(root.rows() - 1));
  return K;
}

Mat LinearPredictor::inverse_gram() const {
  const Mat K = full_root();
  return K * K.transpose();
}

double doubled_residual(double y, const VecRef& coefficients, const VecRef& raw,
                        std::span<const math::DesignTerm> products) {
  math::DoubleDouble rest{y};
  for (std::size_t j = 0; j < products.size(); ++j) {
    math::DoubleDouble term{-coefficients[static_cast<Index>(j)]};
    for (const Index k : products[j]) term = term * raw[k];
    rest = rest + term;
  }
  return rest.high;
}

}  // namespace mathtool::stats
