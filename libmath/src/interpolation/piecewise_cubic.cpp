#include "mathtool/math/interpolation/piecewise_cubic.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include "mathtool/math/constants.hpp"
#include "mathtool/math/error.hpp"
#include "nodes.hpp"

namespace mathtool::math {
namespace {

/// ∫₀ᵘ of c₀ + c₁ u + c₂ u² + c₃ u³.
template <class Row>
double integral_of(const Row& c, double u) {
  return u * (c[0] + u * (c[1] / 2 + u * (c[2] / 3 + u * c[3] / 4)));
}

}  // namespace

PiecewiseCubic::PiecewiseCubic(Vec nodes, Mat coefficients)
    : nodes_(std::move(nodes)), coefficients_(std::move(coefficients)) {
  require_nodes("PiecewiseCubic", nodes_, nodes_, 2);
  require<DimensionError>(coefficients_.rows() == nodes_.size() - 1 && coefficients_.cols() == 4,
                          "PiecewiseCubic: {} nodes need {} x 4 coefficients, got {} x {}",
                          nodes_.size(), nodes_.size() - 1, coefficients_.rows(),
                          coefficients_.cols());
  integrals_ = Vec::Zero(nodes_.size());
  for (Index i = 0; i + 1 < nodes_.size(); ++i)
    integrals_[i + 1] =
        integrals_[i] + integral_of(coefficients_.row(i), nodes_[i + 1] - nodes_[i]);
}

Index PiecewiseCubic::piece(double x) const {
  const double* first = nodes_.data();
  const Index above = std::upper_bound(first, first + nodes_.size(), x) - first;
  return std::clamp<Index>(above - 1, 0, coefficients_.rows() - 1);
}

double PiecewiseCubic::operator()(double x) const { return derivative(x, 0); }

double PiecewiseCubic::derivative(double x, int order) const {
  require(order >= 0, "PiecewiseCubic: the order of a derivative must be >= 0, got {}", order);
  if (!inside(x)) return not_a_number;
  const Index i = piece(x);
  const auto c = coefficients_.row(i);
  const double u = x - nodes_[i];
  switch (order) {
    case 0: return c[0] + u * (c[1] + u * (c[2] + u * c[3]));
    case 1: return c[1] + u * (2 * c[2] + u * 3 * c[3]);
    case 2: return 2 * c[2] + 6 * c[3] * u;
    case 3: return 6 * c[3];
    default: return 0.0;
  }
}

double PiecewiseCubic::integral(double a, double b) const {
  if (!inside(a) || !inside(b)) return not_a_number;
  const auto from_first = [this](double x) {
    const Index i = piece(x);
    return integrals_[i] + integral_of(coefficients_.row(i), x - nodes_[i]);
  };
  return from_first(b) - from_first(a);
}

PiecewiseCubic hermite_interpolant(const VecRef& x, const VecRef& y, const VecRef& slopes) {
  require_nodes("hermite_interpolant", x, y, 2);
  require<DimensionError>(slopes.size() == x.size(), "hermite_interpolant: {} nodes but {} slopes",
                          x.size(), slopes.size());
  require(slopes.allFinite(), "hermite_interpolant: slopes must be finite");
  Mat c(x.size() - 1, 4);
  for (Index i = 0; i < c.rows(); ++i) {
    const double h = x[i + 1] - x[i], secant = (y[i + 1] - y[i]) / h;
    c.row(i) << y[i], slopes[i], (3 * secant - 2 * slopes[i] - slopes[i + 1]) / h,
        (slopes[i] + slopes[i + 1] - 2 * secant) / (h * h);
  }
  return {x, std::move(c)};
}

}  // namespace mathtool::math
