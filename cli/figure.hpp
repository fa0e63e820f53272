#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace mathtool::cli {

enum class Mark {
  line,
  points,
  line_points,
  bars,    ///< from 0 to y
  arrows,  ///< from the origin to (x, y), with `labels` at the tips
  boxes,   ///< quartiles and whiskers around the median y
  heatmap  ///< a cell of the colour of z around each (x, y)
};

/// Where the box of a box plot and its whiskers end.
struct Spread {
  double low = 0, q25 = 0, q75 = 0, high = 0;
};

struct Series {
  std::string name = {};  ///< in the key; empty: not in the key
  Mark mark = Mark::line;
  std::vector<double> x = {}, y = {};
  std::vector<std::string> labels = {};  ///< one per point, or none
  std::vector<double> widths = {};       ///< of bars, one per point; none: 0.6 each
  std::vector<Spread> spreads = {};      ///< of boxes, one per point
  std::vector<double> z = {};            ///< of a heatmap, one per point; NaN: no colour
};

using Limits = std::pair<double, double>;  ///< low, high

struct Panel {
  std::string title = {}, x_label = {}, y_label = {};
  std::vector<Series> series = {};
  bool integer_x = false;                      ///< ticks at whole numbers only
  bool from_zero = false;                      ///< the y axis begins at 0
  bool cross_at_zero = false;                  ///< thin lines through the origin
  bool downwards = false;                      ///< the y axis begins at the top, as a matrix does
  std::vector<std::string> x_categories = {};  ///< names of x = 1, 2, ... instead of numbers
  std::vector<std::string> y_categories = {};  ///< names of y = 1, 2, ... instead of numbers
  std::optional<Limits> y_limits = {};         ///< of what is shown; none: all data
  std::optional<Limits> z_limits = {};         ///< of a heatmap's colours; none: all data
};

/// What `--plot` draws: panels side by side, four in a row (one below the other in a terminal).
struct Figure {
  std::vector<Panel> panels = {};
  std::vector<std::string> notes = {};  ///< what the figure leaves out, said when it is drawn
};

}  // namespace mathtool::cli
