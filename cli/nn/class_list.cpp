#include "cli/nn/class_list.hpp"

#include <charconv>
#include <optional>

#include "cli/comma_list.hpp"
#include "mathtool/math/error.hpp"

namespace mathtool::cli {
namespace {

std::optional<int> whole_number(std::string_view text) {
  int number = 0;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), number);
  if (read.ec != std::errc() || read.ptr != text.data() + text.size()) return std::nullopt;
  return number;
}

}  // namespace

std::vector<std::string> class_names(const std::string& text, const std::string& option) {
  constexpr int most = 100'000;
  std::vector<std::string> names;
  for (const std::string& part : divide_at_commas(text)) {
    require(!part.empty(), "{}: '{}' names a class without a name", option, text);
    const std::string_view item = part;
    const std::size_t dash = item.find('-', 1);
    const auto first = whole_number(item.substr(0, dash));
    const auto last = dash == item.npos ? std::nullopt : whole_number(item.substr(dash + 1));
    if (!first || !last) {
      names.push_back(part);
      continue;
    }
    require(*first <= *last && *last - *first < most, "{}: '{}' is an empty range, or too long",
            option, part);
    for (int number = *first; number <= *last; ++number) names.push_back(std::to_string(number));
  }
  return names;
}

}  // namespace mathtool::cli
