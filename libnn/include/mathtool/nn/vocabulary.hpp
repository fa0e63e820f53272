#pragma once

#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "mathtool/math/types.hpp"

namespace mathtool::nn {

/// The characters of texts, code points of UTF-8, numbered from 0 in their order.
class Vocabulary {
 public:
  Vocabulary() = default;

  /// In any order, as a model keeps them. Throws: DataError for one that is no single character,
  /// and for one that is there twice.
  explicit Vocabulary(std::vector<std::string> characters);

  Index size() const { return std::ssize(characters_); }
  const std::vector<std::string>& characters() const { return characters_; }

  bool contains(char32_t character) const { return numbers_.contains(character); }
  std::int32_t number(char32_t character) const { return numbers_.at(character); }

  /// The numbers of a text's characters. Throws: DataError that begins with `source` and the line,
  /// for bytes that are not UTF-8, and for a character that is not of the vocabulary, showing it
  /// and those that there are.
  std::vector<std::int32_t> encode(std::string_view text, std::string_view source = "text") const;
  std::string decode(std::span<const std::int32_t> numbers) const;

  bool operator==(const Vocabulary& other) const { return characters_ == other.characters_; }

 private:
  std::vector<std::string> characters_ = {};
  std::map<char32_t, std::int32_t> numbers_ = {};
};

/// All characters of a text. Throws: DataError as `encode`; InsufficientDataError for an empty one.
/// Cost: O(bytes).
Vocabulary vocabulary_of(std::string_view text, std::string_view source = "text");

}  // namespace mathtool::nn
