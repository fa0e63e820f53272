#include "lexer.hpp"

#include <fast_float/fast_float.h>
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstring>

#include "character_class.hpp"

namespace mathtool::math {
namespace {

/// Letters of every language: bytes beyond ASCII are taken for parts of letters.
constexpr bool is_letter(char c) {
  return ('a' <= c && c <= 'z') || ('A' <= c && c <= 'Z') || c == '_' ||
         static_cast<unsigned char>(c) >= 0x80;
}

/// Signs of mathematics that no keyboard has, and what stands for each.
struct Sign {
  std::string_view written, meant;
};
constexpr std::array<Sign, 18> signs = {{{"×", "*"},
                                         {"·", "*"},
                                         {"⋅", "*"},
                                         {"∙", "*"},
                                         {"÷", "/"},
                                         {"∕", "/"},
                                         {"−", "-"},
                                         {"–", "-"},
                                         {"≤", "<="},
                                         {"≥", ">="},
                                         {"≠", "!="},
                                         {"¹", "^1"},
                                         {"²", "^2"},
                                         {"³", "^3"},
                                         {"√", "sqrt(...)"},
                                         {"∞", "inf"},
                                         {"π", "pi"},
                                         {"∫", "integrate(f, x, a, b)"}}};

/// The sign that a text begins with; null: none.
const Sign* sign_at(std::string_view text) {
  const auto found = std::find_if(signs.begin(), signs.end(),
                                  [&](const Sign& sign) { return text.starts_with(sign.written); });
  return found == signs.end() ? nullptr : &*found;
}

/// The digits of a decimal number without zeros at either end.
std::string significant_digits(std::string_view decimal) {
  std::string digits;
  for (const char c : decimal.substr(0, decimal.find_first_of("eE")))
    if (is_digit(c) && (c != '0' || !digits.empty())) digits += c;
  digits.erase(digits.find_last_not_of('0') + 1);
  return digits;
}

constexpr bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

/// A dot belongs to a name when a letter or digit follows it: `Sepal.Length`, but not `x.*y`. With
/// `calculator` a sign of mathematics ends it.
std::size_t name_length(std::string_view text, bool calculator = false) {
  std::size_t n = 0;
  while (n < text.size()) {
    if (calculator && sign_at(text.substr(n))) break;
    const char c = text[n];
    const char after = n + 1 < text.size() ? text[n + 1] : '\0';
    const bool dot = n > 0 && c == '.' && (is_letter(after) || is_digit(after));
    if (!is_letter(c) && !(n > 0 && is_digit(c)) && !dot) break;
    ++n;
  }
  return n;
}

}  // namespace

std::string written_beyond(std::string_view decimal, double value) {
  constexpr std::size_t always_kept = 15;  // digits that every double tells apart
  const std::string digits = significant_digits(decimal);
  const bool kept =
      digits.size() <= always_kept || digits == significant_digits(fmt::format("{}", value));
  return kept ? "" : std::string(decimal);
}

bool is_plain_name(std::string_view name) {
  return !name.empty() && name_length(name) == name.size();
}

std::string Token::shown() const {
  constexpr std::size_t longest = 40;
  if (kind == Kind::end) return "end";
  return fmt::format("'{}{}'", printable(text.substr(0, longest)),
                     text.size() > longest ? "..." : "");
}

char Lexer::peek(std::size_t ahead) const {
  const std::size_t place = here_.byte + ahead;
  return place < source_.text.size() ? source_.text[place] : '\0';
}

std::string_view Lexer::take(std::size_t bytes) {
  const std::string_view taken = source_.text.substr(here_.byte, bytes);
  here_.byte += taken.size();
  here_.column += static_cast<int>(std::count_if(taken.begin(), taken.end(), begins_character));
  return taken;
}

void Lexer::skip_blanks() {
  while (is_blank(peek())) take(1);
  if (peek() == '#') take(std::min(source_.text.find('\n', here_.byte), source_.text.size()));
}

Token Lexer::next() {
  skip_blanks();
  if (here_.byte >= source_.text.size()) return {.position = here_};
  const char c = peek();
  if (is_digit(c) || (c == '.' && is_digit(peek(1)))) return number();
  if (c == '@' && calculator_) return file_column();
  const bool transposes = c == '\'' && calculator_ && behind_value();
  if (c == '"' || (c == '\'' && !transposes)) return quoted(Token::Kind::text, c);
  if (c == '`') return quoted(Token::Kind::name, c);
  if (calculator_) refuse_sign();
  if (is_letter(c)) {
    const Position start = here_;
    const std::string_view name = take(name_length(source_.text.substr(here_.byte), calculator_));
    return {.kind = Token::Kind::name, .position = start, .text = std::string(name)};
  }
  return symbol();
}

/// Whether what stands directly before here ends a value, so that ' transposes it.
bool Lexer::behind_value() const {
  if (here_.byte == 0) return false;
  const char before = source_.text[here_.byte - 1];
  return is_letter(before) || is_digit(before) || (before != '\0' && std::strchr(")]'`.", before));
}

Token Lexer::number() {
  Token token{.kind = Token::Kind::number, .position = here_};
  const char* begin = source_.text.data() + here_.byte;
  const auto read =
      fast_float::from_chars(begin, source_.text.data() + source_.text.size(), token.value);
  auto length = static_cast<std::size_t>(read.ptr - begin);
  // 2.*x is 2 .* x, where signs with a dot exist
  if (calculator_ && begin[length - 1] == '.' && peek(length) != '\0' &&
      std::strchr("*/^", peek(length)))
    --length;
  token.text = take(length);
  if (!std::isfinite(token.value))
    source_.refuse(token.position, token.shown() + " is beyond the range of a double");
  return token;
}

/// @file:column, either part in quotes where it holds more than letters, digits and ._-/ .
Token Lexer::file_column() {
  Token token{.kind = Token::Kind::name, .position = here_};
  token.text = take(1);
  const auto part = [&] {
    if (peek() == '"') {
      token.text += quoted(Token::Kind::text, '"').text;
      return;
    }
    while (is_letter(peek()) || is_digit(peek()) ||
           (peek() != '\0' && std::strchr("._-/~", peek())))
      token.text += take(1);
  };
  part();
  if (peek() != ':')
    source_.refuse(token.position, "a column of a file is written @file.csv:column");
  token.text += take(1);
  part();
  return token;
}

Token Lexer::quoted(Token::Kind kind, char quote) {
  Token token{.kind = kind, .position = here_};
  take(1);
  while (true) {
    const std::size_t end = source_.text.find(quote, here_.byte);
    if (end == std::string_view::npos)
      source_.refuse(token.position, fmt::format("the quote {} is never closed", quote));
    token.text += take(end - here_.byte);
    take(1);
    if (peek() != quote || here_.byte >= source_.text.size()) break;
    token.text += take(1);  // a doubled quote is the quote itself
  }
  if (kind == Token::Kind::name && token.text.empty())
    source_.refuse(token.position, "a name between backticks cannot be empty");
  return token;
}

void Lexer::refuse_sign() const {
  if (const Sign* sign = sign_at(source_.text.substr(here_.byte)))
    source_.refuse(here_, fmt::format("write {} for {}", sign->meant, sign->written));
}

Token Lexer::symbol() {
  constexpr std::array<std::string_view, 6> pairs = {"||", "&&", "==", "!=", "<=", ">="};
  constexpr std::array<std::string_view, 3> dotted = {".*", "./", ".^"};
  constexpr std::string_view singles = "<>+-*/%^!(),", calculator_singles = "[];='";
  struct Remedy {
    std::string_view written, meant;
  };
  constexpr std::array<Remedy, 4> remedies = {{{"**", "^"}, {"=", "=="}, {"&", "&&"}, {"|", "||"}}};

  const Position start = here_;
  const std::string_view rest = source_.text.substr(here_.byte);
  for (const std::string_view pair : pairs)
    if (rest.starts_with(pair)) return {Token::Kind::symbol, start, std::string(take(pair.size()))};
  if (calculator_) {
    for (const std::string_view pair : dotted)
      if (rest.starts_with(pair))
        return {Token::Kind::symbol, start, std::string(take(pair.size()))};
    if (calculator_singles.find(rest[0]) != std::string_view::npos)
      return {Token::Kind::symbol, start, std::string(take(1))};
  }
  for (const Remedy& remedy : remedies)
    if (rest.starts_with(remedy.written))
      source_.refuse(start,
                     fmt::format("'{}' is no operator; write {}", remedy.written, remedy.meant));
  if (singles.find(rest[0]) == std::string_view::npos)
    source_.refuse(start, fmt::format("unexpected '{}'", printable(rest.substr(0, 1))));
  return {Token::Kind::symbol, start, std::string(take(1))};
}

}  // namespace mathtool::math
