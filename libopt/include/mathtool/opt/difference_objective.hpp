#pragma once

#include <cstdint>
#include <utility>

#include "mathtool/math/function_ref.hpp"
#include "mathtool/math/types.hpp"
#include "mathtool/opt/box.hpp"

namespace mathtool::opt {

struct DifferenceOptions {
  bool central = true;      ///< two evaluations for each coordinate instead of one, 10 digits for 8
  double typical_size = 1;  ///< > 0: the distance is relative to max(|xᵢ|, typical_size)
  Box box = {};             ///< f is asked at no point outside of it
};

/// ∇f at x by differences, `value` = f(x).
///     (f(x + h eᵢ) − f(x − h eᵢ)) / 2h,   h = ∛ε · max(|xᵢ|, typical_size)
/// One-sided with √ε instead of ∛ε where a bound, or a value that is not finite, is in the way.
/// Throws:  DomainError for a typical_size that is not > 0; what f throws.
/// Error:   about 1e-10 relative for central ones of a smooth f, 1e-8 for others.
/// Returns: how often f was called: 2n, n if not central.
/// Ref:     Nocedal & Wright, Numerical Optimization (2006), section 8.1.
std::int64_t difference_gradient(FunctionRef<double(const Vec&)> f, const VecRef& x, double value,
                                 const DifferenceOptions& options, Vec& gradient);

/// An objective that knows f alone and takes its derivatives by differences.
template <class F>
class DifferenceObjective {
 public:
  DifferenceObjective(F f, DifferenceOptions options)
      : f_(std::move(f)), options_(std::move(options)) {}

  double operator()(const Vec& x, Vec& gradient) {
    const double at_x = value(x);
    calls_ += difference_gradient(f_, x, at_x, options_, gradient);
    return at_x;
  }
  double value(const Vec& x) { return ++calls_, static_cast<double>(f_(x)); }

  /// Of f itself, of which one gradient takes many.
  std::int64_t calls() const { return calls_; }

 private:
  F f_;
  DifferenceOptions options_;
  std::int64_t calls_ = 0;
};

/// f: Vec → double, of which nothing else is known, as an objective.
template <class F>
DifferenceObjective<F> by_differences(F f, DifferenceOptions options = {}) {
  return {std::move(f), std::move(options)};
}

}  // namespace mathtool::opt
