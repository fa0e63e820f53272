#include "curvature.hpp"

#include <algorithm>
#include <cmath>

#include "mathtool/math/constants.hpp"
#include "mathtool/math/error.hpp"
#include "mathtool/math/random/uniform.hpp"
#include "mathtool/math/symmetric_eigen.hpp"
#include "mathtool/opt/free_variables.hpp"

namespace mathtool::opt {

Vec Curvature::difference(const Vec& v) {
  const double length = v.lpNorm<Eigen::Infinity>();
  if (length == 0) return Vec::Zero(v.size());
  const double wanted =
      std::sqrt(epsilon) * std::max(1.0, at_.x.lpNorm<Eigen::Infinity>()) / length;
  // Where the box, or a point that is not finite, is in the way: the other side, then nearer.
  Vec gradient;
  for (double distance = wanted; distance > 1e-4 * wanted; distance /= 16)
    for (const double h : {distance, -distance}) {
      const Vec x = at_.x + h * v;
      if (!f_.box().contains(x)) continue;
      if (f_.exhausted()) return Vec::Constant(v.size(), not_a_number);
      if (!std::isfinite(f_(x, gradient))) continue;
      return (gradient - at_.gradient) / h;
    }
  return Vec::Constant(v.size(), not_a_number);
}

Vec Curvature::times(const Vec& v) {
  Vec product;
  if (f_.has_hessian_times()) {
    product = f_.hessian_times(at_.x, v);
  } else if (f_.has_hessian()) {
    if (hessian_.size() == 0) hessian_ = f_.hessian(at_.x);
    require<DimensionError>(hessian_.rows() == v.size() && hessian_.cols() == v.size(),
                            "minimize: f made a Hessian of {} x {} for x of {}", hessian_.rows(),
                            hessian_.cols(), v.size());
    product = hessian_ * v;
  } else {
    product = difference(v);
  }
  require<DimensionError>(product.size() == v.size(),
                          "minimize: f made a product with its Hessian of {} for x of {}",
                          product.size(), v.size());
  return product;
}

Mat Curvature::matrix() {
  const Index n = at_.x.size();
  Mat H(n, n);
  if (f_.has_hessian()) {
    H = f_.hessian(at_.x);
    require<DimensionError>(H.rows() == n && H.cols() == n,
                            "minimize: f made a Hessian of {} x {} for x of {}", H.rows(), H.cols(),
                            n);
  } else {
    for (Index j = 0; j < n; ++j) H.col(j) = times(Vec::Unit(n, j));
  }
  if (!H.allFinite()) return Mat::Zero(n, n);
  return 0.5 * (H + H.transpose());
}

std::vector<Index> free_places(const Box& box, const Iterate& now) {
  FreeVariables free;
  free.update(box, now);
  std::vector<Index> places;
  for (Index i = 0; i < now.x.size(); ++i)
    if (free.has(i)) places.push_back(i);
  return places;
}

Vec negative_curvature(Curvature& curvature, const Iterate& now, const std::vector<Index>& places) {
  const Index n = now.x.size(), m = std::ssize(places), steps = std::min<Index>(m, 20);
  if (m == 0) return {};
  math::Philox random(0);
  Mat basis(m, steps), T = Mat::Zero(steps, steps);
  Vec q(m);
  for (double& entry : q) entry = math::uniform(random) - 0.5;
  q.normalize();
  Index done = 0;
  for (; done < steps; ++done) {
    basis.col(done) = q;
    Vec w = gathered(curvature.times(scattered(q, places, n)), places);
    if (!w.allFinite()) break;
    T(done, done) = q.dot(w);
    // Twice against all, so that the basis stays orthogonal.
    for (int twice = 0; twice < 2; ++twice)
      w -= basis.leftCols(done + 1) * (basis.leftCols(done + 1).transpose() * w);
    const double beta = w.norm();
    if (done + 1 == steps || beta <= 1e-12 * std::abs(T(done, done))) {
      ++done;
      break;
    }
    T(done, done + 1) = T(done + 1, done) = beta;
    q = w / beta;
  }
  if (done == 0) return {};
  const math::SymmetricEigen eigen = math::symmetric_eigen(T.topLeftCorner(done, done));
  // Not more than the rounding of the products.
  if (eigen.values[done - 1] >= -1e-10 * eigen.values.cwiseAbs().maxCoeff()) return {};
  return scattered(basis.leftCols(done) * eigen.vectors.col(done - 1), places, n);
}

Vec gathered(const Vec& v, const std::vector<Index>& places) {
  Vec result(std::ssize(places));
  for (Index i = 0; i < result.size(); ++i) result[i] = v[places[static_cast<std::size_t>(i)]];
  return result;
}

Vec scattered(const Vec& v, const std::vector<Index>& places, Index n) {
  Vec result = Vec::Zero(n);
  for (Index i = 0; i < v.size(); ++i) result[places[static_cast<std::size_t>(i)]] = v[i];
  return result;
}

}  // namespace mathtool::opt
