#pragma once

#include <algorithm>
#include <concepts>
#include <cstdint>
#include <limits>
#include <memory>
#include <vector>

#include "mathtool/math/autodiff/differentiable.hpp"
#include "mathtool/math/autodiff/elementary_functions.hpp"
#include "mathtool/math/autodiff/numbers.hpp"
#include "mathtool/math/error.hpp"
#include "mathtool/math/types.hpp"

namespace mathtool::math {

template <class T = double>
class Tape;
template <class T = double>
class Var;

template <class T>
inline constexpr bool is_differentiable<Var<T>> = true;

/// A number whose history a tape records: reverse differentiation.
///     u = value,   du = slope · dw
/// where w is a variable or a result on the tape. A function of one such number changes value and
/// slope alone; only where two different ones meet is an operation recorded. A Var knows its tape,
/// so nothing is global: every thread, and every nested computation, has its own. Without a tape it
/// is a constant.
///
/// Throws: DomainError when variables of different tapes meet.
template <class T>
class Var {
 public:
  using Value = T;

  Var() = default;
  template <std::convertible_to<T> C>
  Var(const C& constant) : value_(constant) {}

  const T& value() const { return value_; }
  bool varies() const { return tape_ != nullptr; }

  template <class F, class Slope>
  static Var chain(const Var& x, F f, Slope slope) {
    const T y = f(x.value_);
    if (!x.varies()) return y;
    return x.through(y, y == y ? T(slope(x.value_, y)) : y);
  }
  template <class F, class SlopeA, class SlopeB>
  static Var chain(const Var& a, const Var& b, F f, SlopeA slope_a, SlopeB slope_b) {
    const T y = f(a.value_, b.value_);
    return join(y, a, slope_a(a.value_, b.value_, y), b, slope_b(a.value_, b.value_, y));
  }

  friend Var operator+(const Var& a) { return a; }
  friend Var operator-(const Var& a) { return a.through(-a.value_, T(-1)); }

  friend Var operator+(const Var& a, const Var& b) {
    return join(a.value_ + b.value_, a, T(1), b, T(1));
  }
  friend Var operator-(const Var& a, const Var& b) {
    return join(a.value_ - b.value_, a, T(1), b, T(-1));
  }
  friend Var operator*(const Var& a, const Var& b) {
    return join(a.value_ * b.value_, a, b.value_, b, a.value_);
  }
  friend Var operator/(const Var& a, const Var& b) {
    const T q = a.value_ / b.value_;
    return join(q, a, 1 / b.value_, b, -q / b.value_);
  }

  template <ConstantFor<Var> C>
  friend Var operator+(const Var& a, const C& c) {
    return a.through(a.value_ + c, T(1));
  }
  template <ConstantFor<Var> C>
  friend Var operator+(const C& c, const Var& a) {
    return a.through(c + a.value_, T(1));
  }
  template <ConstantFor<Var> C>
  friend Var operator-(const Var& a, const C& c) {
    return a.through(a.value_ - c, T(1));
  }
  template <ConstantFor<Var> C>
  friend Var operator-(const C& c, const Var& a) {
    return a.through(c - a.value_, T(-1));
  }
  template <ConstantFor<Var> C>
  friend Var operator*(const Var& a, const C& c) {
    return a.through(a.value_ * c, T(c));
  }
  template <ConstantFor<Var> C>
  friend Var operator*(const C& c, const Var& a) {
    return a.through(c * a.value_, T(c));
  }
  template <ConstantFor<Var> C>
  friend Var operator/(const Var& a, const C& c) {
    return a.through(a.value_ / c, 1 / T(c));
  }
  template <ConstantFor<Var> C>
  friend Var operator/(const C& c, const Var& a) {
    const T q = c / a.value_;
    return a.through(q, -q / a.value_);
  }

 private:
  friend class Tape<T>;
  using Place = std::uint32_t;

  Var(const T& value, const T& slope, Tape<T>* tape, Place place)
      : value_(value), slope_(slope), tape_(tape), place_(place) {}

  /// y = f(this) with the slope of f.
  Var through(const T& y, const T& slope) const { return {y, slope * slope_, tape_, place_}; }

  /// y = f(a, b) with the slopes of f.
  static Var join(const T& y, const Var& a, const T& slope_a, const Var& b, const T& slope_b) {
    if (a.tape_ == b.tape_) {
      const T da = slope_a * a.slope_, db = slope_b * b.slope_;
      if (a.place_ == b.place_) return {y, da + db, a.tape_, a.place_};
      return {y, T(1), a.tape_, a.tape_->record(da, a.place_, db, b.place_)};
    }
    if (!a.tape_) return b.through(y, slope_b);
    if (!b.tape_) return a.through(y, slope_a);
    throw DomainError("Var: the operands belong to different tapes; use one tape for a function");
  }

  T value_{};
  T slope_{};
  Tape<T>* tape_ = nullptr;
  Place place_ = 0;  ///< on the tape; all constants have the same
};

/// What was computed from n variables, operation by operation, and from it the derivatives of a
/// result with respect to all of them at once:
///     z̄ = ∂y/∂z,   ȳ = 1,   then backwards through the operations z = f(a, b):
///     ā += ∂f/∂a · z̄,   b̄ += ∂f/∂b · z̄
/// T is double; or Dual<double> for products with the Hessian; or FiftyDigits.
///
///     Tape tape;
///     const auto x = tape.variables(Vec{{2.0, 3.0}});
///     tape.gradient(x[0] * sin(x[1]));  // sin 3, 2 cos 3
///
/// Cost:    2 to 4 ns for each operation of the function, recording and gradient together. Memory:
///          32 bytes for each recorded one, in a block that doubles when full and serves the next
///          function too: no allocation once a tape has grown.
/// Ref:     Griewank and Walther, Evaluating Derivatives (2008), section 3.2.
template <class T>
class Tape {
 public:
  Tape() = default;
  Tape(const Tape&) = delete;
  Tape& operator=(const Tape&) = delete;

  /// Begins a function of these variables, which the tape keeps until the next one. Those of an
  /// earlier function must not be used again.
  const Numbers<Var<T>>& variables(const Numbers<T>& values) {
    count_ = 0;
    variables_ = static_cast<Place>(values.size());
    inputs_.resize(values.size());
    for (Place place = 0; place < variables_; ++place)
      inputs_[place] = Var<T>(values[place], T(1), this, place);
    return inputs_;
  }

  /// The number of operations recorded since.
  std::size_t size() const { return count_; }

  /// ∂y/∂x for all variables x, all 0 if y is a constant; a view until the next call. What is not
  /// on the way to y does not count, even where its slope is infinite.
  ///
  /// Pre:     y is of this tape.     Throws: DomainError.
  Eigen::Map<const Numbers<T>> gradient(const Var<T>& y) {
    require(!y.tape_ || y.tape_ == this, "Tape: the result belongs to another tape");
    derivatives_.assign(std::max<std::size_t>(variables_, y.place_ + std::size_t{1}), T(0));
    T* const derivatives = derivatives_.data();
    if (y.tape_) sweep(derivatives, y.place_, y.slope_);
    return {derivatives, static_cast<Index>(variables_)};
  }

 private:
  friend class Var<T>;
  using Place = std::uint32_t;  ///< variables first, then operations
  struct Operation {
    T slope_a, slope_b;
    Place a, b;
  };

  Place record(const T& slope_a, Place a, const T& slope_b, Place b) {
    if (count_ == capacity_) [[unlikely]]
      grow();
    operations_[count_] = {slope_a, slope_b, a, b};
    return variables_ + static_cast<Place>(count_++);
  }

  /// Backwards from `place`, whose derivative is z. An operand often is the operation just before;
  /// its derivative stays in a register, since through memory each step would wait for the last.
  void sweep(T* derivatives, std::size_t place, T z) const {
    derivatives[place] = z;
    for (; place >= variables_; --place) {
      T before = derivatives[place - 1];
      if (!is_zero(z)) {
        const Operation& operation = operations_[place - variables_];
        const auto add = [&](Place operand, const T& slope) {
          if (operand == place - 1)
            before = before + slope * z;
          else
            derivatives[operand] = derivatives[operand] + slope * z;
        };
        add(operation.a, operation.slope_a);
        add(operation.b, operation.slope_b);
      }
      derivatives[place - 1] = z = before;
    }
  }

  [[gnu::noinline, gnu::cold]] void grow() {
    const std::size_t capacity = std::max<std::size_t>(1024, 2 * capacity_);
    require(variables_ + capacity <= std::numeric_limits<Place>::max(),
            "Tape: more than {} operations", count_);
    auto larger = std::make_unique_for_overwrite<Operation[]>(capacity);
    std::copy_n(operations_.get(), count_, larger.get());
    operations_ = std::move(larger);
    capacity_ = capacity;
  }

  Place variables_ = 0;
  Numbers<Var<T>> inputs_;
  std::unique_ptr<Operation[]> operations_;
  std::size_t count_ = 0, capacity_ = 0;
  std::vector<T> derivatives_;
};

}  // namespace mathtool::math
