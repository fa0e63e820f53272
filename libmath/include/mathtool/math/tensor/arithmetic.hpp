#pragma once

#include <concepts>
#include <type_traits>
#include <utility>

#include "mathtool/math/tensor/tensor.hpp"

namespace mathtool::math {

enum class Arithmetic { add, subtract, multiply, divide };

/// a ∘ b, element by element, after both are broadcast to one shape. Integers do not wrap around:
/// 200 + 100 in uint8 is an error, and so is division by an integer 0; it truncates towards 0.
///
/// Throws: DimensionError, which shows both shapes; DomainError for an integer result out of range.
template <TensorElement T>
Tensor<T> combine(Arithmetic operation, const TensorView<const T>& a, const TensorView<const T>& b);

/// a ← a ∘ b, with b broadcast to the shape of a. The two may share elements.
///
/// Throws: as `combine`; a is then partly changed where an integer left its range.
template <TensorElement T>
void combine_into(Arithmetic operation, const TensorView<T>& a, const TensorView<const T>& b);

/// A plain number stands beside tensors whose elements are of its kind: no 2.5 beside integers.
template <class S, class A>
concept ScalarBeside = std::is_arithmetic_v<S> && TensorLike<A> &&
    (std::floating_point<typename A::Element> || std::integral<S>);

template <class A, class B>
concept SameElements =
    TensorLike<A> && TensorLike<B> && std::same_as<typename A::Element, typename B::Element>;

template <class A, class B>
concept Operands = SameElements<A, B> || ScalarBeside<A, B> || ScalarBeside<B, A>;

namespace detail {

/// The view of a tensor, or of a number as a tensor of rank 0.
template <TensorElement T>
class Operand {
 public:
  template <class A>
  explicit Operand(const A& a) : scalar_(scalar_of(a)), view_(&scalar_, Shape{}) {
    if constexpr (TensorLike<A>) view_ = view_of(a);
  }
  Operand(const Operand&) = delete;
  Operand& operator=(const Operand&) = delete;

  const TensorView<const T>& view() const { return view_; }

 private:
  template <class A>
  static T scalar_of(const A& a) {
    if constexpr (TensorLike<A>)
      return T{};
    else if constexpr (std::integral<T>)
      require(std::in_range<T>(a), "{} does not fit into {}", a, element_name<T>());
    if constexpr (!TensorLike<A>) return static_cast<T>(a);
  }

  T scalar_;
  TensorView<const T> view_;
};

template <class A, class B>
struct ElementOf {
  using type = typename A::Element;
};
template <class A, class B>
requires(!TensorLike<A>) struct ElementOf<A, B> {
  using type = typename B::Element;
};

template <class A, class B>
auto combine_operands(Arithmetic operation, const A& a, const B& b) {
  using T = typename ElementOf<A, B>::type;
  return combine<T>(operation, Operand<T>(a).view(), Operand<T>(b).view());
}

template <class A, class B>
A&& combine_operands_into(Arithmetic operation, A&& a, const B& b) {
  using T = typename std::remove_cvref_t<A>::Element;
  combine_into<T>(operation, TensorView<T>(a), Operand<T>(b).view());
  return std::forward<A>(a);
}

template <class A, class B>
concept Assignable = Operands<std::remove_cvref_t<A>, B> && requires(A& a) {
  TensorView<typename std::remove_cvref_t<A>::Element>(a);
};

}  // namespace detail

template <class A, class B>
requires Operands<A, B>
auto operator+(const A& a, const B& b) { return detail::combine_operands(Arithmetic::add, a, b); }

template <class A, class B>
requires Operands<A, B>
auto operator-(const A& a, const B& b) {
  return detail::combine_operands(Arithmetic::subtract, a, b);
}

template <class A, class B>
requires Operands<A, B>
auto operator*(const A& a, const B& b) {
  return detail::combine_operands(Arithmetic::multiply, a, b);
}

template <class A, class B>
requires Operands<A, B>
auto operator/(const A& a, const B& b) {
  return detail::combine_operands(Arithmetic::divide, a, b);
}

template <TensorLike A>
auto operator-(const A& a) {
  return 0 - a;
}

template <class A, class B>
requires detail::Assignable<A, B> A && operator+=(A&& a, const B& b) {
  return detail::combine_operands_into(Arithmetic::add, std::forward<A>(a), b);
}

template <class A, class B>
requires detail::Assignable<A, B> A && operator-=(A&& a, const B& b) {
  return detail::combine_operands_into(Arithmetic::subtract, std::forward<A>(a), b);
}

template <class A, class B>
requires detail::Assignable<A, B> A && operator*=(A&& a, const B& b) {
  return detail::combine_operands_into(Arithmetic::multiply, std::forward<A>(a), b);
}

template <class A, class B>
requires detail::Assignable<A, B> A && operator/=(A&& a, const B& b) {
  return detail::combine_operands_into(Arithmetic::divide, std::forward<A>(a), b);
}

}  // namespace mathtool::math
