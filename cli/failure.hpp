#pragma once

#include <string>
#include <vector>

#include "cli/exit.hpp"

namespace mathtool::cli {

/// Says on one line of stderr what went wrong, behind the name of the command, and gives the exit
/// status for it. `words` is the command line without the program's name.
/// Pre: called while an exception is being handled.
Exit explain_failure(const std::vector<std::string>& words);

}  // namespace mathtool::cli
