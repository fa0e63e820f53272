#include <fmt/format.h>

#include "../expression/operators.hpp"
#include "canonical.hpp"
#include "mathtool/math/expression/function_table.hpp"

namespace mathtool::math {
namespace {

using Kind = Canonical::Kind;

std::vector<Form> canonical_parts(const Expression& expression) {
  std::vector<Form> parts;
  for (const Expression& part : children(expression)) parts.push_back(canonical(part));
  return parts;
}

/// What has no algebra: its name keeps apart what its parts do not.
Form opaque(const Expression& expression, std::string name, std::vector<Form> parts = {}) {
  return with_key({.kind = Kind::other,
                   .name = std::move(name),
                   .parts = std::move(parts),
                   .shape = expression});
}

struct Reader {
  const Expression& expression;

  Form operator()(const Expression::Number& number) const {
    const auto value = coefficient(number);
    return value ? number_form(*value) : opaque(expression, to_string(expression));
  }
  Form operator()(const Expression::Variable& variable) const {
    return variable.name == "e" ? call_of("exp", {whole_form(1)}) : symbol_form(variable.name);
  }
  Form operator()(const Expression::Call& call) const {
    // The rules of the functions known here count on their arguments.
    const auto& known = elementary_functions().functions;
    const auto found = known.find(call.function);
    const auto count = static_cast<int>(call.arguments.size());
    if (found != known.end() &&
        (count < found->second.min_arguments || count > found->second.max_arguments))
      return opaque(expression, call.function, canonical_parts(expression));
    return call_of(call.function, canonical_parts(expression));
  }
  Form operator()(const Expression::Text&) const {
    return opaque(expression, to_string(expression));
  }
  Form operator()(const Expression::Matrix& matrix) const {
    return opaque(expression, fmt::format("matrix {}", matrix.rows.size()),
                  canonical_parts(expression));
  }
  Form operator()(const Expression::Operation& operation) const {
    const Form minus_one = whole_form(-1);
    const std::vector<Form> parts = canonical_parts(expression);
    const auto unchanged = [&] {
      return opaque(expression, std::string(syntax_of(operation.op).symbol), parts);
    };
    if (operation.op == Operator::transpose || has_matrix()) return unchanged();
    switch (operation.op) {
      case Operator::add: return sum_of(parts);
      case Operator::subtract: return sum_of({parts[0], product_of({minus_one, parts[1]})});
      case Operator::multiply: return product_of(parts);
      case Operator::divide: return product_of({parts[0], power_of(parts[1], minus_one)});
      case Operator::negate: return product_of({minus_one, parts[0]});
      case Operator::power: return power_of(parts[0], parts[1]);
      default: return unchanged();
    }
  }

  /// Matrices do not commute.
  bool has_matrix() const {
    for (const Expression& part : children(expression))
      if (part.as<Expression::Matrix>()) return true;
    return false;
  }
};

}  // namespace

Form canonical(const Expression& expression) {
  return std::visit(Reader{expression}, expression.node());
}

}  // namespace mathtool::math
