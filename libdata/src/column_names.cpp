#include "column_names.hpp"

#include <fmt/core.h>

#include <unordered_map>
#include <unordered_set>

#include "excerpt.hpp"

namespace mathtool::data {

std::string make_names_unique(std::vector<std::string>& names) {
  constexpr std::size_t most_shown = 5;
  for (std::size_t i = 0; i < names.size(); ++i)
    if (names[i].empty()) names[i] = fmt::format("x{}", i + 1);

  // A new name must collide neither with an earlier column nor with a later one.
  std::unordered_set<std::string> taken(names.begin(), names.end());
  std::unordered_map<std::string, std::size_t> uses;
  std::size_t renamed = 0;
  std::string shown;
  for (std::string& name : names) {
    std::size_t& count = uses[name];
    if (++count == 1) continue;
    std::string unique = fmt::format("{}_{}", name, count);
    while (!taken.insert(unique).second) unique = fmt::format("{}_{}", name, ++count);
    if (++renamed <= most_shown)
      shown += fmt::format("{}'{}'", shown.empty() ? "" : ", ", excerpt(unique));
    name = unique;
  }
  if (renamed == 0) return "";
  if (renamed > most_shown) shown += fmt::format(" and {} more", renamed - most_shown);
  return fmt::format("repeated column names are told apart as {}", shown);
}

}  // namespace mathtool::data
