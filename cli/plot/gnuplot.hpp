#pragma once

#include <string>

namespace mathtool::cli {

/// Runs gnuplot on a script and returns what it writes to its standard output.
/// Throws: DataError when there is no gnuplot, or when it complains.
std::string run_gnuplot(const std::string& script);

}  // namespace mathtool::cli
