#include <fmt/core.h>
#include <unistd.h>

#include <iostream>
#include <list>

#include "cli/calculator/calculator.hpp"
#include "cli/calculator/latex_value.hpp"
#include "cli/calculator/repl.hpp"
#include "cli/calculator/show_answer.hpp"
#include "cli/calculator/show_value.hpp"
#include "cli/comma_list.hpp"
#include "cli/command.hpp"
#include "cli/interrupt.hpp"
#include "cli/report.hpp"
#include "cli/terminal.hpp"
#include "mathtool/math/expression/formula_error.hpp"

namespace mathtool::cli {
namespace {

constexpr int default_digits = 15;

struct Settings {
  std::vector<std::string> expressions;
  std::vector<std::string> variables;
  CalculatorOptions calculator = {.stop = interrupt_token()};
};

GlobalOptions parse(const Invocation& invocation, Settings& settings) {
  Options options(invocation);
  options.operands("EXPR...", settings.expressions,
                   "expressions, one after the other; none: lines of standard input");
  options.list("--vars", "NAME=VALUE,...", settings.variables,
               "variables, as in a=1,b=2pi; can be given several times");
  options.flag("--explain", settings.calculator.explain,
               "the rules that lead to a derivative or an antiderivative");
  options.flag("--strict-mul", settings.calculator.strict_multiplication,
               "2x is an error; write 2*x");
  const GlobalOptions global = options.parse();
  settings.calculator.memory = global.memory;
  settings.calculator.seed = global.seed;
  return global;
}

void define(Calculator& calculator, const std::string& variables) {
  if (variables.empty()) return;
  for (const std::string& definition : divide_at_commas(variables)) {
    const Answer answer = [&] {
      try {
        return calculator.run(definition);
      } catch (const DomainError& error) {
        throw DomainError(fmt::format("--vars: {}", error.what()));
      }
    }();
    require(!answer.name.empty(), "--vars: '{}' is no NAME=VALUE", definition);
    require(answer.status == Status::converged, "--vars: {}: {}", definition, answer.reason);
  }
}

/// One expression, and the line of standard input that it stands on.
struct Entry {
  std::string expression;
  int line = 0;  ///< 0: an operand
};

/// Every line of standard input that holds more than a comment; without a mark of byte order.
std::vector<Entry> lines_of_input() {
  constexpr std::string_view byte_order = "\xEF\xBB\xBF";
  std::vector<Entry> entries;
  int number = 0;
  for (std::string line; std::getline(std::cin, line);) {
    if (++number == 1 && line.starts_with(byte_order)) line.erase(0, byte_order.size());
    const std::size_t start = line.find_first_not_of(" \t\r");
    if (start != std::string::npos && line[start] != '#')
      entries.push_back({std::move(line), number});
  }
  return entries;
}

/// The answer; errors name the line.
Answer answer_to(const Entry& entry, Calculator& calculator) {
  try {
    return calculator.run(entry.expression);
  } catch (const math::FormulaError& error) {
    if (entry.line == 0) throw;
    throw math::FormulaError(fmt::format("line {}: {}", entry.line, error.what()), error.column,
                             error.text);
  } catch (const DomainError& error) {
    if (entry.line == 0) throw;
    throw DomainError(fmt::format("line {}: {}", entry.line, error.what()));
  }
}

Table answer_table(const std::vector<Entry>& entries, const std::vector<Answer>& answers,
                   Format format) {
  return {
      .columns = {"expression", "value", "error", "status"},
      .rows = std::ssize(answers),
      .cell = [&entries, &answers, format](Index row, Index column) -> Cell {
        const auto place = static_cast<std::size_t>(row);
        const Answer& answer = answers[place];
        switch (column) {
          case 0: return entries[place].expression;
          case 1:
            if (const auto* exact = answer.value.as<Rational>();
                exact && answer.definition.empty() && std::isfinite(nearest(*exact)))
              return nearest(*exact);
            if (const auto* real = answer.value.as<double>(); real && answer.definition.empty())
              return *real;
            if (answer.value.is_matrix() && answer.definition.empty() && format != Format::markdown)
              return answer_json(answer, 17)["value"].dump();
            return answer_json(answer, 17)["text"].get<std::string>();
          case 2:
            if (!answer.error) return std::monostate();
            return *answer.error;
          default: return std::string(to_string(answer.status));
        }
      },
      .digits = default_digits};
}

Json results(const std::vector<Answer>& answers, int digits) {
  if (answers.size() == 1) return answer_json(answers[0], digits);
  Json list = Json::array();
  for (const Answer& answer : answers) list.push_back(answer_json(answer, digits));
  return list;
}

Exit run(const Invocation& invocation) {
  Settings settings;
  const GlobalOptions global = parse(invocation, settings);
  const int digits = global.digits.value_or(default_digits);
  Calculator calculator(settings.calculator);
  for (const std::string& variables : settings.variables) define(calculator, variables);
  if (settings.expressions.empty() && is_terminal(STDIN_FILENO))
    return converse(calculator, digits);
  std::vector<Entry> entries;
  for (std::string& expression : settings.expressions) entries.push_back({std::move(expression)});
  if (entries.empty()) entries = lines_of_input();
  require<InsufficientDataError>(!entries.empty(), "no expression is given");

  Report report{.command = "calc"};
  report.status = Status::converged;
  std::vector<Answer> answers;
  for (const Entry& entry : entries) {
    answers.push_back(answer_to(entry, calculator));
    const Answer& answer = answers.back();
    report.notes.insert(report.notes.end(), answer.notes.begin(), answer.notes.end());
    if (answer.random) report.seed = global.seed;
    report.screen.push_back(Paragraph{show_answer(answer, digits)});
    if (report.status == Status::converged && answer.status != Status::converged) {
      report.status = answer.status;
      report.reason = answer.reason;
    }
  }
  report.main = answer_table(entries, answers, global.format);
  report.main.mathematics = [&answers](Index row, Index column) {
    const Answer& answer = answers[static_cast<std::size_t>(row)];
    return column == 1 && answer.definition.empty() ? latex_value(answer.value) : std::string();
  };
  report.result = [&] { return results(answers, digits); };
  render(report, global);
  return report.status == Status::converged ? Exit::done : Exit::not_established;
}

constexpr std::string_view explanation = R"(Examples:
  mathtool calc '2^100' '1/3 + 1/6'                     exact while numbers are whole or fractions
  mathtool calc 'integrate(exp(-x^2), x, -inf, inf)'    with the error and the digits that are known
  mathtool calc 'limit((1 - cos(x))/x^2, x, 0)'
  mathtool calc 'diff(x^2*sin(x), x)' --explain         the rules, line by line
  mathtool calc 'solve(x = cos(x), x, 0, 1)'
  mathtool calc 'A = [1,2;3,4]; inv(A)*[5;6]'
  mathtool calc 'cdf(normal(0,1), 1.96)' 'corr(@iris.csv:1, @iris.csv:3)'
  mathtool calc                                         opens the calculator

Calculus:  limit(f, x, a[, left|right])  limit(a_n, n, inf, sequence)  iterate(f, x, x0[, n])
  diff(f, x[, n[, at]])  grad(f, [x,y][, at])  jacobian  hessian  directional(f, [x,y], at, v)
  taylor(f, x, a, n[, b])  antiderivative(f, x)  integrate(f, x, a, b[, y, c, d])
  principal_value(f, x, pole, a, b)  mean_value(f, x, a, b)  sum(f, k, a, b)  product(f, k, a, b)
  solve(f = g, x, a, b)  solve(f, x, x0)  solve([f,g], [x,y], [x0,y0])  roots(p)
  extrema(f, x, a, b)  inflections  convexity  order(f, x, a)  ode(f, t, y, y0, t1)
Algebra:  det inv rank trace norm(A, 1|2|inf|fro|nuc) cond eig svd lu qr chol expm
  linsolve(A, b) transpose null pinv kron eye zeros ones diag structure dot cross size
Distributions:  pdf cdf survival quantile quantile_survival log_pdf log_cdf log_survival hazard,
  as in cdf(gamma(2, scale=3), x); mean variance sd skewness kurtosis mode median entropy support
  of D; interval(D, 0.95) hdi(D, 0.95) sample(D, n)  expectation(f, x, D) variance(f, x, D)
  probability(condition, x, D); mathtool dist lists the families
Statistics:  mean median sd var cov(a, b) corr(a, b), also of @file.csv:column
Functions:  elementary and hyperbolic ones, gamma lgamma beta erf erfc erfinv zeta digamma
  besselj(n,x) bessely besseli besselk gammap(a,x) gammaq ibeta(a,b,x) expint(n,x) ellipk ellipe
  legendre(n,x) gcd lcm choose factorial isprime; re im arg conj
Language:  [1,2;3,4] A' A[1,2] .* ./ .^ 5! 7 % 3 && || ! == name = value  f(x) = formula  ans
  2x is a product (1/2x is (1/2)*x); constants pi e i inf; docs/calculator.md says more
)";

}  // namespace

extern const Command calc;
const Command calc{.name = "calc",
                   .summary = "calculator: calculus, algebra, distributions, exact numbers",
                   .operands = "[EXPR...]",
                   .help = explanation,
                   .run = run};

}  // namespace mathtool::cli
