#pragma once

#include <vector>

#include "chebyshev_piece.hpp"

namespace mathtool::math {

/// A point of an interval cut so that f is monotone, or broken, between any two neighbours.
struct Cut {
  double x, f;
  ChebyshevPiece::State after;  ///< of the stretch to the next cut: monotone where smooth
  double scale;                 ///< the largest |f| on the pieces that meet here
  double noise;                 ///< of f there
};

/// The ends of all pieces, with f at each, and the zeros of p′ between.
std::vector<Cut> monotone_cuts(const ChebyshevScan& scan, FunctionRef<double(double)> f);

/// The last double from `inside`, where f is finite, towards `outside`, where it is not, with f
/// still finite.
double domain_end(FunctionRef<double(double)> f, double inside, double outside);

}  // namespace mathtool::math
