#include "cli/kept_memory.hpp"

#include <fmt/core.h>

#include "mathtool/math/error.hpp"

namespace mathtool::cli {
namespace {

/// "3.5 MiB", in the largest unit of which there is one.
std::string in_bytes(double bytes) {
  if (bytes < 0x1p10) return fmt::format("{:.0f} bytes", bytes);
  if (bytes < 0x1p20) return fmt::format("{:.4g} KiB", bytes / 0x1p10);
  if (bytes < 0x1p30) return fmt::format("{:.4g} MiB", bytes / 0x1p20);
  return fmt::format("{:.4g} GiB", bytes / 0x1p30);
}

}  // namespace

void require_memory(double numbers, std::int64_t memory, const std::string& what,
                    const std::string& remedy) {
  const double bytes = 8 * numbers;
  require<DataError>(bytes <= static_cast<double>(memory), "{} needs {} and --memory allows {}; {}",
                     what, in_bytes(bytes), in_bytes(static_cast<double>(memory)), remedy);
}

}  // namespace mathtool::cli
