#include "cli/comma_list.hpp"

#include "cli/nesting.hpp"

namespace mathtool::cli {

std::vector<std::string> divide_at_commas(std::string_view text) {
  std::vector<std::string> parts(1);
  Nesting nesting;
  for (const char c : text) {
    nesting.step(c);
    if (c == ',' && nesting.depth() == 0 && !nesting.quoted())
      parts.emplace_back();
    else
      parts.back() += c;
  }
  return parts;
}

}  // namespace mathtool::cli
