#pragma once

#include <cstdlib>
#include <filesystem>
#include <optional>

#include "support/catch.hpp"

namespace mathtool::test {

/// The folder of outside reference data: $MATHTOOL_DATA, else ../shared/data beside the checkout.
inline std::optional<std::filesystem::path> reference_data() {
  const char* set = std::getenv("MATHTOOL_DATA");
  const std::filesystem::path folder = set ? set : MATHTOOL_SOURCE_DIR "/../shared/data";
  if (!std::filesystem::is_directory(folder)) return std::nullopt;
  return folder;
}

}  // namespace mathtool::test

/// Ends a test case that needs outside reference data where there are none, and says so.
#define REQUIRE_REFERENCE_DATA(folder)                                                   \
  const auto folder##_found = mathtool::test::reference_data();                          \
  if (!folder##_found) {                                                                 \
    WARN("SKIPPED: no reference data; set MATHTOOL_DATA to the folder that holds them"); \
    return;                                                                              \
  }                                                                                      \
  const std::filesystem::path& folder = *folder##_found
