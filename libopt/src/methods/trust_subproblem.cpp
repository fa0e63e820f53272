#include "trust_subproblem.hpp"

#include <algorithm>
#include <cmath>

#include "mathtool/math/constants.hpp"
#include "mathtool/math/symmetric_eigen.hpp"

namespace mathtool::opt {
namespace {

/// t ≥ 0 with ‖s + t d‖ = radius.
double reach(const Vec& s, const Vec& d, double radius) {
  const double a = d.squaredNorm(), b = s.dot(d), c = s.squaredNorm() - radius * radius;
  if (a == 0) return 0;
  const double root = std::sqrt(std::max(0.0, b * b - a * c));
  // Of the two forms the one that does not cancel.
  return std::max(0.0, b > 0 ? -c / (b + root) : (root - b) / a);
}

}  // namespace

TrustStep exact_trust_step(const Mat& B, const Vec& g, double radius) {
  const Index n = g.size();
  const math::SymmetricEigen eigen = math::symmetric_eigen(B);
  const Vec along = eigen.vectors.transpose() * g;
  const double lowest = eigen.values[n - 1], largest = eigen.values.cwiseAbs().maxCoeff();
  const auto step_of = [&](const Vec& parts, bool at_edge) {
    TrustStep step{eigen.vectors * parts, 0, at_edge};
    step.promise = -(along.dot(parts) + 0.5 * parts.dot(eigen.values.cwiseProduct(parts)));
    return step;
  };
  if (lowest > epsilon * largest) {
    const Vec newton = -along.cwiseQuotient(eigen.values);
    if (newton.norm() <= radius) return step_of(newton, false);
  }
  // Sought is the shift δ = μ + lowest; differences of eigenvalues are free of cancellation then.
  const Vec gaps = eigen.values.array() - lowest;
  const double floor = std::max(0.0, lowest);
  double shift = floor;
  for (Index i = 0; i < n; ++i) shift = std::max(shift, std::abs(along[i]) / radius - gaps[i]);
  const auto parts_at = [&](double delta) {
    Vec parts(n);
    for (Index i = 0; i < n; ++i) parts[i] = along[i] == 0 ? 0 : -along[i] / (gaps[i] + delta);
    return parts;
  };
  Vec parts = parts_at(shift);
  // 1/‖s‖ is nearly linear in δ, so that Newton's method on it comes from the left in a few steps.
  for (int i = 0; i < 50; ++i) {
    const double length = parts.norm();
    if (!(length > radius * (1 + 1e-10))) break;
    double slope = 0;
    for (Index k = 0; k < n; ++k)
      if (parts[k] != 0) slope += parts[k] * parts[k] / (gaps[k] + shift);
    const double next = shift + (length / radius - 1) * length * length / slope;
    if (!(next > shift)) break;
    shift = next;
    parts = parts_at(shift);
  }
  if (!parts.allFinite()) parts = -along * (radius / std::max(along.norm(), 1e-300));
  // The hard case: even with no shift left the edge is not reached.
  if (parts.norm() < radius * (1 - 1e-8) && lowest <= 0) {
    const Vec down = Vec::Unit(n, n - 1) * (along[n - 1] > 0 ? -1.0 : 1.0);
    parts += reach(parts, down, radius) * down;
  }
  return step_of(parts, true);
}

TrustStep steihaug_trust_step(FunctionRef<Vec(const Vec&)> product, const Vec& g, double radius) {
  const Index n = g.size();
  TrustStep step{Vec::Zero(n)};
  Vec image = Vec::Zero(n);  // B s
  const auto finished = [&] {
    step.promise = -(g.dot(step.s) + 0.5 * step.s.dot(image));
    return step;
  };
  const double length = g.norm(), enough = std::min(0.5, std::sqrt(length)) * length;
  Vec r = g, d = -g;
  for (Index i = 0; i < 2 * n + 10 && r.norm() > 0; ++i) {
    const Vec Bd = product(d);
    if (!Bd.allFinite()) {
      if (i == 0) step.s = -g * (radius / length), step.at_edge = true;
      return finished();
    }
    const double curvature = d.dot(Bd), square = r.squaredNorm();
    const double t = square / curvature;
    if (curvature <= 0 || (step.s + t * d).norm() >= radius) {
      const double to_edge = reach(step.s, d, radius);
      step.s += to_edge * d;
      image += to_edge * Bd;
      step.at_edge = true;
      return finished();
    }
    step.s += t * d;
    image += t * Bd;
    r += t * Bd;
    if (r.norm() <= enough) break;
    d = -r + (r.squaredNorm() / square) * d;
  }
  return finished();
}

}  // namespace mathtool::opt
