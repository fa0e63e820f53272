#include "mathtool/math/expression/function_table.hpp"

#include <cmath>
#include <limits>
#include <numbers>

#include "mathtool/math/closest_match.hpp"
#include "mathtool/math/error.hpp"
#include "modulo.hpp"

namespace mathtool::math {
namespace {

constexpr int any_number = std::numeric_limits<int>::max();

template <class F>
Function unary(F f) {
  return {1, 1, unary_kernel(f)};
}

template <class F>
Function binary(F f) {
  return {2, 2, binary_kernel(f)};
}

/// The argument that `better` prefers to all others; NaN if one of them is.
template <class Better>
Function extremum(Better better) {
  return {1, any_number, [better](auto arguments, std::span<double> result) {
            for (std::size_t i = 0; i < result.size(); ++i) {
              double best = arguments[0][i];
              for (const double* argument : arguments)
                if (better(argument[i], best) || std::isnan(argument[i])) best = argument[i];
              result[i] = best;
            }
          }};
}

/// if(condition, x, y)
void choose(std::span<const double* const> arguments, std::span<double> result) {
  const double *condition = arguments[0], *x = arguments[1], *y = arguments[2];
  for (std::size_t i = 0; i < result.size(); ++i)
    result[i] = condition[i] != 0 && !std::isnan(condition[i]) ? x[i] : y[i];
}

double sign(double x) { return x > 0 ? 1 : x < 0 ? -1 : x; }

/// std::lgamma tells the sign by a global variable, which threads would share.
double log_gamma(double x) {
  int sign_of_gamma = 0;
  return ::lgamma_r(x, &sign_of_gamma);
}

FunctionTable make_elementary_functions() {
  const auto log = unary([](double x) { return std::log(x); });
  FunctionTable table;
  table.functions = {
      {"abs", unary([](double x) { return std::abs(x); })},
      {"acos", unary([](double x) { return std::acos(x); })},
      {"acosh", unary([](double x) { return std::acosh(x); })},
      {"asin", unary([](double x) { return std::asin(x); })},
      {"asinh", unary([](double x) { return std::asinh(x); })},
      {"atan", unary([](double x) { return std::atan(x); })},
      {"atan2", binary([](double y, double x) { return std::atan2(y, x); })},
      {"atanh", unary([](double x) { return std::atanh(x); })},
      {"cbrt", unary([](double x) { return std::cbrt(x); })},
      {"ceil", unary([](double x) { return std::ceil(x); })},
      {"cos", unary([](double x) { return std::cos(x); })},
      {"cosh", unary([](double x) { return std::cosh(x); })},
      {"erf", unary([](double x) { return std::erf(x); })},
      {"erfc", unary([](double x) { return std::erfc(x); })},
      {"exp", unary([](double x) { return std::exp(x); })},
      {"expm1", unary([](double x) { return std::expm1(x); })},
      {"floor", unary([](double x) { return std::floor(x); })},
      {"gamma", unary([](double x) { return std::tgamma(x); })},
      {"hypot", binary([](double x, double y) { return std::hypot(x, y); })},
      {"if", {3, 3, choose}},
      {"isnan", unary([](double x) { return std::isnan(x) ? 1.0 : 0.0; })},
      {"lgamma", unary(log_gamma)},
      {"ln", log},
      {"log", log},
      {"log10", unary([](double x) { return std::log10(x); })},
      {"log1p", unary([](double x) { return std::log1p(x); })},
      {"log2", unary([](double x) { return std::log2(x); })},
      {"max", extremum([](double x, double y) { return x > y; })},
      {"min", extremum([](double x, double y) { return x < y; })},
      {"mod", binary(modulo)},
      {"round", unary([](double x) { return std::round(x); })},
      {"sign", unary(sign)},
      {"sin", unary([](double x) { return std::sin(x); })},
      {"sinh", unary([](double x) { return std::sinh(x); })},
      {"sqrt", unary([](double x) { return std::sqrt(x); })},
      {"tan", unary([](double x) { return std::tan(x); })},
      {"tanh", unary([](double x) { return std::tanh(x); })},
      {"trunc", unary([](double x) { return std::trunc(x); })},
  };
  table.constants = {{"e", std::numbers::e},
                     {"inf", std::numeric_limits<double>::infinity()},
                     {"nan", std::numeric_limits<double>::quiet_NaN()},
                     {"pi", std::numbers::pi}};
  return table;
}

std::string arity_text(const Function& function) {
  const int least = function.min_arguments, most = function.max_arguments;
  if (most == any_number) return fmt::format("{} or more arguments", least);
  if (least < most) return fmt::format("{} to {} arguments", least, most);
  return fmt::format("{} argument{}", least, least == 1 ? "" : "s");
}

}  // namespace

const Function& FunctionTable::find(std::string_view name, std::size_t arguments) const {
  const auto found = functions.find(name);
  if (found == functions.end()) {
    std::vector<std::string> names;
    for (const auto& [known, function] : functions) names.push_back(known);
    throw DomainError(fmt::format("no function '{}'{}", name, did_you_mean(name, names)));
  }
  const Function& function = found->second;
  const bool fits = arguments >= static_cast<std::size_t>(function.min_arguments) &&
                    arguments <= static_cast<std::size_t>(function.max_arguments);
  require(fits, "{} takes {}, got {}", name, arity_text(function), arguments);
  return function;
}

const FunctionTable& elementary_functions() {
  static const FunctionTable table = make_elementary_functions();
  return table;
}

}  // namespace mathtool::math
