#pragma once

#include "mathtool/math/run_control.hpp"

namespace mathtool::cli {

/// From now on SIGINT and SIGTERM raise a flag that library code polls. A second signal, or 0.8
/// seconds without an end, ends the process with status 130. SIGPIPE is ignored: a closed pipe is
/// an ordinary failure to write.
void listen_for_interrupts();

/// From now on SIGINT raises the flag and nothing more, however often: where one computation is
/// given up and the program goes on.
void forgive_interrupts();

/// Lowers the flag. Returns: whether it was raised.
bool clear_interrupt();

/// Raised by the first SIGINT or SIGTERM.
StopToken interrupt_token();

}  // namespace mathtool::cli
