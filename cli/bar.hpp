#pragma once

#include <string>

namespace mathtool::cli {

/// A horizontal bar for a share in [0, 1] of `width` columns: in eighths of a column with block
/// elements, in whole ones of '#' where the locale is not UTF-8. A positive share is never
/// invisible.
std::string bar(double share, int width, bool utf8);

}  // namespace mathtool::cli
