#include "cli/bar.hpp"

#include <algorithm>
#include <cmath>

namespace mathtool::cli {

std::string bar(double share, int width, bool utf8) {
  const double columns = std::clamp(share, 0.0, 1.0) * width;
  if (!(columns > 0)) return "";
  if (!utf8) return std::string(static_cast<std::size_t>(std::max(1.0, std::round(columns))), '#');
  static constexpr const char* eighths[] = {"", "▏", "▎", "▍", "▌", "▋", "▊", "▉"};
  const int parts = std::max(1, static_cast<int>(std::lround(8 * columns)));
  std::string text;
  for (int i = 0; i < parts / 8; ++i) text += "█";
  return text + eighths[parts % 8];
}

}  // namespace mathtool::cli
