#pragma once

#include <algorithm>
#include <concepts>
#include <memory>
#include <type_traits>

#include "mathtool/math/types.hpp"

namespace mathtool::opt {

/// r: ℝⁿ → ℝᵐ with its Jacobian: writes r(x), size m, into `residuals` and, unless `jacobian` is
/// null, ∂rᵢ/∂xⱼ, m × n, into what it points to. m must not depend on x.
template <class F>
concept ResidualFunction = requires(F& f, const Vec& x, Vec& residuals, Mat* jacobian) {
  f(x, residuals, jacobian);
};

/// The same block by block, for more rows than should stand in memory with n derivatives each:
/// writes rows first, first + 1, ... of r, as many as `residuals` has, and of the Jacobian unless
/// it is null. Several threads call it at once.
template <class F>
concept BlockedResiduals = requires(const F& f, const Vec& x, Index first,
                                    Eigen::Ref<Vec> residuals, Mat* jacobian) {
  { f.rows() } -> std::convertible_to<Index>;
  f.evaluate(x, first, residuals, jacobian);
};

/// A non-owning view of either. For parameters only, where the argument outlives the call. Only
/// have r? Wrap it: `residuals_by_autodiff(r)`, `residuals_by_differences(r)`,
/// `ExpressionResiduals`.
class Residuals {
 public:
  template <class F>
  requires(!std::same_as<std::remove_cvref_t<F>, Residuals> &&
           (ResidualFunction<F> || BlockedResiduals<F>)) Residuals(F&& f)
  noexcept {
    using Function = std::remove_reference_t<F>;
    if constexpr (std::is_function_v<Function>)
      object_ = reinterpret_cast<void*>(&f);
    else
      object_ = const_cast<void*>(static_cast<const void*>(std::addressof(f)));
    if constexpr (BlockedResiduals<F>) {
      rows_ = [](void* object) -> Index { return static_cast<const Function*>(object)->rows(); };
      block_ = [](void* object, const Vec& x, Index first, Eigen::Ref<Vec> r, Mat* jacobian) {
        static_cast<const Function*>(object)->evaluate(x, first, r, jacobian);
      };
    } else {
      whole_ = [](void* object, const Vec& x, Vec& r, Mat* jacobian) {
        (*reinterpret_cast<Function*>(object))(x, r, jacobian);
      };
    }
  }

  bool blocked() const { return block_ != nullptr; }

  /// Pre: `blocked()`.
  Index rows() const { return rows_(object_); }
  void block(const Vec& x, Index first, Eigen::Ref<Vec> residuals, Mat* jacobian) const {
    block_(object_, x, first, residuals, jacobian);
  }

  /// Pre: not `blocked()`.
  void whole(const Vec& x, Vec& residuals, Mat* jacobian) const {
    whole_(object_, x, residuals, jacobian);
  }

 private:
  void* object_ = nullptr;
  Index (*rows_)(void*) = nullptr;
  void (*block_)(void*, const Vec&, Index, Eigen::Ref<Vec>, Mat*) = nullptr;
  void (*whole_)(void*, const Vec&, Vec&, Mat*) = nullptr;
};

}  // namespace mathtool::opt
