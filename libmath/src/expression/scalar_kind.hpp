#pragma once

#include <functional>
#include <limits>
#include <numbers>
#include <optional>
#include <span>
#include <string>
#include <type_traits>

#include "mathtool/math/expression/scalar_program.hpp"
#include "operators.hpp"
#include "real_functions.hpp"

namespace mathtool::math {

template <class T>
struct TabulateScalar;

/// What one kind of scalar has: how a number of an expression becomes one, its operators besides
/// arithmetic, its functions and constants besides the analytic ones. This is the one of real
/// numbers and of what extends them; others specialise it.
template <class T>
struct ScalarKind {
  static constexpr const char* name = "this kind of number";

  /// The greatest exponent of a power that is a product; more would cost digits.
  static constexpr int most_multiplied = std::is_same_v<T, double> ? 2 : 64;

  static T number(const Expression::Number& number) { return T(number.value); }

  static std::function<T(std::span<const T>)> operation(Operator op) {
    const auto compare = [](auto holds) -> std::function<T(std::span<const T>)> {
      return [holds](std::span<const T> x) { return T(holds(x[0], x[1]) ? 1 : 0); };
    };
    const auto truth = [](const T& x) { return x < T(0) || x > T(0); };
    switch (op) {
      case Operator::equal: return compare([](const T& x, const T& y) { return x == y; });
      case Operator::not_equal: return compare([](const T& x, const T& y) { return !(x == y); });
      case Operator::less: return compare([](const T& x, const T& y) { return x < y; });
      case Operator::less_equal: return compare([](const T& x, const T& y) { return x <= y; });
      case Operator::greater: return compare([](const T& x, const T& y) { return x > y; });
      case Operator::greater_equal: return compare([](const T& x, const T& y) { return x >= y; });
      case Operator::logical_and:
        return compare([truth](const T& x, const T& y) { return truth(x) && truth(y); });
      case Operator::logical_or:
        return compare([truth](const T& x, const T& y) { return truth(x) || truth(y); });
      case Operator::logical_not:
        return [truth](std::span<const T> x) { return T(truth(x[0]) ? 0 : 1); };
      case Operator::modulo:
        return [](std::span<const T> x) { return T(math::modulo(x[0], x[1])); };
      case Operator::factorial:
        return [](std::span<const T> x) { return T(math::factorial(x[0])); };
      default: return {};
    }
  }

  static void tabulate(ScalarFunctions<T>& table) {
    for_each_real(TabulateScalar<T>{table});
    constexpr int any_number = std::numeric_limits<int>::max();
    table.functions["max"] = {1, any_number,
                              [](std::span<const T> x) { return extremum(x, true); }};
    table.functions["min"] = {1, any_number,
                              [](std::span<const T> x) { return extremum(x, false); }};
    table.functions["isnan"] = {1, 1, [](std::span<const T> x) { return T(x[0] == x[0] ? 0 : 1); }};
    table.functions["if"] = {
        3, 3, [](std::span<const T> x) { return x[0] < T(0) || x[0] > T(0) ? x[1] : x[2]; }};
    table.constants = {{"pi", pi()}, {"e", e()}, {"inf", T(infinity)}, {"nan", T(not_a_number)}};
  }

 private:
  static constexpr double infinity = std::numeric_limits<double>::infinity();
  static constexpr double not_a_number = std::numeric_limits<double>::quiet_NaN();

  static T pi() {
    using std::acos;
    return T(acos(T(-1)));
  }
  static T e() {
    using std::exp;
    return T(exp(T(1)));
  }

  /// NaN if one of them is.
  static T extremum(std::span<const T> x, bool greatest) {
    T best = x[0];
    for (const T& candidate : x)
      if (!(candidate == candidate) || (greatest ? candidate > best : candidate < best))
        best = candidate;
    return best;
  }
};

}  // namespace mathtool::math
