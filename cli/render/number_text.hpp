#pragma once

#include <span>
#include <string>
#include <vector>

namespace mathtool::cli {

/// A column of numbers for people: `digits` significant digits each, zeros at the end only as far
/// as a neighbour needs the place, and filled with blanks so that the decimal points stand below
/// each other. Very large and very small numbers are written with an exponent, whole ones in full.
/// NaN is empty. Pre: 1 <= digits <= 17.
std::vector<std::string> align_numbers(std::span<const double> column, int digits);

}  // namespace mathtool::cli
