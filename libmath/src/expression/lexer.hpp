#pragma once

#include <string>

#include "source_text.hpp"

namespace mathtool::math {

struct Token {
  enum class Kind { number, name, text, symbol, end };
  Kind kind = Kind::end;
  Position position = {};
  std::string text = {};  ///< a name or text without its quotes, a symbol, a number as written
  double value = 0;       ///< of a number

  bool is(std::string_view symbol) const { return kind == Kind::symbol && text == symbol; }
  /// For messages: 'x', or end.
  std::string shown() const;
};

/// Cuts a text into tokens, one at a time; `calculator` adds the signs of its language to those of
/// plain formulas. Throws: DomainError for what cannot begin a token, an
/// open quote, a number beyond the range of a double.
class Lexer {
 public:
  Lexer(const SourceText& source, bool calculator) : source_(source), calculator_(calculator) {}

  Token next();

 private:
  char peek(std::size_t ahead = 0) const;
  std::string_view take(std::size_t bytes);
  void skip_blanks();
  Token number();
  Token quoted(Token::Kind kind, char quote);
  Token file_column();
  Token symbol();
  void refuse_sign() const;
  bool behind_value() const;

  SourceText source_;
  bool calculator_;
  Position here_ = {};
};

/// The decimal itself where the shortest one that reads as `value` is another; else empty.
std::string written_beyond(std::string_view decimal, double value);

/// Whether a name is read as one without backticks.
bool is_plain_name(std::string_view name);

}  // namespace mathtool::math
