#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace mathtool::cli {

/// NAME=NUMBER, the number an expression without variables.
struct NamedValue {
  std::string name = {};
  double value = 0;
};

/// NAME=LOW:HIGH; an empty side is unbounded.
struct NamedRange {
  std::string name = {};
  double low = 0, high = 0;
};

/// What an option that may be repeated holds, "x=1,y=-pi/2". A name in backticks loses them.
/// Throws: DomainError for what cannot be read, for numbers that are not finite and for a name
/// given twice.
std::vector<NamedValue> named_values(const std::vector<std::string>& texts,
                                     std::string_view option);

/// "x=0:1,y=:5". Throws: DomainError as above, and for a range that is empty.
std::vector<NamedRange> named_ranges(const std::vector<std::string>& texts,
                                     std::string_view option);

}  // namespace mathtool::cli
