#include "damped_step.hpp"

#include <algorithm>
#include <cmath>

#include "mathtool/math/constants.hpp"
#include "mathtool/math/thin_svd.hpp"

namespace mathtool::opt {

/// R D⁻¹ = U diag(s) Vᵀ of some columns, and Uᵀq.
struct LinearModel::Factors {
  Vec s = {}, target = {}, scale = {};
  Mat V = {};

  /// What s² + λ leaves of the way to the minimum; directions that rounding cannot tell from 0 are
  /// no way at all.
  Vec scaled_step(double lambda) const {
    Vec z(s.size());
    const double least = s.size() > 0 ? s[0] * epsilon * static_cast<double>(s.size()) : 0.0;
    for (Index i = 0; i < s.size(); ++i)
      z[i] = s[i] > least ? -s[i] * target[i] / (s[i] * s[i] + lambda) : 0.0;
    return z;
  }

  /// λ ≥ 0 with a step of length `radius`, to a tenth. Ref: Hebden (1973); Moré (1978), §5.
  double damping(double radius) const {
    double low = 0, high = s.cwiseProduct(target).norm() / radius;
    double lambda = std::max(1e-3 * high, std::numeric_limits<double>::min());
    for (int round = 0; round < 60; ++round) {
      const Vec z = scaled_step(lambda);
      const double length = z.norm();
      if (std::abs(length - radius) <= 0.1 * radius) break;
      (length > radius ? low : high) = lambda;
      double bend = 0;
      for (Index i = 0; i < s.size(); ++i)
        if (z[i] != 0) bend += z[i] * z[i] / (s[i] * s[i] + lambda);
      const double next = lambda + (length - radius) / radius * length * length / bend;
      lambda = next > low && next < high ? next : std::max(std::sqrt(low * high), 1e-3 * high);
    }
    return lambda;
  }

  Vec unscaled(const Vec& z) const { return (V * z).cwiseQuotient(scale); }
};

std::vector<Index> held_by_bounds(const Linearization& at, const Vec& x, const Box& box) {
  std::vector<Index> held;
  if (box.unbounded()) return held;
  const Vec gradient = at.R.transpose() * at.q;
  for (Index j = 0; j < x.size(); ++j)
    if ((x[j] <= box.low[j] && gradient[j] > 0) || (x[j] >= box.high[j] && gradient[j] < 0) ||
        box.low[j] == box.high[j])
      held.push_back(j);
  return held;
}

LinearModel::Factors LinearModel::factorise(const std::vector<Index>& columns, const Vec& q) const {
  Factors result;
  const auto k = static_cast<Index>(columns.size());
  if (k == 0) return result;
  result.scale = D_(columns);
  const Mat scaled = at_.R(Eigen::all, columns) * result.scale.cwiseInverse().asDiagonal();
  const math::ThinSvd svd = math::thin_svd(scaled);
  result.s = svd.singular;
  result.target = svd.U.transpose() * q;
  result.V = svd.V;
  return result;
}

LinearModel::LinearModel(const Linearization& at, const Vec& x, const Vec& D, const Box& box)
    : at_(at), x_(x), D_(D), box_(box) {
  const std::vector<Index> held = held_by_bounds(at, x, box);
  for (Index j = 0; j < x.size(); ++j)
    if (!std::binary_search(held.begin(), held.end(), j)) free_.push_back(j);
  full_ = Vec::Zero(x.size());
  if (free_.empty()) return;
  const Factors all = factorise(free_, at.q);
  full_(free_) = all.unscaled(all.scaled_step(0));
  double slope = 0;
  for (Index i = 0; i < all.s.size(); ++i)
    if (all.s[i] > all.s[0] * epsilon * static_cast<double>(all.s.size()))
      slope += all.target[i] * all.target[i];
  slope_ = std::sqrt(slope);
}

DampedStep LinearModel::step(double radius) const {
  DampedStep result{.h = Vec::Zero(x_.size())};
  std::vector<Index> columns = free_;
  Vec q = at_.q;
  while (!columns.empty()) {
    const Factors factors = factorise(columns, q);
    Vec z = factors.scaled_step(0);
    result.damped = z.norm() > 1.1 * radius;
    if (result.damped) z = factors.scaled_step(factors.damping(radius));
    const Vec h = factors.unscaled(z);
    std::vector<Index> inside;
    for (std::size_t k = 0; k < columns.size(); ++k) {
      const Index j = columns[k];
      const double step = h[static_cast<Index>(k)];
      result.h[j] = step;
      if (box_.unbounded()) continue;
      const double end = std::clamp(x_[j] + step, box_.low[j], box_.high[j]);
      if (end == x_[j] + step) {
        inside.push_back(j);
        continue;
      }
      result.h[j] = end - x_[j];
      q += at_.R.col(j) * result.h[j];
    }
    if (box_.unbounded() || inside.size() == columns.size()) break;
    columns = std::move(inside);
  }
  result.length = D_.cwiseProduct(result.h).norm();
  // ‖q‖² − ‖q + R h‖² without the cancellation.
  const Vec Rh = at_.R.triangularView<Eigen::Upper>() * result.h;
  result.predicted = -(2 * at_.q + Rh).dot(Rh);
  return result;
}

}  // namespace mathtool::opt
