#pragma once

#include <string>
#include <vector>

#include "cli/figure.hpp"
#include "cli/plot/canvas.hpp"

namespace mathtool::cli {

/// One series as gnuplot sees it: commands that come before `plot`, and what follows `plot`.
struct SeriesScript {
  std::string data = {};
  std::vector<std::string> clauses = {};
};

/// The k-th series of a panel, drawn in the k-th colour. Arrows are no series to gnuplot.
SeriesScript series_script(const Series& series, std::size_t k, const Panel& panel,
                           const Axes& axes, const Canvas& canvas);

}  // namespace mathtool::cli
