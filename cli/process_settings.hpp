#pragma once

namespace mathtool::cli {

/// What only a whole program may decide for its process, before it starts threads: that freed
/// memory is kept for the next block of rows instead of going back to the system.
void settle_process();

}  // namespace mathtool::cli
