#pragma once

#include <concepts>
#include <functional>
#include <memory>
#include <type_traits>
#include <utility>

namespace mathtool {

template <class Signature>
class FunctionRef;

/// A non-owning view of any callable: two pointers, no allocation. For parameters only, where the
/// argument outlives the call; never store one.
template <class R, class... Args>
class FunctionRef<R(Args...)> {
 public:
  template <class F>
  requires(std::is_invocable_r_v<R, F&, Args...> &&
           !std::same_as<std::remove_cvref_t<F>, FunctionRef>) FunctionRef(F&& f)
  noexcept {
    using Callable = std::remove_reference_t<F>;
    if constexpr (std::is_function_v<Callable>)
      object_ = reinterpret_cast<void*>(&f);
    else
      object_ = const_cast<void*>(static_cast<const void*>(std::addressof(f)));
    call_ = [](void* object, Args... args) -> R {
      Callable& callable = *reinterpret_cast<Callable*>(object);
      if constexpr (std::is_void_v<R>)
        std::invoke(callable, std::forward<Args>(args)...);
      else
        return std::invoke(callable, std::forward<Args>(args)...);
    };
  }

  R operator()(Args... args) const { return call_(object_, std::forward<Args>(args)...); }

 private:
  void* object_;
  R (*call_)(void*, Args...);
};

}  // namespace mathtool
