#include "cli/kept_memory.hpp"

#include <fmt/core.h>

#include <cmath>

#include "mathtool/math/error.hpp"

namespace mathtool::cli {
namespace {

std::string in_bytes(double bytes) {
  const double mib = bytes / (1 << 20);
  return mib < 1024 ? fmt::format("{:.0f} MiB", std::ceil(mib))
                    : fmt::format("{:.1f} GiB", mib / 1024);
}

}  // namespace

void require_memory(double numbers, std::int64_t memory, const std::string& what) {
  const double bytes = 8 * numbers;
  require<DataError>(bytes <= static_cast<double>(memory),
                     "{} needs {} and --memory allows {}; allow more with --memory, or take fewer "
                     "columns with -c",
                     what, in_bytes(bytes), in_bytes(static_cast<double>(memory)));
}

}  // namespace mathtool::cli
