#include "cli/named_values.hpp"

#include <algorithm>
#include <cmath>

#include "cli/comma_list.hpp"
#include "cli/constant_expression.hpp"
#include "cli/nesting.hpp"
#include "mathtool/math/constants.hpp"
#include "mathtool/math/error.hpp"

namespace mathtool::cli {
namespace {

std::string trimmed(std::string_view text) {
  const std::size_t first = text.find_first_not_of(" \t\r\n");
  if (first == std::string_view::npos) return {};
  return std::string(text.substr(first, text.find_last_not_of(" \t\r\n") - first + 1));
}

/// The pieces before and behind the first such character outside of brackets and quotes.
std::pair<std::string, std::string> divide_at(std::string_view text, char mark,
                                              std::string_view option, std::string_view form) {
  Nesting nesting;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == mark && nesting.depth() == 0 && !nesting.quoted())
      return {trimmed(text.substr(0, i)), trimmed(text.substr(i + 1))};
    nesting.step(text[i]);
  }
  throw DomainError(fmt::format("{}: '{}' is no {}", option, text, form));
}

std::string name_in(std::string text) {
  const bool quoted = text.size() > 2 && text.front() == '`' && text.back() == '`';
  return quoted ? text.substr(1, text.size() - 2) : text;
}

double number_in(const std::string& text, std::string_view option) {
  const double value = constant_expression(text, option);
  require(!std::isnan(value), "{}: '{}' is no number", option, text);
  return value;
}

template <class T, class Read>
std::vector<T> named(const std::vector<std::string>& texts, std::string_view option,
                     std::string_view form, Read read) {
  std::vector<T> all;
  for (const std::string& text : texts)
    for (const std::string& part : divide_at_commas(text)) {
      auto [name, value] = divide_at(part, '=', option, form);
      require(!name.empty(), "{}: '{}' is no {}", option, part, form);
      T item = read(value);
      item.name = name_in(std::move(name));
      require(std::none_of(all.begin(), all.end(),
                           [&](const T& other) { return other.name == item.name; }),
              "{} gives {} twice", option, item.name);
      all.push_back(std::move(item));
    }
  return all;
}

}  // namespace

std::vector<NamedValue> named_values(const std::vector<std::string>& texts,
                                     std::string_view option) {
  return named<NamedValue>(texts, option, "NAME=NUMBER", [&](const std::string& text) {
    const double value = number_in(text, option);
    require(std::isfinite(value), "{}: the number must be finite, got {}", option, text);
    return NamedValue{{}, value};
  });
}

std::vector<NamedRange> named_ranges(const std::vector<std::string>& texts,
                                     std::string_view option) {
  constexpr std::string_view form = "NAME=LOW:HIGH";
  return named<NamedRange>(texts, option, form, [&](const std::string& value) {
    const auto [low, high] = divide_at(value, ':', option, form);
    const NamedRange range{{},
                           low.empty() ? -infinity : number_in(low, option),
                           high.empty() ? infinity : number_in(high, option)};
    require(range.low <= range.high && range.low < infinity && range.high > -infinity,
            "{}: nothing lies between {} and {}", option, range.low, range.high);
    return range;
  });
}

}  // namespace mathtool::cli
