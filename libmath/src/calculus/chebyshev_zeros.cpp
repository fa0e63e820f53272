#include "chebyshev_zeros.hpp"

#include <Eigen/Eigenvalues>
#include <algorithm>
#include <cmath>
#include <cstddef>

#include "mathtool/math/types.hpp"

namespace mathtool::math {
namespace {

struct Value {
  double p, slope;
};

/// Σ cₖ Tₖ(t) and its derivative, by the recurrences of T and U.
Value evaluate(std::span<const double> c, double t) {
  double p = c[0], slope = 0;
  double before = 1, now = t;      // T(k−1), T(k)
  double u_before = 0, u_now = 1;  // U(k−2), U(k−1)
  for (std::size_t k = 1; k < c.size(); ++k) {
    p += c[k] * now;
    slope += c[k] * static_cast<double>(k) * u_now;
    const double next = 2 * t * now - before, u_next = 2 * t * u_now - u_before;
    before = now, now = next;
    u_before = u_now, u_now = u_next;
  }
  return {p, slope};
}

/// The matrix whose eigenvalues are the zeros of Σ cₖ Tₖ with k up to n ≥ 1.
Mat colleague_matrix(std::span<const double> c) {
  const auto n = static_cast<Index>(c.size()) - 1;
  Mat C = Mat::Zero(n, n);
  if (n == 1) {
    C(0, 0) = -c[0] / c[1];
    return C;
  }
  C(0, 1) = 1;
  for (Index i = 1; i < n; ++i) {
    C(i, i - 1) = 0.5;
    if (i + 1 < n) C(i, i + 1) = 0.5;
  }
  for (Index j = 0; j < n; ++j)
    C(n - 1, j) -= c[static_cast<std::size_t>(j)] / (2 * c[static_cast<std::size_t>(n)]);
  return C;
}

}  // namespace

std::vector<double> chebyshev_zeros(std::span<const double> c, double noise) {
  // Eigenvalues lose as many digits as the last coefficient is smaller than the largest; so they
  // serve as a start only, and Newton's method sees the whole series.
  double largest = 0, others = 0;
  for (const double value : c) largest = std::max(largest, std::abs(value));
  const std::span<const double> all = c;
  while (!c.empty() && std::abs(c.back()) <= std::max(noise, 1e-9 * largest))
    c = c.first(c.size() - 1);
  if (c.size() < 2) return {};
  for (std::size_t k = 1; k < c.size(); ++k) others += std::abs(c[k]);
  if (others < 0.999 * std::abs(c[0])) return {};

  const Eigen::EigenSolver<Mat> solver(colleague_matrix(c), false);
  std::vector<double> zeros;
  for (const auto& z : solver.eigenvalues()) {
    // A double zero comes out as a pair beside the axis; its real part is tried as well.
    if (std::abs(z.imag()) > 1e-4 || std::abs(z.real()) > 1.0001) continue;
    double t = z.real();
    for (int step = 0; step < 5; ++step) {
      const Value v = evaluate(all, t);
      const double move = v.slope != 0 ? v.p / v.slope : 0;
      if (!(std::abs(move) < 1e-3)) break;
      t -= move;
    }
    if (std::abs(t) <= 1 + 1e-8) zeros.push_back(std::clamp(t, -1.0, 1.0));
  }
  std::sort(zeros.begin(), zeros.end());
  zeros.erase(std::unique(zeros.begin(), zeros.end()), zeros.end());
  return zeros;
}

}  // namespace mathtool::math
