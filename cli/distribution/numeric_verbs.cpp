#include "cli/distribution/numeric_verbs.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <vector>

#include "cli/distribution/distribution_formula.hpp"
#include "mathtool/math/constants.hpp"

namespace mathtool::cli {
namespace {

using math::Expression;
using Operand = DistributionVerb::Operand;
using Numbers = std::span<const double>;

/// Whether the value is a number, not an interval.
bool gives_number(const DistributionVerb& verb) {
  return verb.operand != Operand::level && verb.name != "support";
}

double number_of(const DistributionVerb& verb, const stats::AnyDistribution& d, double x) {
  return std::get<double>(verb.apply(d, x));
}

/// A verb of a distribution that is known.
struct VerbAt {
  const DistributionVerb* verb;
  stats::AnyDistribution distribution;

  double operator()(Numbers x) const {
    return number_of(*verb, distribution, x.empty() ? 0 : x[0]);
  }
};

/// A verb of a distribution whose parameters are numbers before x.
struct VerbOfParameters {
  const DistributionVerb* verb;
  DistributionFormula formula;

  double operator()(Numbers numbers) const {
    std::size_t place = 0;
    const auto next = [&](const Expression&) { return std::vector{numbers[place++]}; };
    try {
      const stats::AnyDistribution d = formula.distribution(next);
      return number_of(*verb, d, place < numbers.size() ? numbers[place] : 0);
    } catch (const DomainError&) { return not_a_number; }
  }
};

/// A name alone is that of a variable here.
bool is_verb_of_plain_distribution(const Expression::Call& call) {
  return is_verb_of_distribution(call) && call.arguments[0].as<Expression::Call>();
}

class Rewriter {
 public:
  Rewriter(std::span<const std::string> variables, math::ScalarFunctions<double>& functions)
      : variables_(variables), functions_(functions) {}

  Expression rewritten(const Expression& formula) {
    const auto* call = formula.as<Expression::Call>();
    if (call && is_verb_of_plain_distribution(*call))
      if (const DistributionVerb* verb = distribution_verb(call->function); gives_number(*verb))
        return function_of_numbers(*verb, *call);
    std::vector<Expression> parts = children(formula);
    if (parts.empty()) return formula;
    for (Expression& part : parts) part = rewritten(part);
    return with_children(formula, std::move(parts));
  }

 private:
  Expression function_of_numbers(const DistributionVerb& verb, const Expression::Call& call) {
    const std::size_t operands = verb.operand == Operand::none ? 0 : 1;
    require(call.arguments.size() == 1 + operands, "{} takes {} arguments, got {}", verb.name,
            1 + operands, call.arguments.size());
    const DistributionFormula d =
        DistributionFormula(call.arguments[0]).with([&](const Expression& parameter) {
          return rewritten(parameter);
        });
    std::vector<Expression> numbers = d.parameters();
    const bool known = std::ranges::none_of(numbers, [&](const Expression& parameter) {
      return std::ranges::any_of(
          variables_, [&](const std::string& variable) { return contains(parameter, variable); });
    });
    if (known) numbers.clear();
    if (operands == 1) numbers.push_back(rewritten(call.arguments[1]));
    const int count = static_cast<int>(numbers.size());
    const std::string name = fmt::format("{}#{}", verb.name, functions_.functions.size());
    if (known)
      functions_.functions[name] = {count, count, VerbAt{&verb, made(d)}};
    else
      functions_.functions[name] = {count, count, VerbOfParameters{&verb, d}};
    return Expression(Expression::Call{name, std::move(numbers)});
  }

  stats::AnyDistribution made(const DistributionFormula& d) const {
    return d.distribution([&](const Expression& parameter) {
      return std::vector{math::ScalarProgram<double>(parameter, {}, functions_)({})};
    });
  }

  std::span<const std::string> variables_;
  math::ScalarFunctions<double>& functions_;
};

}  // namespace

const DistributionVerb* distribution_verb(std::string_view name) {
  const auto verbs = distribution_verbs();
  const auto found = std::ranges::find(verbs, name, &DistributionVerb::name);
  return found == verbs.end() ? nullptr : &*found;
}

bool is_verb_of_distribution(const Expression::Call& call) {
  return distribution_verb(call.function) && !call.arguments.empty() &&
         names_distribution(call.arguments[0]);
}

bool has_verb_of_distribution(const Expression& formula) {
  if (const auto* call = formula.as<Expression::Call>(); call && is_verb_of_distribution(*call))
    return true;
  const std::vector<Expression> parts = children(formula);
  return std::ranges::any_of(parts, has_verb_of_distribution);
}

Expression with_plain_distributions(const Expression& formula) {
  std::vector<Expression> parts = children(formula);
  if (parts.empty()) return formula;
  std::size_t first = 0;
  const auto* call = formula.as<Expression::Call>();
  if (call && distribution_verb(call->function)) {
    const auto plain = [](const Expression& parameter) {
      return with_plain_distributions(parameter);
    };
    parts[first++] = DistributionFormula(parts[0]).with(plain).expression();
  }
  for (std::size_t i = first; i < parts.size(); ++i) parts[i] = with_plain_distributions(parts[i]);
  return with_children(formula, std::move(parts));
}

Expression with_numeric_verbs(const Expression& formula, std::span<const std::string> variables,
                              math::ScalarFunctions<double>& functions) {
  return Rewriter(variables, functions).rewritten(formula);
}

}  // namespace mathtool::cli
