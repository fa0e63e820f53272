#include "cli/calculator/number_functions.hpp"

#include <fmt/core.h>

#include <cmath>

#include "cli/calculator/exact_arithmetic.hpp"
#include "mathtool/math/expression/scalar_program.hpp"
#include "mathtool/math/expression/special_functions.hpp"

namespace mathtool::cli {
namespace {

using math::Function;

double nan_of(double) { return std::numeric_limits<double>::quiet_NaN(); }

double prime_of(double x) {
  if (x != std::floor(x) || std::abs(x) > 0x1p53) return nan_of(x);
  return real_number(*exact_function("isprime", {Rational(Integer(x))}), "isprime");
}

/// Those that the exact or the complex numbers know alone; as doubles they are made of others.
math::FunctionTable make_table() {
  math::FunctionTable table = math::special_functions();
  constexpr int any_number = std::numeric_limits<int>::max();
  const auto unknown = math::unary_kernel(nan_of);
  table.functions["isprime"] = {1, 1, math::unary_kernel(prime_of)};
  for (const char* name : {"gcd", "lcm"}) table.functions[name] = {1, any_number, unknown};
  table.functions["re"] = {1, 1, math::unary_kernel([](double x) { return x; }), {"1"}};
  table.functions["im"] = {1, 1, math::unary_kernel([](double) { return 0.0; }), {"0"}};
  table.functions["conj"] = {1, 1, math::unary_kernel([](double x) { return x; }), {"1"}};
  table.functions["arg"] = {
      1, 1, math::unary_kernel([](double x) { return std::atan2(0.0, x); }), {"0"}};
  return table;
}

double real_value(const Function& function, const std::vector<double>& x) {
  std::vector<const double*> arguments;
  for (const double& argument : x) arguments.push_back(&argument);
  double result = 0;
  function.kernel(arguments, {&result, 1});
  return result;
}

Value complex_value(const std::string& name, const std::vector<Complex>& z) {
  const auto& table = math::elementary_functions_of<Complex>().functions;
  const auto found = table.find(name);
  require(found != table.end() && z.size() == 1, "{} takes real numbers", name);
  const Complex result = found->second.apply(z);
  if (!std::isfinite(result.real()) || !std::isfinite(result.imag()))
    throw NotEstablished(Status::not_finite, fmt::format("{}: no finite value there", name));
  return simplest(result);
}

/// Outside its real domain a function may have complex values.
bool has_complex_values(const std::string& name) {
  const auto& table = math::elementary_functions_of<Complex>().functions;
  return table.find(name) != table.end();
}

Value of_reals(const std::string& name, const std::vector<double>& x) {
  const double result = real_value(number_functions().functions.find(name)->second, x);
  const bool given = std::none_of(x.begin(), x.end(), [](double v) { return std::isnan(v); });
  const bool finite = std::all_of(x.begin(), x.end(), [](double v) { return std::isfinite(v); });
  if (std::isnan(result) && given && has_complex_values(name) && finite)
    return complex_value(name, {Complex(x[0])});
  if (std::isnan(result) && given)
    throw NotEstablished(Status::not_finite, fmt::format("{} has no real value there", name));
  if (std::isinf(result) && finite)
    throw NotEstablished(Status::not_finite,
                         fmt::format("{}: a pole, or an overflow of a double", name));
  return result;
}

Value of_numbers(const std::string& name, const std::vector<Value>& arguments) {
  std::vector<Rational> exacts;
  std::vector<double> reals;
  bool complex = false;
  for (const Value& argument : arguments) {
    require(argument.is_number(), "{} takes numbers, not {}", name, kind_of(argument));
    if (const auto* number = argument.as<Rational>()) exacts.push_back(*number);
    complex = complex || argument.is<Complex>();
    if (!complex) reals.push_back(real_number(argument, name));
  }
  if (exacts.size() == arguments.size())
    if (auto value = exact_function(name, exacts)) return *std::move(value);
  require(name != "gcd" && name != "lcm" && name != "isprime", "{} takes whole numbers", name);
  if (!complex) return of_reals(name, reals);
  std::vector<Complex> z;
  for (const Value& argument : arguments) z.push_back(complex_number(argument, name));
  return complex_value(name, z);
}

/// One matrix among the arguments, or several of one shape; numbers go with every entry.
Value entrywise(const std::string& name, const std::vector<Value>& arguments) {
  Index rows = 1, columns = 1;
  for (const Value& argument : arguments) {
    if (!argument.is_matrix()) continue;
    const ComplexMat matrix = complex_matrix(argument, name);
    require<DimensionError>(
        rows * columns == 1 || (matrix.rows() == rows && matrix.cols() == columns),
        "{}: shapes {} x {} and {} x {} do not agree", name, rows, columns, matrix.rows(),
        matrix.cols());
    rows = matrix.rows();
    columns = matrix.cols();
  }
  ComplexMat result(rows, columns);
  for (Index i = 0; i < rows; ++i)
    for (Index j = 0; j < columns; ++j) {
      std::vector<Value> entries;
      for (const Value& argument : arguments)
        entries.push_back(argument.is_matrix() ? simplest(complex_matrix(argument, name)(i, j))
                                               : argument);
      result(i, j) = complex_number(of_numbers(name, entries), name);
    }
  return simplest(std::move(result));
}

Value row_of_items(const Value& value) {
  return value.is<List>() ? row_of(real_vector(value, "a list")) : value;
}

}  // namespace

const math::FunctionTable& number_functions() {
  static const math::FunctionTable table = make_table();
  return table;
}

bool is_number_function(const std::string& name) {
  return number_functions().functions.count(name) > 0;
}

Value apply_function(const std::string& name, const std::vector<Value>& given) {
  number_functions().find(name, given.size());
  std::vector<Value> arguments;
  bool matrix = false;
  for (const Value& value : given) {
    arguments.push_back(row_of_items(value));
    matrix = matrix || arguments.back().is_matrix();
  }
  // The greatest entry of one matrix, rather than the matrix itself.
  if (matrix && arguments.size() == 1 && (name == "max" || name == "min")) {
    const Mat entries = real_matrix(arguments[0], name);
    return name == "max" ? entries.maxCoeff() : entries.minCoeff();
  }
  return matrix ? entrywise(name, arguments) : of_numbers(name, arguments);
}

Complex complex_power(const Complex& base, const Complex& exponent) {
  constexpr double most = 1024;
  const double times = exponent.real();
  if (exponent.imag() != 0 || times != std::floor(times) || std::abs(times) > most) {
    if (base == Complex(0)) return exponent.real() > 0 ? 0.0 : std::pow(0.0, -1.0);
    return std::exp(exponent * std::log(base));
  }
  Complex result = 1, square = base;
  for (auto n = static_cast<unsigned>(std::abs(times)); n > 0; n /= 2, square *= square)
    if (n % 2 == 1) result *= square;
  return times < 0 ? 1.0 / result : result;
}

}  // namespace mathtool::cli
