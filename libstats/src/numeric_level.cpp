#include "numeric_level.hpp"

#include <charconv>
#include <cmath>

namespace mathtool::stats {

std::optional<double> numeric_level(const std::string& text) {
  double value = 0;
  const char* end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, value);
  if (error != std::errc() || stop != end || std::isnan(value)) return std::nullopt;
  return value;
}

}  // namespace mathtool::stats
