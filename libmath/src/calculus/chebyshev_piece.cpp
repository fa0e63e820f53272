#include "chebyshev_piece.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>
#include <queue>
#include <utility>

#include "chebyshev_zeros.hpp"
#include "mathtool/math/constants.hpp"

namespace mathtool::math {
namespace {

constexpr int degree = ChebyshevPiece::degree;
constexpr double underflow = 1e-300;  // below, doubles lose digits
using Series = std::array<double, degree + 1>;

/// cos(π j k / 16).
struct Cosines {
  std::array<double, 2 * degree> table;
  Cosines() {
    for (int i = 0; i < 2 * degree; ++i)
      table[static_cast<std::size_t>(i)] = std::cos(std::numbers::pi * i / degree);
  }
  double operator()(int j, int k) const {
    return table[static_cast<std::size_t>(j * k % (2 * degree))];
  }
};

const Cosines& cosines() {
  static const Cosines all;
  return all;
}

/// The coefficients of the interpolant through the values at x = cos(π j / 16).
Series interpolating_series(const Series& values) {
  Series c;
  for (int k = 0; k <= degree; ++k) {
    double sum = 0;
    for (int j = 0; j <= degree; ++j)
      sum += (j == 0 || j == degree ? 0.5 : 1.0) * values[static_cast<std::size_t>(j)] *
             cosines()(j, k);
    c[static_cast<std::size_t>(k)] = sum * (k == 0 || k == degree ? 1.0 : 2.0) / degree;
  }
  return c;
}

double largest(const Series& values) {
  double most = 0;
  for (const double v : values) most = std::max(most, std::abs(v));
  return most;
}

/// The size of the last coefficients: what is missing of f.
double tail(const Series& c) {
  return std::max({std::abs(c[degree - 2]), std::abs(c[degree - 1]), std::abs(c[degree])});
}

/// A piece together with what its parent lacked.
struct Candidate {
  ChebyshevPiece piece;
  double tail = std::numeric_limits<double>::infinity();
  double scale = 0;

  bool operator<(const Candidate& other) const {  // the widest first, then the leftmost
    const double width = piece.b - piece.a, other_width = other.piece.b - other.piece.a;
    return width < other_width || (width == other_width && piece.a > other.piece.a);
  }
};

/// The noise of f, from samples so near that a smooth function is a polynomial of degree 5.
/// Ref: Moré & Wild, Estimating computational noise (2011).
double scatter(CountedFunction& f, double a, double b) {
  constexpr double weights[] = {1, -6, 15, -20, 15, -6, 1};
  const double middle = a + 0.41 * (b - a), step = 1e-4 * (b - a);
  double sum = 0;
  for (int i = 0; i < 7; ++i) sum += weights[i] * f(middle + (i - 3) * step);
  constexpr double norm_of_weights = 30.397368307141326;  // sqrt(924)
  return std::abs(sum) / norm_of_weights;
}

/// Samples f on [a, b]; `parent_tail` tells rounding, which halving does not lessen, from features.
Candidate sampled(CountedFunction& f, double a, double b, double parent_tail) {
  Candidate result;
  ChebyshevPiece& piece = result.piece;
  piece.a = a, piece.b = b;
  Series values;
  int finite = 0;
  for (int j = 0; j <= degree; ++j) {
    const double x = j == 0        ? b
                     : j == degree ? a
                                   : a / 2 + b / 2 + (b / 2 - a / 2) * cosines()(j, 1);
    const double y = f(x);
    values[static_cast<std::size_t>(j)] = y;
    finite += std::isfinite(y);
  }
  piece.fa = values[degree], piece.fb = values[0];
  if (finite <= degree) {
    piece.state = finite == 0 ? ChebyshevPiece::State::undefined : ChebyshevPiece::State::singular;
    return result;
  }
  piece.c = interpolating_series(values);
  result.tail = tail(piece.c);
  result.scale = largest(values);

  // Rounding in x alone moves f by |x| ε |f′|.
  double slope = 0;
  for (std::size_t j = 0; j < degree; ++j)
    slope = std::max(slope, std::abs(values[j + 1] - values[j]) /
                                std::abs(cosines()(static_cast<int>(j) + 1, 1) -
                                         cosines()(static_cast<int>(j), 1)));
  slope *= 2 / (b - a);
  const double rounding =
      8 * epsilon * (result.scale + slope * std::max(std::abs(a), std::abs(b))) + underflow;
  bool resolved = result.tail <= rounding && std::isfinite(rounding);
  piece.noise = std::max(rounding, result.tail);
  if (!resolved && result.tail > 0.7 * parent_tail && result.tail <= 1e-5 * result.scale &&
      scatter(f, a, b) > 0.03 * result.tail) {
    resolved = true;  // halving did not help: this is noise in f
    piece.noise = 10 * result.tail;
  }
  if (!resolved) {
    piece.state = ChebyshevPiece::State::singular;
    return result;
  }
  // Two points off the grid, where a feature between the nodes may show.
  for (const double share : {0.3141592, 0.6618034}) {
    const double x = a + share * (b - a);
    const double gap = std::abs(f(x) - piece(x));
    if (!(gap <= 20 * piece.noise)) {
      piece.state = ChebyshevPiece::State::singular;
      return result;
    }
  }
  piece.state = ChebyshevPiece::State::smooth;
  return result;
}

/// f departs further from the piece than noise does.
bool departs(const ChebyshevPiece& piece, double x, double fx) {
  return std::abs(fx - piece(x)) > 20 * piece.noise;
}

/// From left to right the ends of the stretches, a step beyond what they enclose, where f is seen
/// to depart from a smooth piece.
std::vector<double> departures(CountedFunction& f, const ChebyshevPiece& piece, double step) {
  std::vector<double> ends;
  const double width = piece.b - piece.a;
  if (!piece.smooth() || width <= degree * step) return ends;
  const double count = std::ceil(width / step), spacing = width / count;
  for (double i = 0; i < count; ++i) {
    const double x = piece.a + (i + 0.5) * spacing;
    if (!departs(piece, x, f(x))) continue;
    const double low = std::max(piece.a, x - spacing), high = std::min(piece.b, x + spacing);
    if (!ends.empty() && ends.back() >= x - 0.5 * spacing)
      ends.back() = high;
    else
      ends.insert(ends.end(), {low, high});
  }
  return ends;
}

}  // namespace

double ChebyshevPiece::operator()(double x) const {
  const double t = ((x - a) - (b - x)) / (b - a);
  double previous = 0, sum = 0;
  for (std::size_t k = degree; k >= 1; --k) {
    const double next = c[k] + 2 * t * sum - previous;
    previous = sum, sum = next;
  }
  return c[0] + t * sum - previous;
}

ChebyshevPiece ChebyshevPiece::derivative() const {
  ChebyshevPiece result;
  result.a = a, result.b = b, result.state = state;
  double above = 0, above2 = 0;  // coefficients k + 1 and k + 2 of the derivative
  for (std::size_t k = degree; k >= 1; --k) {
    const double value = above2 + 2 * static_cast<double>(k) * c[k];
    result.c[k - 1] = value * (k == 1 ? 0.5 : 1.0);
    above2 = above, above = value;
  }
  const double stretch = 2 / (b - a);
  for (double& value : result.c) value *= stretch;
  result.noise = 3 * degree * noise * stretch;
  result.fa = result(a), result.fb = result(b);
  return result;
}

std::vector<double> ChebyshevPiece::zeros() const {
  std::vector<double> result = chebyshev_zeros(c, noise);
  for (double& t : result) t = a / 2 + b / 2 + (b / 2 - a / 2) * t;
  return result;
}

ChebyshevScan chebyshev_pieces(CountedFunction& f, double a, double b, int scan_points) {
  constexpr int first_pieces = 64;
  const double narrowest =
      std::max(1e-9 * (b - a) / first_pieces, 64 * epsilon * std::max(std::abs(a), std::abs(b)));
  std::priority_queue<Candidate> open;
  ChebyshevScan scan;
  const auto consider = [&](Candidate candidate) {
    const bool narrow = candidate.piece.b - candidate.piece.a <= narrowest;
    if (candidate.piece.state == ChebyshevPiece::State::singular && !narrow)
      open.push(std::move(candidate));
    else
      scan.pieces.push_back(candidate.piece);
  };
  double left = a;
  for (int i = 1; i <= first_pieces; ++i) {
    // Lengths vary by a third along the golden rotation.
    const double wobble = std::fmod(i * std::numbers::phi, 1.0) - 0.5;
    const double right = i == first_pieces ? b : a + (b - a) * ((i + wobble / 3) / first_pieces);
    consider(sampled(f, left, right, std::numeric_limits<double>::infinity()));
    left = right;
  }
  const auto halve_open = [&] {
    while (!open.empty() && !f.exhausted()) {
      const Candidate parent = open.top();
      open.pop();
      const double middle = parent.piece.a / 2 + parent.piece.b / 2;
      consider(sampled(f, parent.piece.a, middle, parent.tail));
      consider(sampled(f, middle, parent.piece.b, parent.tail));
    }
  };
  halve_open();
  if (scan_points > 0 && f.remaining() >= scan_points) {
    for (const ChebyshevPiece& piece : std::exchange(scan.pieces, {})) {
      std::vector<double> cuts = departures(f, piece, (b - a) / scan_points);
      if (cuts.empty()) {
        scan.pieces.push_back(piece);
        continue;
      }
      cuts.push_back(piece.b);
      double from = piece.a;
      for (const double to : cuts) {
        if (from < to) consider(sampled(f, from, to, std::numeric_limits<double>::infinity()));
        from = to;
      }
    }
    halve_open();
  }
  scan.complete = open.empty();
  for (; !open.empty(); open.pop()) {
    scan.pieces.push_back(open.top().piece);
    scan.pieces.back().state = ChebyshevPiece::State::unresolved;
  }
  std::sort(scan.pieces.begin(), scan.pieces.end(),
            [](const ChebyshevPiece& p, const ChebyshevPiece& q) { return p.a < q.a; });
  return scan;
}

}  // namespace mathtool::math
