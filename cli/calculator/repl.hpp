#pragma once

#include "cli/calculator/calculator.hpp"
#include "cli/exit.hpp"

namespace mathtool::cli {

/// Lines from the terminal and their answers, until end of file or `quit`. A line with open
/// brackets goes on on the next one; Ctrl-C gives up one computation; the history is kept in
/// $XDG_STATE_HOME/mathtool/history (~/.local/state where that is not set).
Exit converse(Calculator& calculator, int digits);

}  // namespace mathtool::cli
