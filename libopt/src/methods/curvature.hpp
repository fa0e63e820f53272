#pragma once

#include <vector>

#include "mathtool/opt/evaluations.hpp"
#include "mathtool/opt/iterate.hpp"

namespace mathtool::opt {

/// The second derivatives of f at an iterate, by whatever f offers: its Hessian, products with it,
/// or else differences of gradients, for which f is evaluated once a product.
/// Throws: DimensionError for a Hessian of another size.
class Curvature {
 public:
  /// Both must outlive it.
  Curvature(Evaluations& f, const Iterate& at) : f_(f), at_(at) {}

  /// H v; with entries that are not finite where f gives none.
  Vec times(const Vec& v);

  /// H, symmetric; 0 where f gives nothing finite, so that a step along the gradient remains.
  Mat matrix();

 private:
  Vec difference(const Vec& v);

  Evaluations& f_;
  const Iterate& at_;
  Mat hessian_ = {};
};

/// The numbers of the variables that a step may change, see `FreeVariables`.
std::vector<Index> free_places(const Box& box, const Iterate& now);

/// A direction of length 1 among these variables along which f is curved downwards, by up to 20
/// Lanczos steps from a vector that is the same in every run; empty where they find none.
Vec negative_curvature(Curvature& curvature, const Iterate& now, const std::vector<Index>& places);

/// The entries of v at these places, and the reverse: a vector of n with 0 elsewhere.
Vec gathered(const Vec& v, const std::vector<Index>& places);
Vec scattered(const Vec& v, const std::vector<Index>& places, Index n);

}  // namespace mathtool::opt
