#pragma once

#include <string>

#include "cli/table.hpp"

namespace mathtool::cli {

struct ScreenOptions {
  int digits = 6;     ///< significant, 1..17
  int width = 0;      ///< columns of the window: wider tables continue below; 0: one line per row
  bool bold = false;  ///< title and header in bold type
};

/// A table for people: numbers aligned on the decimal point, text to the left. A table wider than
/// the window continues below with its first column repeated.
std::string screen_table(const Table& table, const ScreenOptions& options);

}  // namespace mathtool::cli
