#pragma once

#include <string>
#include <vector>

#include "mathtool/math/types.hpp"

namespace mathtool::cli {

/// Layers of the outermost level by their numbers from 1, "1,3-4", as places from 0.
/// Throws: DomainError for what is no such list and for a layer that a network of `layers` has not.
std::vector<Index> layer_places(const std::string& text, Index layers, const std::string& option);

}  // namespace mathtool::cli
