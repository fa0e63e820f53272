#pragma once

#include <vector>

#include "chebyshev_piece.hpp"

namespace mathtool::math {

/// A point and the value of f there.
struct GraphPoint {
  double x, f;
};

/// What breaks the smoothness of f within a piece as narrow as pieces become.
struct SingularCell {
  enum class Kind { kink, jump, pole };
  Kind kind = Kind::kink;
  double x = 0, error = 0;  ///< the place of the break
  /// Samples from left to right between which f is monotone, both ends of the cell included; at a
  /// pole the values beside it are infinite, at a jump they stand at neighbouring doubles.
  std::vector<GraphPoint> samples = {};
};

/// Pre: f is finite at both ends of the piece.
SingularCell singular_cell(const ChebyshevPiece& piece, FunctionRef<double(double)> f);

}  // namespace mathtool::math
