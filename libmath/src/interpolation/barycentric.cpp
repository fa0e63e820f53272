#include "mathtool/math/interpolation/barycentric.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <utility>

#include "mathtool/math/error.hpp"

namespace mathtool::math {
namespace {

void require_points(const Vec& nodes, const Vec& values) {
  require<DimensionError>(nodes.size() == values.size() && nodes.size() >= 1,
                          "BarycentricInterpolant: {} nodes but {} values", nodes.size(),
                          values.size());
  for (Index i = 0; i < nodes.size(); ++i)
    require(std::isfinite(nodes[i]) && std::isfinite(values[i]),
            "BarycentricInterpolant: point {} is ({}, {}), not finite", i + 1, nodes[i], values[i]);
}

/// wᵢ = Π 1/(xᵢ − xⱼ), as mantissa and exponent: for many nodes the product leaves the range of a
/// double, but only ratios matter.
Vec lagrange_weights(const Vec& nodes) {
  const Index n = nodes.size();
  Vec mantissa(n);
  Eigen::VectorXi exponent(n);
  for (Index i = 0; i < n; ++i) {
    double product = 1.0;
    int scale = 0;
    for (Index j = 0; j < n; ++j) {
      if (j == i) continue;
      require(nodes[i] != nodes[j], "BarycentricInterpolant: nodes {} and {} are both {}",
              std::min(i, j) + 1, std::max(i, j) + 1, nodes[i]);
      int step = 0;
      product = std::frexp(product * (nodes[i] / 2 - nodes[j] / 2), &step);
      scale += step;
    }
    mantissa[i] = 1 / product;
    exponent[i] = -scale;
  }
  const int largest = exponent.maxCoeff();
  for (Index i = 0; i < n; ++i) mantissa[i] = std::ldexp(mantissa[i], exponent[i] - largest);
  return mantissa;
}

}  // namespace

BarycentricInterpolant::BarycentricInterpolant(Vec nodes, Vec values)
    : nodes_(std::move(nodes)), values_(std::move(values)) {
  require_points(nodes_, values_);
  weights_ = lagrange_weights(nodes_);
}

BarycentricInterpolant::BarycentricInterpolant(Vec nodes, Vec values, Vec weights)
    : nodes_(std::move(nodes)), values_(std::move(values)), weights_(std::move(weights)) {
  require_points(nodes_, values_);
  require<DimensionError>(weights_.size() == nodes_.size(),
                          "BarycentricInterpolant: {} nodes but {} weights", nodes_.size(),
                          weights_.size());
  require(weights_.allFinite(), "BarycentricInterpolant: weights must be finite");
}

double BarycentricInterpolant::operator()(double x) const {
  double numerator = 0.0, denominator = 0.0;
  for (Index i = 0; i < nodes_.size(); ++i) {
    if (x == nodes_[i]) return values_[i];
    const double term = weights_[i] / (x - nodes_[i]);
    numerator += term * values_[i];
    denominator += term;
  }
  return numerator / denominator;
}

BarycentricInterpolant BarycentricInterpolant::derivative() const {
  const Index n = nodes_.size();
  Vec slopes = Vec::Zero(n);
  for (Index i = 0; i < n; ++i)
    for (Index j = 0; j < n; ++j)
      if (j != i)
        slopes[i] +=
            weights_[j] / weights_[i] * (values_[j] - values_[i]) / (nodes_[i] - nodes_[j]);
  return {nodes_, std::move(slopes), weights_};
}

BarycentricInterpolant chebyshev_interpolant(FunctionRef<double(double)> f, double a, double b,
                                             Index n) {
  require(std::isfinite(a) && std::isfinite(b) && a < b,
          "chebyshev_interpolant: needs finite a < b, got [{}, {}]", a, b);
  require(n >= 2, "chebyshev_interpolant: needs at least 2 nodes, got {}", n);
  Vec nodes(n), values(n), weights(n);
  for (Index i = 0; i < n; ++i) {
    // sin of an angle about 0 places the nodes symmetrically, to the last bit.
    const double angle =
        std::numbers::pi / 2 * static_cast<double>(2 * i - (n - 1)) / static_cast<double>(n - 1);
    nodes[i] = a / 2 + b / 2 + (b / 2 - a / 2) * std::sin(angle);
    weights[i] = (i % 2 == 0 ? 1.0 : -1.0) * (i == 0 || i == n - 1 ? 0.5 : 1.0);
  }
  nodes[0] = a;
  nodes[n - 1] = b;
  for (Index i = 0; i < n; ++i) values[i] = f(nodes[i]);
  return {std::move(nodes), std::move(values), std::move(weights)};
}

}  // namespace mathtool::math
