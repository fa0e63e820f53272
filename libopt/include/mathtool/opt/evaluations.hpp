#pragma once

#include <chrono>
#include <cstdint>
#include <limits>

#include "mathtool/math/types.hpp"
#include "mathtool/opt/box.hpp"
#include "mathtool/opt/objective.hpp"
#include "mathtool/opt/stopping.hpp"

namespace mathtool::opt {

/// The objective as a method sees it: every call is counted, the best point is kept whatever the
/// method does with it, and f is never called outside the box.
///
/// Returns: NaN where f or a derivative is NaN or infinite, so that no comparison accepts the
/// point;
///          −∞ where f is −∞.
/// Throws:  DomainError for a point outside the box, DimensionError for a gradient of another size;
///          what f throws.
class Evaluations {
 public:
  Evaluations(Objective f, const Box& box, const StoppingOptions& limits)
      : f_(f), box_(box), limits_(limits) {}

  double operator()(const Vec& x, Vec& gradient);
  double value(const Vec& x);

  bool has_hessian() const { return f_.has_hessian(); }
  bool has_hessian_times() const { return f_.has_hessian_times(); }
  Mat hessian(const Vec& x) { return ++hessians_, f_.hessian(x); }
  Vec hessian_times(const Vec& x, const Vec& v) { return ++hessians_, f_.hessian_times(x, v); }

  Index squares() const { return f_.squares(); }

  const Box& box() const { return box_; }
  const StoppingOptions& limits() const { return limits_; }

  std::int64_t count() const { return count_; }          ///< calls of f
  std::int64_t gradients() const { return gradients_; }  ///< those with gradient
  std::int64_t hessians() const { return hessians_; }    ///< Hessians and products with them
  double seconds() const;                                ///< since it was made

  /// Whether evaluations, time or the caller's patience are used up: a search within a step ends,
  /// and the loop says why.
  bool exhausted() const;

  /// The lowest finite value so far and where it was; NaN and empty before there is one.
  const Vec& best_x() const { return best_x_; }
  double best_value() const { return best_value_; }
  double best_gradient_norm() const { return best_gradient_norm_; }  ///< NaN if not taken there

 private:
  void keep(const Vec& x, double value, double gradient_norm);

  Objective f_;
  const Box& box_;
  const StoppingOptions& limits_;
  std::chrono::steady_clock::time_point begin_ = std::chrono::steady_clock::now();
  std::int64_t count_ = 0, gradients_ = 0, hessians_ = 0;
  Vec scratch_ = {}, best_x_ = {};
  double best_value_ = std::numeric_limits<double>::quiet_NaN();
  double best_gradient_norm_ = std::numeric_limits<double>::quiet_NaN();
};

}  // namespace mathtool::opt
