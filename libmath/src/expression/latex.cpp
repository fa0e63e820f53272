#include "mathtool/math/expression/latex.hpp"

#include <fmt/format.h>

#include <cmath>
#include <span>

#include "latex_names.hpp"
#include "operators.hpp"

namespace mathtool::math {
namespace {

/// A part as it is written, and what its neighbours must know of it.
struct Piece {
  std::string text = {};
  Strength strength = Strength::atom;
  enum class Start { other, digit, parenthesis, fraction } start = Start::other;
  enum class End { other, number, name } end = End::other;
};

Piece piece_of(const Expression& expression);

std::string latex(const Expression& expression) { return piece_of(expression).text; }

std::string in_parentheses(const std::string& text) { return "\\left(" + text + "\\right)"; }

Piece enclosed(const Piece& piece) {
  return {.text = in_parentheses(piece.text), .start = Piece::Start::parenthesis};
}

Piece at_least(const Piece& piece, Strength wanted) {
  return piece.strength >= wanted ? piece : enclosed(piece);
}

std::string list(std::span<const Expression> items, std::string_view separator) {
  std::string text;
  for (const Expression& item : items) {
    if (!text.empty()) text += separator;
    text += latex(item);
  }
  return text;
}

Piece number(const Expression::Number& number) {
  if (std::isnan(number.value)) return {.text = "\\mathrm{NaN}"};
  const std::string sign = std::signbit(number.value) ? "-" : "";
  const Strength strength = sign.empty() ? Strength::atom : Strength::negation;
  if (std::isinf(number.value)) return {.text = sign + "\\infty", .strength = strength};
  const std::string decimal =
      number.written.empty() ? fmt::format("{}", number.value) : number.written;
  Piece piece{.text = decimal, .strength = strength, .end = Piece::End::number};
  if (sign.empty()) piece.start = Piece::Start::digit;
  if (const std::size_t exponent = decimal.find_first_of("eE"); exponent != std::string::npos) {
    const std::string digits = decimal.substr(0, exponent);
    const std::string power = fmt::format("10^{{{}}}", std::stoi(decimal.substr(exponent + 1)));
    piece.text = digits == "1" ? power : digits + " \\cdot " + power;
    piece.strength = Strength::product;
  }
  return piece;
}

/// Whether something else than a product might be read without a sign between the two: 2 3,
/// 2 1/2, f(x + 1).
bool needs_sign(const Piece& left, const Piece& right) {
  return right.start == Piece::Start::digit ||
         (left.end == Piece::End::number && right.start == Piece::Start::fraction) ||
         (left.end == Piece::End::name && right.start == Piece::Start::parenthesis);
}

Piece product(const std::vector<Expression>& factors) {
  Piece made = at_least(piece_of(factors[0]), Strength::product);
  for (std::size_t i = 1; i < factors.size(); ++i) {
    const Piece factor = at_least(piece_of(factors[i]), Strength::power);
    made.text += (needs_sign(made, factor) ? " \\cdot " : " ") + factor.text;
    made.end = factor.end;
  }
  made.strength = Strength::product;
  return made;
}

/// Below the exponent stands what cannot be read otherwise: (1/2)^3, (x^2)^3, (e^x)^2.
Piece power(const Expression& base, std::string_view mark, const Expression& exponent) {
  const auto* called = base.as<Expression::Call>();
  const auto* times = exponent.as<Expression::Number>();
  const bool whole = times && times->value > 0 && times->value == std::floor(times->value);
  if (called && whole && mark.empty() && is_raised_by_name(called->function))
    return {.text = fmt::format("{}^{{{}}}{}", latex_function(called->function), latex(exponent),
                                in_parentheses(list(called->arguments, ", "))),
            .strength = Strength::power};
  const Piece below = at_least(piece_of(base), Strength::postfix);
  const Piece standing = below.start == Piece::Start::fraction ? enclosed(below) : below;
  return {.text = fmt::format("{}^{{{}{}}}", standing.text, mark, latex(exponent)),
          .strength = Strength::power,
          .start = standing.start};
}

Piece infix(const Expression::Operation& operation, std::string_view sign) {
  const OperatorSyntax& syntax = syntax_of(operation.op);
  const Strength first = syntax.strength == Strength::comparison ? Strength::sum : syntax.strength;
  Piece made = at_least(piece_of(operation.operands[0]), first);
  for (std::size_t i = 1; i < operation.operands.size(); ++i)
    made.text += fmt::format(" {} {}", sign,
                             at_least(piece_of(operation.operands[i]), next(syntax.strength)).text);
  made.strength = syntax.strength;
  made.end = Piece::End::other;
  return made;
}

Piece operation(const Expression::Operation& operation) {
  const std::vector<Expression>& parts = operation.operands;
  switch (operation.op) {
    case Operator::equation:
    case Operator::equal: return infix(operation, "=");
    case Operator::logical_or: return infix(operation, "\\lor");
    case Operator::logical_and: return infix(operation, "\\land");
    case Operator::logical_not:
      return {.text = "\\lnot " + at_least(piece_of(parts[0]), Strength::negation).text,
              .strength = Strength::logical_negation};
    case Operator::not_equal: return infix(operation, "\\neq");
    case Operator::less: return infix(operation, "<");
    case Operator::less_equal: return infix(operation, "\\leq");
    case Operator::greater: return infix(operation, ">");
    case Operator::greater_equal: return infix(operation, "\\geq");
    case Operator::add: return infix(operation, "+");
    case Operator::subtract: return infix(operation, "-");
    case Operator::multiply: return product(parts);
    case Operator::divide:
      return {.text = fmt::format("\\frac{{{}}}{{{}}}", latex(parts[0]), latex(parts[1])),
              .start = Piece::Start::fraction};
    case Operator::modulo: return infix(operation, "\\bmod");
    case Operator::elementwise_multiply: return infix(operation, "\\odot");
    case Operator::elementwise_divide: return infix(operation, "\\oslash");
    case Operator::negate:
      return {.text = "-" + at_least(piece_of(parts[0]), Strength::negation).text,
              .strength = Strength::negation};
    case Operator::power: return power(parts[0], "", parts[1]);
    case Operator::elementwise_power: return power(parts[0], "\\circ ", parts[1]);
    case Operator::factorial:
      return {.text = at_least(piece_of(parts[0]), Strength::atom).text + "!",
              .strength = Strength::postfix};
    case Operator::transpose:
      return {.text = at_least(piece_of(parts[0]), Strength::atom).text + "^{\\top}",
              .strength = Strength::power};
    case Operator::element: break;
  }
  return {.text = fmt::format("{}_{{{}}}", at_least(piece_of(parts[0]), Strength::atom).text,
                              list(std::span(parts).subspan(1), ", ")),
          .strength = Strength::postfix};
}

Piece cases(const std::vector<Expression>& parts) {
  return {.text = fmt::format(
              "\\begin{{cases}} {} & \\text{{if }} {} \\\\ {} & \\text{{otherwise}} \\end{{cases}}",
              latex(parts[1]), latex(parts[0]), latex(parts[2]))};
}

/// Integrals, sums, products and limits in the signs of a textbook; nothing for other calls.
std::optional<Piece> calculus(const Expression::Call& call) {
  const std::vector<Expression>& parts = call.arguments;
  const auto body = [&] { return at_least(piece_of(parts[0]), Strength::product).text; };
  const auto made = [](std::string text) {
    return Piece{.text = std::move(text), .strength = Strength::sum};
  };
  if (call.function == "integrate" && parts.size() == 4)
    return made(fmt::format("\\int_{{{}}}^{{{}}} {} \\, d{}", latex(parts[2]), latex(parts[3]),
                            body(), latex(parts[1])));
  for (const char* name : {"sum", "product"})
    if (call.function == name && parts.size() == 4)
      return made(fmt::format("\\{}_{{{} = {}}}^{{{}}} {}", call.function == "sum" ? "sum" : "prod",
                              latex(parts[1]), latex(parts[2]), latex(parts[3]), body()));
  if (call.function == "limit" && parts.size() == 3)
    return made(fmt::format("\\lim_{{{} \\to {}}} {}", latex(parts[1]), latex(parts[2]), body()));
  return {};
}

Piece call(const Expression::Call& call) {
  if (std::optional<Piece> sign = calculus(call)) return *sign;
  const std::string inside = list(call.arguments, ", ");
  if (call.arguments.size() == 1) {
    if (call.function == "sqrt") return {.text = "\\sqrt{" + inside + "}"};
    if (call.function == "cbrt") return {.text = "\\sqrt[3]{" + inside + "}"};
    if (call.function == "abs") return {.text = "\\left|" + inside + "\\right|"};
    if (call.function == "floor") return {.text = "\\left\\lfloor " + inside + "\\right\\rfloor"};
    if (call.function == "ceil") return {.text = "\\left\\lceil " + inside + "\\right\\rceil"};
    if (call.function == "exp") return {.text = "e^{" + inside + "}", .strength = Strength::power};
  }
  if (call.function == "if" && call.arguments.size() == 3) return cases(call.arguments);
  return {.text = latex_function(call.function) + in_parentheses(inside)};
}

Piece matrix(const Expression::Matrix& matrix) {
  std::string rows;
  for (const auto& row : matrix.rows) rows += (rows.empty() ? "" : " \\\\ ") + list(row, " & ");
  return {.text = "\\begin{pmatrix} " + rows + " \\end{pmatrix}"};
}

struct LatexWriter {
  Piece operator()(const Expression::Number& node) const { return number(node); }
  Piece operator()(const Expression::Text& text) const {
    return {.text = latex_text("\"" + text.value + "\"")};
  }
  Piece operator()(const Expression::Variable& variable) const {
    return {.text = latex_name(variable.name), .end = Piece::End::name};
  }
  Piece operator()(const Expression::Operation& node) const { return operation(node); }
  Piece operator()(const Expression::Call& node) const { return call(node); }
  Piece operator()(const Expression::Matrix& node) const { return matrix(node); }
};

Piece piece_of(const Expression& expression) {
  return std::visit(LatexWriter(), expression.node());
}

}  // namespace

std::string to_latex(const Expression& expression) { return latex(expression); }

}  // namespace mathtool::math
