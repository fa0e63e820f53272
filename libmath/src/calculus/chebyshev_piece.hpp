#pragma once

#include <array>
#include <vector>

#include "counted_function.hpp"

namespace mathtool::math {

/// f on [a, b] as a sum of Chebyshev polynomials
///     p(x) = Σ cₖ Tₖ((2x − a − b)/(b − a)),  k = 0 … 16
struct ChebyshevPiece {
  static constexpr int degree = 16;
  enum class State {
    smooth,      ///< p agrees with f, up to `noise`
    singular,    ///< as narrow as pieces become, and p still disagrees: a kink, a jump, a pole
    undefined,   ///< f has no finite value here
    unresolved,  ///< the budget ended
  };

  double a = 0, b = 0;
  double fa = 0, fb = 0;  ///< f at the ends
  State state = State::unresolved;
  std::array<double, degree + 1> c = {};
  double noise = 0;  ///< |p − f|, estimated

  bool smooth() const { return state == State::smooth; }
  double operator()(double x) const;

  /// p′ on the same piece; its noise is what differentiation makes of it.
  ChebyshevPiece derivative() const;

  /// The zeros of p, ascending; none where p is 0 up to noise.
  std::vector<double> zeros() const;
};

struct ChebyshevScan {
  std::vector<ChebyshevPiece> pieces = {};  ///< from left to right, without gaps
  bool complete = false;                    ///< no piece is unresolved
};

/// Cuts [a, b] into pieces on which f is a polynomial up to rounding, halving the widest of those
/// where it is not. The first pieces have unequal lengths, so that no period hides between nodes.
/// Pieces are compared with f at about `scan` points of [a, b], where the budget allows that many,
/// and cut around those that differ.
ChebyshevScan chebyshev_pieces(CountedFunction& f, double a, double b, int scan);

}  // namespace mathtool::math
