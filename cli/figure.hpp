#pragma once

#include <string>
#include <vector>

namespace mathtool::cli {

enum class Mark {
  line,
  points,
  line_points,
  bars,   ///< from 0 to y
  arrows  ///< from the origin to (x, y), with `labels` at the tips
};

struct Series {
  std::string name = {};  ///< in the key; empty: not in the key
  Mark mark = Mark::line;
  std::vector<double> x = {}, y = {};
  std::vector<std::string> labels = {};  ///< one per point, or none
};

struct Panel {
  std::string title = {}, x_label = {}, y_label = {};
  std::vector<Series> series = {};
  bool integer_x = false;      ///< ticks at whole numbers only
  bool from_zero = false;      ///< the y axis begins at 0
  bool cross_at_zero = false;  ///< thin lines through the origin
};

/// What `--plot` draws: panels side by side (one below the other in a terminal).
struct Figure {
  std::vector<Panel> panels = {};
};

}  // namespace mathtool::cli
