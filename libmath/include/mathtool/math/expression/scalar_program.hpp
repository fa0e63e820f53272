#pragma once

#include <cstddef>
#include <functional>
#include <map>
#include <span>
#include <string>
#include <vector>

#include "mathtool/math/expression/expression.hpp"
#include "mathtool/math/expression/function_table.hpp"

namespace mathtool::math {

/// A function of scalars of one kind.
template <class T>
struct ScalarFunction {
  int min_arguments = 1, max_arguments = 1;
  std::function<T(std::span<const T> arguments)> apply = {};
};

/// The functions and constants that an expression over one kind of scalar may name. A caller adds
/// its own to `elementary_functions_of<T>()`.
template <class T>
struct ScalarFunctions {
  std::map<std::string, ScalarFunction<T>, std::less<>> functions = {};
  std::map<std::string, T, std::less<>> constants = {};
};

/// The functions of `elementary_functions()` as far as the kind of scalar has them; complex numbers
/// have the analytic ones, abs and the constant i.
/// T: double, std::complex<double>, FiftyDigits, HundredDigits, Dual<double>, Var<double>,
///    TaylorSeries<double>, TaylorSeries<FiftyDigits>.
template <class T>
const ScalarFunctions<T>& elementary_functions_of();

/// The functions of a table, one number at a time. The table must outlive them.
ScalarFunctions<double> scalar_functions(const FunctionTable& table);

/// An expression made ready to be evaluated over one kind of scalar, as a program for a stack.
/// BlockEvaluator is the one for many rows of doubles.
///
/// Throws:  DomainError for an unknown name or function, a wrong number of arguments, a text, a
///          matrix, and what the kind of scalar does not have.
/// Cost:    a few nanoseconds for each operation beyond its own.
template <class T>
class ScalarProgram {
 public:
  /// `variables` are the arguments in their order; each hides a constant of its name.
  ScalarProgram(const Expression& expression, std::span<const std::string> variables,
                const ScalarFunctions<T>& functions = elementary_functions_of<T>());

  /// Pre: as many values as variables.
  T operator()(std::span<const T> values) const {
    std::vector<T> stack;
    return run(values, stack);
  }

  /// The same, with room that is kept from call to call. One per thread.
  T run(std::span<const T> values, std::vector<T>& stack) const;

 private:
  enum class Code {
    constant,
    variable,
    add,
    subtract,
    multiply,
    divide,
    negate,
    power,
    whole_power,
    call
  };
  struct Step {
    Code code;
    int operand = 0;    ///< which constant, variable or function; the exponent of a whole power
    int arguments = 0;  ///< of a function
  };

  template <class U>
  friend class ScalarCompiler;

  std::vector<Step> steps_ = {};
  std::vector<T> constants_ = {};
  std::vector<std::function<T(std::span<const T>)>> functions_ = {};
  std::size_t variables_ = 0, depth_ = 0;
};

}  // namespace mathtool::math
