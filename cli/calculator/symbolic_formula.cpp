#include "cli/calculator/symbolic_formula.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <cmath>
#include <utility>

#include "cli/calculator/number_functions.hpp"
#include "cli/calculator/precise_formula.hpp"
#include "cli/distribution/distribution_formula.hpp"
#include "cli/distribution/numeric_verbs.hpp"

namespace mathtool::cli {

using math::Expression;

namespace {

constexpr int most_parts = 20'000;
constexpr long long most_by_quotients = 2;  // orders whose quotients stay one fraction

/// Whether a formula has at most so many parts, of which `most` is what remains.
bool has_at_most(int& most, const Expression& f) {
  if (--most < 0) return false;
  const std::vector<Expression> parts = children(f);
  return std::all_of(parts.begin(), parts.end(),
                     [&](const Expression& part) { return has_at_most(most, part); });
}

bool is_too_long(const Expression& f) {
  int most = most_parts;
  return !has_at_most(most, f);
}

/// Throws: DomainError where x moves a discrete distribution from atom to atom.
void refuse_atoms(const Expression& f, const std::string& x) {
  const auto* call = f.as<Expression::Call>();
  if (call && is_verb_of_distribution(*call) && call->arguments.size() == 2)
    require(!contains(call->arguments[1], x) || !DistributionFormula(call->arguments[0]).discrete(),
            "no rule to differentiate {}, a function of whole numbers", to_string(f));
  for (const Expression& part : children(f)) refuse_atoms(part, x);
}

}  // namespace

const math::FunctionTable& functions_with_rules() {
  static const math::FunctionTable table = [] {
    math::FunctionTable all = number_functions();
    for (const DistributionVerb& verb : distribution_verbs())
      all.functions[std::string(verb.name)] = {1, 2};
    // By the distribution, u, there is none.
    const auto by_number = [&](const char* verb, const char* slope) {
      all.functions[verb].partials = {"", slope};
    };
    by_number("cdf", "pdf(u, v)");
    by_number("survival", "-pdf(u, v)");
    by_number("log_cdf", "exp(log_pdf(u, v) - log_cdf(u, v))");
    by_number("log_survival", "-hazard(u, v)");
    by_number("quantile", "1/pdf(u, quantile(u, v))");
    by_number("quantile_survival", "-1/pdf(u, quantile_survival(u, v))");
    return all;
  }();
  return table;
}

math::SymbolicDerivative differentiated(const Expression& f, const std::string& x,
                                        const math::DifferentiateOptions& options) {
  refuse_atoms(f, x);
  return math::differentiate(f, x, functions_with_rules(), options);
}

Expression closed_symbolic(Calculator& calculator, const Expression& f, const Scope& scope,
                           std::vector<std::string> bound, bool symbols) {
  if (symbols)
    for (std::string& name : calculator.unknown_names(f, scope)) bound.push_back(std::move(name));
  return calculator.close(f, scope, bound);
}

Expression derivative(Calculator& calculator, Expression f, const std::string& x, long long n) {
  for (long long k = 0; k < n; ++k) {
    math::SymbolicDerivative next =
        differentiated(f, x,
                       {.explain = calculator.explains(),
                        .term_by_term = n > most_by_quotients && !calculator.explains()});
    if (calculator.explains() && n > 1)
      calculator.explain({{fmt::format("derivative {}", k + 1), to_string(f)}});
    calculator.explain(std::move(next.steps));
    f = std::move(next.value);
    if (k + 1 < n && is_too_long(f))
      throw NotEstablished(Status::out_of_budget,
                           fmt::format("derivative {} has more than {} parts as a formula; "
                                       "diff(f, {}, n, at) is its value at a point",
                                       k + 1, most_parts, x));
    calculator.stop().check();
  }
  return f;
}

Value at_scope(Calculator& calculator, const Expression& formula, const std::string& x,
               const Scope& scope) {
  const auto here = scope.find(x);
  if (here == scope.end()) return formula;
  return calculator.evaluate(substitute(formula, x, to_expression(here->second)), {});
}

double number_at(Calculator& calculator, const Expression& closed) {
  const BoundFormula f(calculator, closed, {});
  const double plain = f(std::span<const double>());
  const PreciseFormula* precise = f.precise();
  if (!precise) return plain;
  const double fifty = static_cast<double>(precise->at(std::span<const math::FiftyDigits>()));
  const double hundred = static_cast<double>(precise->at(std::span<const math::HundredDigits>()));
  if (!(std::abs(fifty - hundred) <= 1e-15 * std::abs(hundred))) return plain;
  constexpr double rounding = 0x1p-53;
  return calculator.use({.value = hundred,
                         .error = rounding * std::abs(hundred),
                         .evaluations = 1,
                         .status = Status::converged});
}

}  // namespace mathtool::cli
