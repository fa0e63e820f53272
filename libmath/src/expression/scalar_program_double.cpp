#include <complex>

#include "scalar_compiler.hpp"

namespace mathtool::math {

using Complex = std::complex<double>;

/// Complex numbers are not ordered and have no remainder.
template <>
struct ScalarKind<Complex> {
  static constexpr const char* name = "complex numbers";
  static constexpr int most_multiplied = 64;

  static Complex number(const Expression::Number& number) { return number.value; }

  static std::function<Complex(std::span<const Complex>)> operation(Operator op) {
    switch (op) {
      case Operator::equal:
        return [](std::span<const Complex> z) { return Complex(z[0] == z[1] ? 1 : 0); };
      case Operator::not_equal:
        return [](std::span<const Complex> z) { return Complex(z[0] == z[1] ? 0 : 1); };
      default: return {};
    }
  }

  static void tabulate(ScalarFunctions<Complex>& table) {
    const auto add = [&](const char* function, auto f) {
      table.functions[function] = {1, 1,
                                   [f](std::span<const Complex> z) { return Complex(f(z[0])); }};
    };
    add("abs", [](const Complex& z) { return std::abs(z); });
    add("arg", [](const Complex& z) { return std::arg(z); });
    add("re", [](const Complex& z) { return z.real(); });
    add("im", [](const Complex& z) { return z.imag(); });
    add("conj", [](const Complex& z) { return std::conj(z); });
    table.constants = {{"pi", std::numbers::pi}, {"e", std::numbers::e}, {"i", Complex(0, 1)}};
  }
};

ScalarFunctions<double> scalar_functions(const FunctionTable& table) {
  ScalarFunctions<double> functions = elementary_functions_of<double>();
  for (const auto& [name, function] : table.functions) {
    if (functions.functions.count(name) > 0) continue;
    const Kernel& kernel = function.kernel;
    functions.functions[name] = {function.min_arguments, function.max_arguments,
                                 [&kernel](std::span<const double> x) {
                                   std::vector<const double*> arguments;
                                   for (const double& argument : x) arguments.push_back(&argument);
                                   double result = 0;
                                   kernel(arguments, {&result, 1});
                                   return result;
                                 }};
  }
  functions.constants.insert(table.constants.begin(), table.constants.end());
  return functions;
}

template class ScalarProgram<double>;
template const ScalarFunctions<double>& elementary_functions_of<double>();
template class ScalarProgram<Complex>;
template const ScalarFunctions<Complex>& elementary_functions_of<Complex>();

}  // namespace mathtool::math
