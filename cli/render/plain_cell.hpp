#pragma once

#include <string>

#include "cli/table.hpp"

namespace mathtool::cli {

/// A cell for a machine: shortest round-trip numbers, text as it is, nothing for a missing value.
std::string plain_text(const Cell& cell);

}  // namespace mathtool::cli
