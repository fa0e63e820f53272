#pragma once

#include <vector>

#include "aberth.hpp"

namespace mathtool::math {

/// Radii of discs around n different points whose union holds all roots of a polynomial of degree
/// n; one that meets no other holds exactly one root.
///     rᵢ = n |p(zᵢ)| / |cₙ Π (zᵢ − zⱼ)|
/// Ref: Smith, Error bounds for zeros of a polynomial based upon Gerschgorin's theorem (1970).
template <class Real>
std::vector<Real> root_radii(const std::vector<Real>& c, const std::vector<Complex<Real>>& z,
                             const Real& unit) {
  using std::abs;
  const Real n = Real(static_cast<double>(z.size()));
  std::vector<Real> radii;
  for (std::size_t i = 0; i < z.size(); ++i) {
    const PolynomialValue<Real> v = evaluate(c, z[i]);
    const Real size = absolute(z[i]);
    Real radius = n * (absolute(v.p) + unit * Real(8) * n * v.size) / abs(c.back());
    const bool outside = size > 1;  // evaluate() has divided by |z|ⁿ
    if (outside) radius *= size;
    for (std::size_t j = 0; j < z.size(); ++j)
      if (j != i) radius = radius * (outside ? size : Real(1)) / absolute(z[i] - z[j]);
    radii.push_back(radius);
  }
  return radii;
}

}  // namespace mathtool::math
