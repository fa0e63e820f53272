#pragma once

#include "cli/options.hpp"

namespace mathtool::cli {

bool is_terminal(int descriptor);

/// Columns of the window: $COLUMNS, else what the terminal says, else 80.
int terminal_width();

/// Whether the locale speaks UTF-8, by LC_ALL, LC_CTYPE, LANG, the first of them that is set.
bool utf8_locale();

/// Whether to colour what is written to `descriptor`: --color, then NO_COLOR, CLICOLOR_FORCE and
/// TERM=dumb, then whether it is a terminal. Ref: no-color.org, bixense.com/clicolors.
bool use_color(Color wish, int descriptor);

}  // namespace mathtool::cli
