#pragma once

#include <concepts>
#include <memory>
#include <type_traits>

#include "mathtool/math/types.hpp"

namespace mathtool::opt {

/// f: ℝⁿ → ℝ with gradient: returns f(x) and writes ∇f(x), size n, into `gradient`.
template <class F>
concept ObjectiveFunction = requires(F& f, const Vec& x, Vec& gradient) {
  { f(x, gradient) } -> std::convertible_to<double>;
};

/// A non-owning view of an ObjectiveFunction. For parameters only, where the argument outlives the
/// call. Beside value and gradient the function may offer, as members,
///     value(x)            f(x) alone, where that is cheaper
///     hessian(x)          ∂²f/∂xᵢ∂xⱼ, n × n
///     hessian_times(x, v) the same times a vector, without forming it
///     squares()           of how many squares f is the sum, 0: not known to be one
/// Only have f? Wrap it: `by_autodiff(f)`, `by_differences(f)`, `ExpressionObjective`.
class Objective {
 public:
  template <ObjectiveFunction F>
  requires(!std::same_as<std::remove_cvref_t<F>, Objective>) Objective(F&& f)
  noexcept {
    using Function = std::remove_reference_t<F>;
    if constexpr (std::is_function_v<Function>)
      object_ = reinterpret_cast<void*>(&f);
    else
      object_ = const_cast<void*>(static_cast<const void*>(std::addressof(f)));
    evaluate_ = [](void* object, const Vec& x, Vec& gradient) {
      return static_cast<double>((*reinterpret_cast<Function*>(object))(x, gradient));
    };
    if constexpr (requires(const Vec& x) { f.value(x); })
      value_ = [](void* object, const Vec& x) {
        return static_cast<double>(static_cast<Function*>(object)->value(x));
      };
    if constexpr (requires(const Vec& x) { f.hessian(x); })
      hessian_ = [](void* object, const Vec& x) -> Mat {
        return static_cast<Function*>(object)->hessian(x);
      };
    if constexpr (requires(const Vec& x) { f.hessian_times(x, x); })
      hessian_times_ = [](void* object, const Vec& x, const Vec& v) -> Vec {
        return static_cast<Function*>(object)->hessian_times(x, v);
      };
    if constexpr (requires { f.squares(); }) squares_ = static_cast<Index>(f.squares());
  }

  double operator()(const Vec& x, Vec& gradient) const { return evaluate_(object_, x, gradient); }

  bool has_value() const { return value_ != nullptr; }
  bool has_hessian() const { return hessian_ != nullptr; }
  bool has_hessian_times() const { return hessian_times_ != nullptr; }

  /// Pre: `has_value()`, and so on.
  double value(const Vec& x) const { return value_(object_, x); }
  Mat hessian(const Vec& x) const { return hessian_(object_, x); }
  Vec hessian_times(const Vec& x, const Vec& v) const { return hessian_times_(object_, x, v); }

  Index squares() const { return squares_; }

 private:
  void* object_ = nullptr;
  double (*evaluate_)(void*, const Vec&, Vec&) = nullptr;
  double (*value_)(void*, const Vec&) = nullptr;
  Mat (*hessian_)(void*, const Vec&) = nullptr;
  Vec (*hessian_times_)(void*, const Vec&, const Vec&) = nullptr;
  Index squares_ = 0;
};

}  // namespace mathtool::opt
