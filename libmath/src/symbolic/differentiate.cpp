#include "mathtool/math/symbolic/differentiate.hpp"

#include <fmt/format.h>

#include "../expression/source_text.hpp"
#include "formulas.hpp"
#include "mathtool/math/error.hpp"
#include "mathtool/math/expression/parse_expression.hpp"
#include "mathtool/math/symbolic/simplify.hpp"

namespace mathtool::math {
namespace {

/// The rules, each applied to one node; d(part) applies them to a part.
class Differentiator {
 public:
  Differentiator(std::string_view x, const FunctionTable& functions,
                 const DifferentiateOptions& options)
      : x_(x), functions_(functions), options_(options) {}

  Expression d(const Expression& f) {
    if (!contains(f, x_)) {
      if (!f.as<Expression::Number>()) note("constant", f, [] { return std::string("0"); });
      return number(0);
    }
    return std::visit([&](const auto& node) { return rule(f, node); }, f.node());
  }

  std::vector<DerivationStep> take_steps() { return std::move(steps_); }

 private:
  Expression rule(const Expression&, const Expression::Variable&) const { return number(1); }
  Expression rule(const Expression&, const Expression::Number&) const { return number(0); }
  Expression rule(const Expression& f, const Expression::Text&) const { refuse(f); }
  Expression rule(const Expression& f, const Expression::Matrix&) const { refuse(f); }

  Expression rule(const Expression& f, const Expression::Operation& operation) {
    const auto& parts = operation.operands;
    switch (operation.op) {
      case Operator::add: return sum(f, parts);
      case Operator::subtract:
        note("difference rule", f,
             [&] { return fmt::format("{} - {}", pending(parts[0]), pending(parts[1])); });
        return d(parts[0]) - d(parts[1]);
      case Operator::negate:
        note("constant factor", f, [&] { return "-" + pending(parts[0]); });
        return -d(parts[0]);
      case Operator::elementwise_multiply:
      case Operator::multiply: return product(f, parts);
      case Operator::elementwise_divide:
      case Operator::divide: return quotient(f, parts[0], parts[1]);
      case Operator::elementwise_power:
      case Operator::power: return power_rule(f, parts[0], parts[1]);
      case Operator::factorial: return d(call("gamma", {parts[0] + number(1)}));
      case Operator::modulo: return d(call("mod", {parts[0], parts[1]}));
      default: refuse(f);
    }
  }

  Expression sum(const Expression& f, const std::vector<Expression>& terms) {
    note("sum rule", f, [&] {
      std::string text;
      for (const Expression& term : terms) text += (text.empty() ? "" : " + ") + pending(term);
      return text;
    });
    Expression result = d(terms[0]);
    for (std::size_t i = 1; i < terms.size(); ++i) result = result + d(terms[i]);
    return result;
  }

  Expression product(const Expression& f, const std::vector<Expression>& factors) {
    std::vector<Expression> constant, variable;
    for (const Expression& factor : factors)
      (contains(factor, x_) ? variable : constant).push_back(factor);
    if (!constant.empty()) {
      const Expression front = joined(constant), rest = joined(variable);
      note("constant factor", f, [&] { return shown(front) + " * " + pending(rest); });
      return times(front, d(rest));
    }
    const Expression first = variable[0];
    const Expression rest = joined({variable.begin() + 1, variable.end()});
    note("product rule", f, [&] {
      return fmt::format("{} * {} + {} * {}", pending(first), shown(rest), shown(first),
                         pending(rest));
    });
    return times(rest, d(first)) + times(first, d(rest));
  }

  Expression quotient(const Expression& f, const Expression& u, const Expression& v) {
    if (!contains(v, x_)) {
      note("constant factor", f, [&] { return fmt::format("{} / {}", pending(u), shown(v)); });
      return d(u) / v;
    }
    if (!contains(u, x_)) {
      note("reciprocal rule", f,
           [&] { return fmt::format("-{} * {} / {}^2", shown(u), pending(v), shown(v)); });
      return -(u * d(v)) / power(v, number(2));
    }
    note("quotient rule", f, [&] {
      return fmt::format("({} * {} - {} * {}) / {}^2", pending(u), shown(v), shown(u), pending(v),
                         shown(v));
    });
    if (options_.term_by_term)
      return times(number(1) / v, d(u)) - times(u / power(v, number(2)), d(v));
    return (d(u) * v - u * d(v)) / power(v, number(2));
  }

  Expression power_rule(const Expression& f, const Expression& base, const Expression& exponent) {
    if (!contains(exponent, x_)) {
      const Expression lower = simplify(exponent - number(1));
      const Expression outer = exponent * power(base, lower);
      note("power rule", f, [&] { return chained(simplify(outer), base); });
      return times(outer, d(base));
    }
    if (!contains(base, x_)) {
      const Expression outer = f * call("log", {base});
      note("exponential rule", f, [&] { return chained(simplify(outer), exponent); });
      return times(outer, d(exponent));
    }
    note("power with x in base and exponent", f,
         [&] { return fmt::format("{} * {}", shown(f), pending(exponent * call("log", {base}))); });
    if (options_.term_by_term)
      return times(f * call("log", {base}), d(exponent)) +
             times(times(f / base, d(base)), exponent);
    return f * d(exponent * call("log", {base}));
  }

  /// factor * sum; of each of its terms where terms are wanted.
  Expression times(const Expression& factor, const Expression& sum) const {
    const auto* operation = sum.as<Expression::Operation>();
    if (!options_.term_by_term || !operation) return factor * sum;
    const auto& parts = operation->operands;
    switch (operation->op) {
      case Operator::negate: return -times(factor, parts[0]);
      case Operator::subtract: return times(factor, parts[0]) - times(factor, parts[1]);
      case Operator::divide: return times(factor / parts[1], parts[0]);
      case Operator::add: {
        Expression result = times(factor, parts[0]);
        for (std::size_t i = 1; i < parts.size(); ++i) result = result + times(factor, parts[i]);
        return result;
      }
      default: return factor * sum;
    }
  }

  /// The chain rule, over each argument that depends on x.
  Expression rule(const Expression& f, const Expression::Call& called) {
    const Function& function = functions_.find(called.function, called.arguments.size());
    if (called.function == "if") return branches(f, called.arguments);
    if (function.partials.size() != called.arguments.size()) refuse(f);
    std::vector<std::pair<Expression, Expression>> links;  // partial derivative, argument
    for (std::size_t i = 0; i < called.arguments.size(); ++i) {
      if (!contains(called.arguments[i], x_)) continue;
      if (function.partials[i].empty()) refuse(f);
      links.emplace_back(partial(function.partials[i], called.arguments), called.arguments[i]);
    }
    const bool direct = links.size() == 1 && links[0].second.as<Expression::Variable>();
    note(direct ? "derivative of " + called.function : "chain rule", f, [&] {
      std::string text;
      for (const auto& [outer, inner] : links)
        text += (text.empty() ? "" : " + ") + chained(simplify(outer), inner);
      return text;
    });
    Expression result = number(0);
    for (const auto& [outer, inner] : links) result = result + times(outer, d(inner));
    return result;
  }

  Expression branches(const Expression& f, const std::vector<Expression>& parts) {
    note("branch by branch", f, [&] {
      return fmt::format("if({}, {}, {})", to_string(parts[0]), pending(parts[1]),
                         pending(parts[2]));
    });
    return call("if", {parts[0], d(parts[1]), d(parts[2])});
  }

  /// A partial derivative, given in u and v, at the arguments. The names are put in one at a time
  /// under names that no argument has.
  static Expression partial(const std::string& formula, const std::vector<Expression>& arguments) {
    Expression result = parse_expression(formula).expression;
    const std::string names[] = {"u", "v"}, places[] = {"\x01u", "\x01v"};
    for (std::size_t i = 0; i < arguments.size(); ++i)
      result = substitute(result, names[i], variable(places[i]));
    for (std::size_t i = 0; i < arguments.size(); ++i)
      result = substitute(result, places[i], arguments[i]);
    return result;
  }

  static Expression joined(std::vector<Expression> factors) {
    return factors.size() == 1
               ? factors[0]
               : Expression(Expression::Operation{Operator::multiply, std::move(factors)});
  }

  // --- words ---

  template <class Right>
  void note(const std::string& rule, const Expression& f, Right&& right) {
    if (options_.explain) steps_.push_back({rule, fmt::format("{} = {}", pending(f), right())});
  }
  std::string pending(const Expression& f) const {
    return fmt::format("d/d{} [{}]", x_, to_string(f));
  }
  /// In parentheses unless it is short.
  static std::string shown(const Expression& f) {
    const bool atom =
        f.as<Expression::Number>() || f.as<Expression::Variable>() || f.as<Expression::Call>();
    return atom ? to_string(f) : "(" + to_string(f) + ")";
  }
  std::string chained(const Expression& outer, const Expression& inner) const {
    const auto* name = inner.as<Expression::Variable>();
    if (name && name->name == x_) return to_string(outer);
    return fmt::format("{} * {}", shown(outer), pending(inner));
  }

  [[noreturn]] void refuse(const Expression& f) const {
    throw DomainError(fmt::format("no rule to differentiate {}", printable(to_string(f))));
  }

  std::string x_;
  const FunctionTable& functions_;
  DifferentiateOptions options_;
  std::vector<DerivationStep> steps_ = {};
};

}  // namespace

SymbolicDerivative differentiate(const Expression& f, std::string_view x,
                                 const FunctionTable& functions,
                                 const DifferentiateOptions& options) {
  Differentiator rules(x, functions, options);
  Expression value = simplify(rules.d(f));
  return {std::move(value), rules.take_steps()};
}

}  // namespace mathtool::math
