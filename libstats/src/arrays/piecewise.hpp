#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <vector>

#include "mathtool/stats/distribution.hpp"

namespace mathtool::stats {

/// A function of u > 0 as polynomials on pieces of one relative width, 2^bits of them between a
/// power of 2 and the next. Pieces are fitted when they are first met and lie at the same places
/// whatever is asked, so that an answer does not depend on the questions before it.
class Piecewise {
 public:
  /// From 2^lowest on, for some powers of 2; outside, the function itself is called.
  struct Grid {
    int lowest, octaves, bits;
  };

  /// To the last bits of f, or those of `unit` where f is smaller.
  Piecewise(std::function<Extended(double)> f, Grid grid, double unit);

  double operator()(double u) {
    const std::uint64_t index = piece_number(u) - first_;
    if (index >= pieces_.size()) return static_cast<double>(f_(u));
    const Piece& piece = pieces_[index];
    if (piece.state == State::unknown) fit(index);
    if (piece.state == State::direct) return static_cast<double>(f_(u));
    const double t = (u - piece.middle) * piece.stretch;
    double sum = piece.coefficients[degree];
    for (std::size_t k = degree; k-- > 0;) sum = sum * t + piece.coefficients[k];
    return sum;
  }

 private:
  static constexpr std::size_t degree = 11;

  enum class State : std::uint64_t { unknown, fitted, direct };

  struct Piece {
    double middle = 0, stretch = 0;
    std::array<double, degree + 1> coefficients{};
    State state = State::unknown;
  };

  std::uint64_t piece_number(double u) const;
  void fit(std::uint64_t index);

  std::function<Extended(double)> f_;
  double unit_;
  int bits_;
  std::uint64_t first_;
  std::vector<Piece> pieces_;
};

}  // namespace mathtool::stats
