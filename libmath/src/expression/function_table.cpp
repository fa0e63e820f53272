#include "mathtool/math/expression/function_table.hpp"

#include <cmath>
#include <limits>
#include <numbers>

#include "elementary.hpp"
#include "mathtool/math/closest_match.hpp"
#include "mathtool/math/error.hpp"
#include "source_text.hpp"

namespace mathtool::math {
namespace {

constexpr int any_number = std::numeric_limits<int>::max();

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

/// Fills a table with functions of arrays.
struct Tabulate {
  FunctionTable& table;

  template <class F>
  void unary(const char* name, F f) const {
    table.functions[name] = {1, 1, unary_kernel(f)};
  }
  template <class F>
  void binary(const char* name, F f) const {
    table.functions[name] = {2, 2, binary_kernel(f)};
  }
};

struct PartialDerivatives {
  const char* function;
  std::vector<std::string> formulas;
};

/// Those of floor, round and the like are 0 but for the jumps.
const std::vector<PartialDerivatives>& known_derivatives() {
  static const std::vector<PartialDerivatives> all = {
      {"exp", {"exp(u)"}},
      {"expm1", {"exp(u)"}},
      {"log", {"1/u"}},
      {"ln", {"1/u"}},
      {"log1p", {"1/(1 + u)"}},
      {"log2", {"1/(u*log(2))"}},
      {"log10", {"1/(u*log(10))"}},
      {"sqrt", {"1/(2*sqrt(u))"}},
      {"cbrt", {"1/(3*cbrt(u)^2)"}},
      {"sin", {"cos(u)"}},
      {"cos", {"-sin(u)"}},
      {"tan", {"1 + tan(u)^2"}},
      {"asin", {"1/sqrt(1 - u^2)"}},
      {"acos", {"-1/sqrt(1 - u^2)"}},
      {"atan", {"1/(1 + u^2)"}},
      {"sinh", {"cosh(u)"}},
      {"cosh", {"sinh(u)"}},
      {"tanh", {"1 - tanh(u)^2"}},
      {"asinh", {"1/sqrt(u^2 + 1)"}},
      {"acosh", {"1/sqrt(u^2 - 1)"}},
      {"atanh", {"1/(1 - u^2)"}},
      {"abs", {"sign(u)"}},
      {"sign", {"0"}},
      {"floor", {"0"}},
      {"ceil", {"0"}},
      {"round", {"0"}},
      {"trunc", {"0"}},
      {"erf", {"2/sqrt(pi)*exp(-u^2)"}},
      {"erfc", {"-2/sqrt(pi)*exp(-u^2)"}},
      {"gamma", {"gamma(u)*digamma(u)"}},
      {"lgamma", {"digamma(u)"}},
      {"atan2", {"v/(u^2 + v^2)", "-u/(u^2 + v^2)"}},
      {"hypot", {"u/hypot(u, v)", "v/hypot(u, v)"}},
      {"mod", {"1", "-floor(u/v)"}},
      {"max", {"if(u >= v, 1, 0)", "if(u >= v, 0, 1)"}},
      {"min", {"if(u <= v, 1, 0)", "if(u <= v, 0, 1)"}},
  };
  return all;
}

FunctionTable make_elementary_functions() {
  FunctionTable table;
  for_each_analytic(Tabulate{table});
  for_each_real(Tabulate{table});
  table.functions["isnan"] = {1, 1,
                              unary_kernel([](double x) { return std::isnan(x) ? 1.0 : 0.0; })};
  table.functions["max"] = extremum([](double x, double y) { return x > y; });
  table.functions["min"] = extremum([](double x, double y) { return x < y; });
  table.functions["if"] = {3, 3, choose};
  for (const auto& [function, formulas] : known_derivatives())
    table.functions.at(function).partials = formulas;
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
    throw DomainError(
        fmt::format("no function '{}'{}", printable(name), did_you_mean(name, names)));
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
