#pragma once

#include <string>
#include <vector>

#include "cli/plot/canvas.hpp"

namespace mathtool::cli {

/// Columns that the left margin holds besides the names of a y axis: a blank and the tick.
constexpr int beside_names = 3;

/// Whether the names of categories are too long to stand side by side below the axis of a picture,
/// where they are then written aslant.
bool stand_aslant(const std::vector<std::string>& names, const Canvas& canvas);

/// gnuplot command that writes names at 1, 2, ... on an axis ('x' or 'y'), shortened to the room
/// there is, and only every k-th where there is none for all; no ticks where all are empty.
std::string category_tics(char axis, const std::vector<std::string>& names, const Canvas& canvas);

}  // namespace mathtool::cli
