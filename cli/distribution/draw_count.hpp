#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "cli/options.hpp"
#include "mathtool/math/types.hpp"

namespace mathtool::cli {

/// How many draws `sample` was asked for, of `numbers` doubles each.
/// Throws: DomainError where it is no count; Error where --memory does not allow so many.
std::size_t draw_count(const std::vector<std::string>& operands, Index numbers,
                       const GlobalOptions& global);

}  // namespace mathtool::cli
