#pragma once

namespace mathtool::cli {

/// What the shell sees; the contract of every command.
enum class Exit {
  done = 0,
  runtime = 1,  ///< cannot open, read or write; broken table, container or model
  usage = 2,    ///< unknown name, syntax, option or parameter out of range
  data = 3,     ///< the data cannot support it: empty, too few rows, no spread, infinite
  not_established =
      4,               ///< the mathematics did not get there; the result is printed with its status
  condition_held = 5,  ///< a --fail-if condition is true
  interrupted = 130    ///< Ctrl-C
};

}  // namespace mathtool::cli
