#include "cli/nn/layer_list.hpp"

#include <algorithm>
#include <charconv>

#include "cli/comma_list.hpp"
#include "mathtool/math/error.hpp"

namespace mathtool::cli {
namespace {

Index layer_number(std::string_view text, const std::string& all, Index layers,
                   const std::string& option) {
  Index number = 0;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), number);
  require(read.ec == std::errc() && read.ptr == text.data() + text.size(),
          "{} takes numbers of layers such as 1,3-4, got '{}'", option, all);
  require(number >= 1 && number <= layers, "{}: there is no layer {}; there are {}, counted from 1",
          option, text, layers);
  return number;
}

}  // namespace

std::vector<Index> layer_places(const std::string& text, Index layers, const std::string& option) {
  std::vector<Index> places;
  for (const std::string& part : divide_at_commas(text)) {
    const std::string_view item = part;
    const std::size_t dash = item.find('-');
    const Index first = layer_number(item.substr(0, dash), text, layers, option);
    const Index last =
        dash == item.npos ? first : layer_number(item.substr(dash + 1), text, layers, option);
    require(first <= last, "{}: '{}' is an empty range", option, part);
    for (Index number = first; number <= last; ++number) places.push_back(number - 1);
  }
  std::ranges::sort(places);
  places.erase(std::unique(places.begin(), places.end()), places.end());
  return places;
}

}  // namespace mathtool::cli
