#pragma once

#include <string>

#include "cli/plot/series_script.hpp"

namespace mathtool::cli {

/// Cells in colours from blue over white to red where there are values of both signs, else from
/// white to blue; in a terminal, their numbers where there is room, else shades of grey.
SeriesScript heatmap_script(const Series& series, const std::string& name, const Panel& panel,
                            const Axes& axes, const Canvas& canvas);

}  // namespace mathtool::cli
