#include "cli/first_few.hpp"

#include <fmt/core.h>

#include <algorithm>

namespace mathtool::cli {

std::string first_few(const std::vector<std::string>& names,
                      FunctionRef<std::string(const std::string&)> show) {
  constexpr std::size_t most = 5;
  std::string text;
  for (std::size_t i = 0; i < std::min(names.size(), most); ++i)
    text += (i == 0 ? "" : ", ") + show(names[i]);
  if (names.size() > most) text += fmt::format(", and {} more", names.size() - most);
  return text;
}

std::string first_few(const std::vector<std::string>& names) {
  return first_few(names, [](const std::string& name) { return fmt::format("'{}'", name); });
}

}  // namespace mathtool::cli
