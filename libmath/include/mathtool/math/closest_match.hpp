#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace mathtool {

/// The candidate that `name` was probably meant to be: fewest insertions, deletions, substitutions
/// and swaps of neighbours, letter case ignored, at most a third of the longer word and never all
/// of it; the first of equals. None when nothing is that near.
/// Ref: Damerau (1964), optimal string alignment distance.
std::optional<std::string> closest_match(std::string_view name,
                                         std::span<const std::string> candidates);

/// " (did you mean 'x'?)", or empty.
std::string did_you_mean(std::string_view name, std::span<const std::string> candidates);

}  // namespace mathtool
