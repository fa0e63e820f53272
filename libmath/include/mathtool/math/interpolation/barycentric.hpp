#pragma once

#include "mathtool/math/function_ref.hpp"
#include "mathtool/math/types.hpp"

namespace mathtool::math {

/// The polynomial of degree n − 1 through n points, in the form that loses no digits:
///     p(x) = Σ wᵢ yᵢ / (x − xᵢ)  /  Σ wᵢ / (x − xᵢ)
/// It is a value. Beyond the nodes it extrapolates, as a polynomial does.
class BarycentricInterpolant {
 public:
  /// Shapes: nodes, values are n ≥ 1.  Pre: nodes distinct, all finite.
  /// Throws: DimensionError, DomainError with the place.   Cost: O(n²).
  BarycentricInterpolant(Vec nodes, Vec values);

  /// The same with the weights wᵢ known, up to a common factor.
  BarycentricInterpolant(Vec nodes, Vec values, Vec weights);

  double operator()(double x) const;  ///< Cost: O(n)

  /// p′ as an interpolant in the same nodes.   Cost: O(n²), then O(n) for each evaluation.
  BarycentricInterpolant derivative() const;

  const Vec& nodes() const { return nodes_; }
  const Vec& values() const { return values_; }
  const Vec& weights() const { return weights_; }

 private:
  Vec nodes_, values_, weights_;
};

/// The interpolant of f in n Chebyshev points of the second kind on [a, b], ends included:
///     xᵢ = (a + b)/2 − (b − a)/2 · cos(π i / (n − 1))
/// For smooth f it converges faster than any power of n, where equidistant points diverge.
///
/// Pre:    a < b finite, n ≥ 2.            Throws: DomainError, also where f is not finite.
/// Ref:    Berrut & Trefethen, Barycentric Lagrange interpolation (2004), (5.4) and (9.4).
BarycentricInterpolant chebyshev_interpolant(FunctionRef<double(double)> f, double a, double b,
                                             Index n);

}  // namespace mathtool::math
