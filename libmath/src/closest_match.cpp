#include "mathtool/math/closest_match.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <cctype>
#include <vector>

namespace mathtool {
namespace {

std::string lower(std::string_view word) {
  std::string result(word);
  for (char& c : result) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return result;
}

std::size_t distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> before(b.size() + 1), above(b.size() + 1), row(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) row[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    before.swap(above);
    above.swap(row);
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t change = a[i - 1] == b[j - 1] ? 0 : 1;
      row[j] = std::min({above[j] + 1, row[j - 1] + 1, above[j - 1] + change});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
        row[j] = std::min(row[j], before[j - 2] + 1);
    }
  }
  return row[b.size()];
}

}  // namespace

std::optional<std::string> closest_match(std::string_view name,
                                         std::span<const std::string> candidates) {
  constexpr std::size_t longest =
      200;  // longer words are no typing errors, and the table is quadratic
  if (name.empty() || name.size() > longest) return std::nullopt;
  const std::string wanted = lower(name);
  const std::string* nearest = nullptr;
  std::size_t least = 0;
  for (const std::string& candidate : candidates) {
    if (candidate.size() > longest) continue;
    const std::size_t length = std::max(name.size(), candidate.size());
    const std::size_t allowed = std::min(std::max<std::size_t>(1, length / 3), length - 1);
    const std::size_t edits = distance(wanted, lower(candidate));
    if (edits > allowed || (nearest && edits >= least)) continue;
    nearest = &candidate;
    least = edits;
  }
  return nearest ? std::optional(*nearest) : std::nullopt;
}

std::string did_you_mean(std::string_view name, std::span<const std::string> candidates) {
  const auto match = closest_match(name, candidates);
  return match ? fmt::format(" (did you mean '{}'?)", *match) : "";
}

}  // namespace mathtool
