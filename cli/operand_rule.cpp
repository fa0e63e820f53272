#include "cli/operand_rule.hpp"

#include <fmt/format.h>

#include "cli/plot/figure_file.hpp"
#include "mathtool/math/closest_match.hpp"
#include "mathtool/math/error.hpp"

namespace mathtool::cli {
namespace {

struct Word {
  std::string option = {};  ///< empty: an operand
  Takes takes = Takes::nothing;
  std::optional<std::string> attached = {};
};

using Lookup = FunctionRef<std::optional<Takes>(const std::string&)>;

Word read_long(const std::string& word, Lookup takes, std::span<const std::string> known) {
  const std::size_t equals = word.find('=');
  const std::string name = word.substr(0, equals);
  const auto wants = takes(name);
  require(wants.has_value(), "unknown option '{}'{}", name, did_you_mean(name, known));
  if (equals == std::string::npos) return {name, *wants};
  return {name, *wants, word.substr(equals + 1)};
}

Word read_short(const std::string& word, Lookup takes) {
  const std::string name = word.substr(0, 2);
  const auto wants = takes(name);
  if (wants && word.size() == 2) return {name, *wants};
  if (wants == Takes::value) return {name, *wants, word.substr(2)};
  return {};
}

}  // namespace

std::vector<Argument> divide_arguments(std::span<const std::string> words, Lookup takes,
                                       std::span<const std::string> known) {
  std::vector<Argument> result;
  bool options_ended = false;
  for (std::size_t i = 0; i < words.size(); ++i) {
    const std::string& word = words[i];
    if (!options_ended && word == "--") {
      options_ended = true;
      continue;
    }
    Word read;
    if (!options_ended && word.starts_with("--"))
      read = read_long(word, takes, known);
    else if (!options_ended && word.size() >= 2 && word[0] == '-')
      read = read_short(word, takes);

    if (read.option.empty()) {
      result.push_back({"", word});
      continue;
    }
    const bool more = i + 1 < words.size();
    switch (read.takes) {
      case Takes::nothing:
        require(!read.attached, "{} takes no value, got '{}'", read.option,
                read.attached.value_or(""));
        break;
      case Takes::value:
        require(read.attached || more, "{} needs a value", read.option);
        if (!read.attached) read.attached = words[++i];
        break;
      case Takes::figure_file:
        require(read.attached != "", "{} needs a file name behind '='", read.option);
        if (!read.attached && more && figure_kind(words[i + 1])) read.attached = words[++i];
        break;
    }
    result.push_back({read.option, read.attached.value_or("")});
  }
  return result;
}

}  // namespace mathtool::cli
