#include "monotone_cuts.hpp"

#include <algorithm>
#include <cmath>

#include "bracket.hpp"

namespace mathtool::math {

std::vector<Cut> monotone_cuts(const ChebyshevScan& scan, FunctionRef<double(double)> f) {
  std::vector<Cut> cuts;
  double scale_before = 0, noise_before = 0;
  for (const ChebyshevPiece& piece : scan.pieces) {
    double scale = std::max(std::abs(piece.fa), std::abs(piece.fb));
    for (const double c : piece.c) scale = std::max(scale, std::abs(c));
    const auto add = [&](double x, double fx) {
      cuts.push_back(
          {x, fx, piece.state, std::max(scale, scale_before), std::max(piece.noise, noise_before)});
      scale_before = scale, noise_before = piece.noise;
    };
    add(piece.a, piece.fa);
    if (piece.smooth())
      for (const double x : piece.derivative().zeros())
        if (piece.a < x && x < piece.b) add(x, f(x));
  }
  if (!scan.pieces.empty()) {
    const ChebyshevPiece& last = scan.pieces.back();
    cuts.push_back({last.b, last.fb, last.state, scale_before, noise_before});
  }
  return cuts;
}

double domain_end(FunctionRef<double(double)> f, double inside, double outside) {
  while (true) {
    const double middle = middle_double(inside, outside);
    if (middle == inside || middle == outside) return inside;
    (std::isfinite(f(middle)) ? inside : outside) = middle;
  }
}

}  // namespace mathtool::math
