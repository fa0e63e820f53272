#pragma once

namespace mathtool::cli {

/// Wall-clock seconds since the program began, for --timing.
double seconds_since_start();

}  // namespace mathtool::cli
