#include "box_model.hpp"

#include <Eigen/LU>
#include <algorithm>
#include <cmath>
#include <utility>
#include <vector>

#include "mathtool/math/constants.hpp"

namespace mathtool::opt {
namespace {

/// Where the projected gradient meets a bound, ordered so that a heap gives the nearest first.
struct Breakpoint {
  double t = 0;
  Index i = 0;
  bool operator<(const Breakpoint& other) const { return t != other.t ? t > other.t : i > other.i; }
};

double meets_bound(const Box& box, double x, double g, Index i) {
  if (g == 0 || box.unbounded()) return infinity;
  return std::max(0.0, (x - (g > 0 ? box.low[i] : box.high[i])) / g);
}

}  // namespace

BoxModel::BoxModel(const Lbfgsb::State& pairs, const Box& box, const Iterate& now)
    : pairs_(pairs), box_(box), now_(now), k_(pairs.count), middle_(2 * k_, 2 * k_) {
  const Index m = pairs.s.cols();
  const auto age = [&](Index column) { return (pairs.next + m - 1 - column) % m; };
  middle_.setZero();
  for (Index i = 0; i < k_; ++i) {
    middle_(i, i) = -pairs.sy(i, i);
    for (Index j = 0; j < k_; ++j) {
      middle_(k_ + i, k_ + j) = pairs.theta * pairs.ss(i, j);
      if (age(i) < age(j)) middle_(k_ + i, j) = middle_(j, k_ + i) = pairs.sy(i, j);
    }
  }
}

Vec BoxModel::row(Index i) const {
  Vec w(2 * k_);
  w << pairs_.y.row(i).head(k_).transpose(), pairs_.theta * pairs_.s.row(i).head(k_).transpose();
  return w;
}

void BoxModel::walk_to_cauchy_point() {
  const Index n = now_.x.size();
  const double theta = pairs_.theta;
  const Vec& g = now_.gradient;
  Vec d = -g;
  std::vector<Breakpoint> bounds;
  for (Index i = 0; i < n; ++i) {
    const double t = meets_bound(box_, now_.x[i], g[i], i);
    if (t == 0) d[i] = 0;
    if (t > 0 && t < infinity) bounds.push_back({t, i});
  }
  std::make_heap(bounds.begin(), bounds.end());
  const Eigen::PartialPivLU<Mat> middle(middle_);
  const auto times_m = [&](const Vec& v) { return k_ == 0 ? v : Vec(middle.solve(v)); };

  Vec p(2 * k_);
  p << pairs_.y.leftCols(k_).transpose() * d, theta * (pairs_.s.leftCols(k_).transpose() * d);
  double slope = -d.squaredNorm();
  const double curvature0 = -theta * slope;
  double curvature = curvature0 - p.dot(times_m(p));
  double reached = 0, wanted = slope == 0 ? 0 : -slope / curvature;
  while (!bounds.empty() && slope < 0) {
    std::pop_heap(bounds.begin(), bounds.end());
    const auto [t, i] = bounds.back();
    if (wanted < t - reached) break;
    bounds.pop_back();
    const double way = t - reached;
    point_[i] = d[i] > 0 ? box_.high[i] : box_.low[i];
    const double moved = point_[i] - now_.x[i];
    weights_ += way * p;
    slope += way * curvature + g[i] * g[i] + theta * g[i] * moved;
    curvature -= theta * g[i] * g[i];
    if (k_ > 0) {
      const Vec w = row(i), mw = times_m(w);
      slope -= g[i] * mw.dot(weights_);
      curvature -= g[i] * (2 * mw.dot(p) + g[i] * mw.dot(w));
      p += g[i] * w;
    }
    // Rounding must not make a convex model concave.
    curvature = std::max(curvature, epsilon * curvature0);
    d[i] = 0;
    wanted = -slope / curvature;
    reached = t;
  }
  wanted = std::max(wanted, 0.0);
  reached += wanted;
  weights_ += wanted * p;
  for (Index i = 0; i < n; ++i)
    if (d[i] != 0) point_[i] = now_.x[i] + reached * d[i];
  box_.project(point_);
}

/// W_Fᵀ W_F of the free rows, by those that are fewer, free or held.
Mat BoxModel::free_gram(const std::vector<Index>& free) const {
  const Index n = now_.x.size();
  const bool by_held = 2 * std::ssize(free) > n;
  Mat gram = Mat::Zero(2 * k_, 2 * k_);
  const auto add = [&](Index i, double sign) {
    const Vec w = row(i);
    gram.noalias() += sign * w * w.transpose();
  };
  if (!by_held) {
    for (const Index i : free) add(i, 1);
    return gram;
  }
  const double theta = pairs_.theta;
  gram << pairs_.yy.topLeftCorner(k_, k_), theta * pairs_.sy.topLeftCorner(k_, k_).transpose(),
      theta * pairs_.sy.topLeftCorner(k_, k_), theta * theta * pairs_.ss.topLeftCorner(k_, k_);
  auto next = free.begin();
  for (Index i = 0; i < n; ++i)
    if (next != free.end() && *next == i)
      ++next;
    else
      add(i, -1);
  return gram;
}

void BoxModel::minimise_over_free() {
  const Index n = now_.x.size();
  const double theta = pairs_.theta;
  std::vector<Index> free;
  for (Index i = 0; i < n; ++i)
    if (box_.unbounded() || (point_[i] > box_.low[i] && point_[i] < box_.high[i]))
      free.push_back(i);
  if (free.empty() || k_ == 0) return;

  // The gradient of the model at the Cauchy point, on the free variables.
  const Eigen::PartialPivLU<Mat> middle(middle_);
  const Vec mc = middle.solve(weights_);
  Vec r = now_.gradient + theta * (point_ - now_.x);
  r.noalias() -= pairs_.y.leftCols(k_) * mc.head(k_);
  r.noalias() -= theta * (pairs_.s.leftCols(k_) * mc.tail(k_));
  Vec r_free = Vec::Zero(n);
  for (const Index i : free) r_free[i] = r[i];
  Vec v(2 * k_);
  v << pairs_.y.leftCols(k_).transpose() * r_free,
      theta * (pairs_.s.leftCols(k_).transpose() * r_free);
  // (I − M N)⁻¹ M v of the paper is (M⁻¹ − N)⁻¹ v.
  v = Eigen::PartialPivLU<Mat>(middle_ - free_gram(free) / theta).solve(v);
  Vec wv = pairs_.y.leftCols(k_) * v.head(k_);
  wv.noalias() += theta * (pairs_.s.leftCols(k_) * v.tail(k_));
  if (!wv.allFinite()) return;

  Vec end = point_;
  for (const Index i : free) end[i] -= (r_free[i] + wv[i] / theta) / theta;
  Vec inside = end;
  box_.project(inside);
  if ((inside - now_.x).dot(now_.gradient) < 0) {
    point_ = std::move(inside);
    return;
  }
  // The projection may have spoilt the descent: back, up to the first bound on the way.
  double share = 1;
  for (const Index i : free) {
    const double way = end[i] - point_[i];
    if (way != 0 && !box_.unbounded())
      share = std::min(share, ((way > 0 ? box_.high[i] : box_.low[i]) - point_[i]) / way);
  }
  point_ += share * (end - point_);
  box_.project(point_);
}

Vec BoxModel::minimum() {
  point_ = now_.x;
  weights_ = Vec::Zero(2 * k_);
  // Without bounds the model has one minimum, and no need of a place to begin.
  if (!box_.unbounded() || k_ == 0) walk_to_cauchy_point();
  minimise_over_free();
  return std::move(point_);
}

}  // namespace mathtool::opt
