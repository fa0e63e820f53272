#include "mathtool/nn/vocabulary.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "mathtool/math/error.hpp"
#include "mathtool/math/function_ref.hpp"
#include "mathtool/math/utf8.hpp"

namespace mathtool::nn {
namespace {

std::ptrdiff_t line_of(std::string_view text, std::size_t place) {
  return 1 + std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(place), '\n');
}

/// Sees each character with the bytes before it and its own.
void for_each_character(std::string_view text, std::string_view source,
                        FunctionRef<void(char32_t, std::string_view)> see) {
  for (std::size_t place = 0; place < text.size();) {
    const math::Utf8Character next = math::first_character(text.substr(place));
    if (!next.valid)
      throw DataError(fmt::format(
          "{}:{}: byte 0x{:02x} is not UTF-8; convert the text first, e.g. with iconv -f latin1 "
          "-t utf-8",
          source, line_of(text, place), static_cast<unsigned char>(text[place])));
    see(next.code, text.substr(place, next.bytes));
    place += next.bytes;
  }
}

/// As a message shows it: 'é' (U+00E9), or its number alone where it cannot be seen.
std::string in_words(char32_t character, std::string_view bytes) {
  const std::string number = fmt::format("U+{:04X}", static_cast<std::uint32_t>(character));
  const bool control = character < 0x20 || (character >= 0x7F && character < 0xA0);
  return control ? number : fmt::format("'{}' ({})", bytes, number);
}

/// The characters that can be seen, or the first of them.
std::string shown(const std::vector<std::string>& characters) {
  constexpr std::size_t most = 100;
  std::string text;
  for (std::size_t i = 0; i < std::min(most, characters.size()); ++i)
    if (characters[i].size() > 1 || characters[i][0] >= ' ') text += characters[i];
  return characters.size() > most ? text + "..." : text;
}

}  // namespace

Vocabulary::Vocabulary(std::vector<std::string> characters) : characters_(std::move(characters)) {
  for (const std::string& character : characters_) {
    const auto first = character.empty() ? math::Utf8Character{} : math::first_character(character);
    require<DataError>(first.valid && first.bytes == character.size(),
                       "vocabulary: '{}' is no single character", character);
    const auto number = static_cast<std::int32_t>(numbers_.size());
    require<DataError>(numbers_.emplace(first.code, number).second,
                       "vocabulary: character {} is there twice", in_words(first.code, character));
  }
}

std::vector<std::int32_t> Vocabulary::encode(std::string_view text, std::string_view source) const {
  std::vector<std::int32_t> numbers;
  numbers.reserve(text.size());
  for_each_character(text, source, [&](char32_t code, std::string_view bytes) {
    const auto found = numbers_.find(code);
    if (found == numbers_.end())
      throw DataError(
          fmt::format("{}:{}: character {} is none of the {} that the network knows: {}", source,
                      line_of(text, static_cast<std::size_t>(bytes.data() - text.data())),
                      in_words(code, bytes), size(), shown(characters_)));
    numbers.push_back(found->second);
  });
  return numbers;
}

std::string Vocabulary::decode(std::span<const std::int32_t> numbers) const {
  std::string text;
  for (const std::int32_t number : numbers)
    text += characters_.at(static_cast<std::size_t>(number));
  return text;
}

Vocabulary vocabulary_of(std::string_view text, std::string_view source) {
  std::map<char32_t, std::string> found;
  for_each_character(
      text, source, [&](char32_t code, std::string_view bytes) { found.try_emplace(code, bytes); });
  require<InsufficientDataError>(!found.empty(), "{}: there is no character in it", source);
  std::vector<std::string> characters;
  for (auto& [code, bytes] : found) characters.push_back(std::move(bytes));
  return Vocabulary(std::move(characters));
}

}  // namespace mathtool::nn
