#pragma once

#include <functional>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace mathtool::math {

/// A function on many values at once: reads one array for each argument, all as long as `result`,
/// and writes `result`, which overlaps none of them.
using Kernel =
    std::function<void(std::span<const double* const> arguments, std::span<double> result)>;

/// A kernel from a function of one number: kernel_of([](double x) { return x * x; }).
template <class F>
Kernel unary_kernel(F f) {
  return [f](std::span<const double* const> arguments, std::span<double> result) {
    const double* x = arguments[0];
    for (std::size_t i = 0; i < result.size(); ++i) result[i] = f(x[i]);
  };
}

/// A kernel from a function of two numbers.
template <class F>
Kernel binary_kernel(F f) {
  return [f](std::span<const double* const> arguments, std::span<double> result) {
    const double *x = arguments[0], *y = arguments[1];
    for (std::size_t i = 0; i < result.size(); ++i) result[i] = f(x[i], y[i]);
  };
}

struct Function {
  int min_arguments = 1, max_arguments = 1;
  Kernel kernel = {};
  /// The derivative by each argument as a formula in u, the first, and v, the second; none
  /// or an empty one: unknown.
  std::vector<std::string> partials = {};
};

/// The functions and constants that an expression may name. A caller fills its own, or adds to the
/// elementary ones.
struct FunctionTable {
  std::map<std::string, Function, std::less<>> functions = {};
  std::map<std::string, double, std::less<>> constants = {};

  /// Throws: DomainError with the nearest name when there is no such function, or when it does not
  ///         take so many arguments.
  const Function& find(std::string_view name, std::size_t arguments) const;
};

/// sin cos tan asin acos atan atan2 sinh cosh tanh asinh acosh atanh exp expm1 log (= ln) log1p
/// log2 log10 sqrt cbrt abs sign floor ceil round trunc mod hypot min max gamma lgamma erf erfc
/// isnan if, and the constants pi e inf nan. Angles are radians; round takes halves away from zero;
/// mod(x, y) has the sign of y; min and max of a NaN are NaN. Outside its domain each returns NaN.
const FunctionTable& elementary_functions();

}  // namespace mathtool::math
