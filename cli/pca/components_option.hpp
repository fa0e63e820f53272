#pragma once

#include <string_view>

#include "mathtool/stats/component_rule.hpp"

namespace mathtool::cli {

/// The value of -k: a count, a share such as "95%", "kaiser", "parallel"; empty means all.
/// Throws: DomainError for anything else.
stats::ComponentRule parse_components(std::string_view text);

}  // namespace mathtool::cli
