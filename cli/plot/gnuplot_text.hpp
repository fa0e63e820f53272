#pragma once

#include <string>

namespace mathtool::cli {

/// In single quotes, between which gnuplot neither runs commands nor knows escapes. An apostrophe
/// becomes a typographic one: gnuplot 5.4 does not take a doubled one after the opening quote.
std::string in_quotes(const std::string& text);

/// With all its digits; NaN unless finite.
std::string number(double x);

}  // namespace mathtool::cli
