#include "mathtool/stats/formula.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <cctype>
#include <cmath>
#include <utility>

#include "formula_excerpt.hpp"
#include "mathtool/math/expression/formula_error.hpp"
#include "mathtool/math/expression/parse_expression.hpp"

namespace mathtool::stats {
namespace {

using math::Expression;
using WrittenKind = FormulaVariable::Kind;

constexpr int most_powers = 100;         // of one column
constexpr std::size_t most_crossed = 8;  // variables in one product of `*`

/// A part of the formula that stands between two operators.
struct Piece {
  std::string_view text;
  std::size_t begin = 0;
  char before = '+';  ///< the operator in front of it
};

bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

/// For messages, which are one line.
std::string one_line(std::string_view text) {
  std::string result(text);
  for (char& c : result)
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F) c = ' ';
  return result;
}

/// Whether the sign at `i` belongs to the exponent of a number: 1e-5.
bool is_exponent_sign(std::string_view text, std::size_t i) {
  if (i < 2 || (text[i - 1] != 'e' && text[i - 1] != 'E')) return false;
  std::size_t begin = i - 1;
  const auto digit = [&](std::size_t k) {
    return std::isdigit(static_cast<unsigned char>(text[k])) != 0 || text[k] == '.';
  };
  while (begin > 0 && digit(begin - 1)) --begin;
  const bool in_name =
      begin > 0 &&
      (std::isalnum(static_cast<unsigned char>(text[begin - 1])) != 0 || text[begin - 1] == '_');
  return begin < i - 1 && !in_name;
}

class FormulaReader {
 public:
  explicit FormulaReader(std::string_view text) : text_(text) {}

  Formula read() const {
    const std::vector<Piece> sides = split({text_, 0}, "~");
    if (sides.size() != 2)
      fail(sides.size() < 2 ? text_.size() : sides[2].begin - 1,
           sides.size() < 2 ? "a formula reads 'response ~ terms', as in y ~ x1 + x2"
                            : "a second '~'");
    Formula formula{.text = one_line(text_)};
    formula.response = variable(trimmed(sides[0]));
    if (formula.response.kind == WrittenKind::others ||
        formula.response.kind == WrittenKind::polynomial)
      formula.response = expression_variable(trimmed(sides[0]));
    const Piece right = trimmed(sides[1]);
    if (right.text.empty()) fail(right.begin, "there is no term behind '~'; 1 stands for a mean");
    const std::vector<Piece> summands = split(right, "+-");
    for (const Piece& summand : summands) {
      const Piece piece = trimmed(summand);
      const bool signed_first = &summand == summands.data() && summands.size() > 1;
      if (!piece.text.empty())
        add_summand(piece, formula);
      else if (!signed_first)  // y ~ -1 + x
        fail(piece.begin, "a term is missing");
    }
    return formula;
  }

 private:
  /// The place of a byte in characters, from 1.
  int character(std::size_t place) const {
    const std::string_view before = text_.substr(0, place);
    return 1 + static_cast<int>(std::count_if(before.begin(), before.end(), [](char c) {
             return (static_cast<unsigned char>(c) & 0xC0) != 0x80;
           }));
  }

  [[noreturn]] void fail(std::size_t place, std::string_view message) const {
    const int column = character(place);
    throw math::FormulaError(fmt::format("formula: column {}: {}: \"{}\"", column, message,
                                         formula_excerpt(text_, column)),
                             column, one_line(text_));
  }

  static Piece trimmed(Piece piece) {
    while (!piece.text.empty() && is_blank(piece.text.front())) {
      piece.text.remove_prefix(1);
      ++piece.begin;
    }
    while (!piece.text.empty() && is_blank(piece.text.back())) piece.text.remove_suffix(1);
    return piece;
  }

  /// Cuts at operators that stand in no parentheses and no quotes.
  std::vector<Piece> split(const Piece& whole, std::string_view operators) const {
    std::vector<Piece> pieces{{{}, whole.begin, '+'}};
    std::vector<std::size_t> open;
    char quote = 0;
    std::size_t begin = 0;
    for (std::size_t i = 0; i < whole.text.size(); ++i) {
      const char c = whole.text[i];
      if (quote != 0) {
        if (c == quote) quote = 0;
      } else if (c == '`' || c == '"' || c == '\'') {
        quote = c;
      } else if (c == '(' || c == '[') {
        open.push_back(i);
      } else if (c == ')' || c == ']') {
        if (open.empty()) fail(whole.begin + i, "a parenthesis that was not opened");
        open.pop_back();
      } else if (open.empty() && operators.find(c) != std::string_view::npos &&
                 !is_exponent_sign(whole.text, i) && !is_sign(whole.text, i, begin, operators)) {
        pieces.back().text = whole.text.substr(begin, i - begin);
        begin = i + 1;
        pieces.push_back({{}, whole.begin + begin, c});
      }
    }
    if (!open.empty()) fail(whole.begin + open.back(), "a parenthesis that is not closed");
    pieces.back().text = whole.text.substr(begin);
    return pieces;
  }

  /// A minus that follows another operator is a sign, as in x^-1 or a > -1.
  static bool is_sign(std::string_view text, std::size_t i, std::size_t begin,
                      std::string_view operators) {
    if (operators.find('-') == std::string_view::npos) return false;
    std::size_t k = i;
    while (k > begin && is_blank(text[k - 1])) --k;
    return k > begin && std::string_view("^*/:%<>=&|!").find(text[k - 1]) != std::string_view::npos;
  }

  void add_summand(const Piece& piece, Formula& formula) const {
    const bool removes = piece.before == '-';
    if (piece.text == "1" || piece.text == "0") {
      formula.intercept = (piece.text == "1") != removes;
      return;
    }
    const std::vector<Piece> crossed = split(piece, "*");
    if (crossed.size() > most_crossed)
      fail(piece.begin, fmt::format("more than {} variables are crossed by '*'", most_crossed));
    std::vector<FormulaTerm> factors;
    for (const Piece& part : crossed) factors.push_back(interaction(part));
    // Of a*b*c every choice of variables but none: a, b, a:b, c, ...
    for (std::size_t choice = 1; choice < (std::size_t{1} << factors.size()); ++choice) {
      FormulaTerm term;
      for (std::size_t k = 0; k < factors.size(); ++k)
        if ((choice >> k & 1) != 0) term.insert(term.end(), factors[k].begin(), factors[k].end());
      (removes ? formula.removed : formula.terms).push_back(std::move(term));
    }
  }

  FormulaTerm interaction(const Piece& product) const {
    FormulaTerm term;
    for (const Piece& part : split(product, ":")) {
      const Piece piece = trimmed(part);
      if (piece.text.empty()) fail(piece.begin, "a variable is missing");
      term.push_back(variable(piece));
    }
    return term;
  }

  FormulaVariable variable(const Piece& piece) const {
    if (piece.text.empty()) fail(piece.begin, "there is no response in front of '~'");
    FormulaVariable result{.label = without_blanks(piece.text),
                           .text = std::string(piece.text),
                           .position = character(piece.begin)};
    if (piece.text == ".") {
      result.kind = WrittenKind::others;
      return result;
    }
    const Expression expression = parse(piece);
    if (const auto* name = expression.as<Expression::Variable>()) {
      result.column = name->name;
      result.label = name->name;
      return result;
    }
    if (const auto* call = expression.as<Expression::Call>()) {
      if (call->function == "C" && call->arguments.size() == 1) {
        result.kind = WrittenKind::factor;
        result.column = column_of(call->arguments[0], piece, "C(g) takes the name of a column");
        return result;
      }
      if (call->function == "poly") return polynomial(*call, piece, std::move(result));
    }
    if (const auto power = power_of_column(expression)) {
      result.kind = WrittenKind::polynomial;
      result.column = power->first;
      result.degree = power->second;
      result.only_highest = true;
      return result;
    }
    if (expression.as<Expression::Number>())
      fail(piece.begin, "a number is no term; (2*x) in parentheses is the double of x");
    result.kind = WrittenKind::expression;
    result.expression = expression;
    return result;
  }

  FormulaVariable expression_variable(const Piece& piece) const {
    FormulaVariable result{.kind = WrittenKind::expression,
                           .label = without_blanks(piece.text),
                           .text = std::string(piece.text),
                           .expression = parse(piece),
                           .position = character(piece.begin)};
    return result;
  }

  FormulaVariable polynomial(const Expression::Call& call, const Piece& piece,
                             FormulaVariable result) const {
    const std::string usage = "poly takes a column and a degree, as in poly(x, 3)";
    if (call.arguments.size() != 2) fail(piece.begin, usage);
    const auto* degree = call.arguments[1].as<Expression::Number>();
    if (!degree || degree->value < 1 || degree->value > most_powers ||
        degree->value != std::floor(degree->value))
      fail(piece.begin,
           fmt::format("the degree of poly is a whole number from 1 to {}", most_powers));
    result.kind = WrittenKind::polynomial;
    result.column = column_of(call.arguments[0], piece, usage);
    result.degree = static_cast<int>(degree->value);
    return result;
  }

  std::string column_of(const Expression& argument, const Piece& piece,
                        std::string_view usage) const {
    const auto* name = argument.as<Expression::Variable>();
    if (!name) fail(piece.begin, usage);
    return name->name;
  }

  /// The column and the exponent of x^2, x^3, ...
  static std::optional<std::pair<std::string, int>> power_of_column(const Expression& expression) {
    const auto* operation = expression.as<Expression::Operation>();
    if (!operation || operation->op != math::Operator::power) return std::nullopt;
    const auto* base = operation->operands[0].as<Expression::Variable>();
    const auto* exponent = operation->operands[1].as<Expression::Number>();
    if (!base || !exponent || exponent->value < 2 || exponent->value > most_powers ||
        exponent->value != std::floor(exponent->value))
      return std::nullopt;
    return std::pair{base->name, static_cast<int>(exponent->value)};
  }

  Expression parse(const Piece& piece) const {
    try {
      return math::parse_expression(piece.text, {.source = "formula"}).expression;
    } catch (const math::FormulaError& error) {
      // Places are counted from the beginning of the whole formula.
      std::string message = error.what();
      const std::string head = fmt::format("formula: column {}: ", error.column);
      if (message.starts_with(head)) message.erase(0, head.size());
      const int column = character(piece.begin) - 1 + std::max(error.column, 1);
      throw math::FormulaError(fmt::format("formula: column {}: {}", column, message), column,
                               one_line(text_));
    }
  }

  static std::string without_blanks(std::string_view text) {
    std::string result;
    char quote = 0;
    for (const char c : text) {
      if (quote != 0) {
        if (c == quote) quote = 0;
      } else if (c == '`' || c == '"' || c == '\'') {
        quote = c;
      } else if (is_blank(c)) {
        continue;
      }
      result += c;
    }
    return result;
  }

  std::string_view text_;
};

}  // namespace

Formula parse_formula(std::string_view text) { return FormulaReader(text).read(); }

}  // namespace mathtool::stats
