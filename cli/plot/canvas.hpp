#pragma once

#include "cli/figure.hpp"
#include "cli/plot/label_placement.hpp"

namespace mathtool::cli {

struct Range {
  double low = 0, high = 1;
};

/// What the two axes of a panel show: all of its data with a little air around them.
struct Axes {
  Range x = {}, y = {};
};

Axes axes_of(const Panel& panel);

/// The sizes of one panel, in pixels or in characters of a terminal.
struct Canvas {
  bool characters = false;
  bool color = true;
  double width = 0, height = 0;
  double left = 0, right = 0, bottom = 0, top = 0;  ///< margins around the axes
  double letter_width = 1, line_height = 1;
  double title_size = 0;  ///< of its font, where there are fonts

  /// The rectangle between the axes.
  Box frame() const;
  Point to_canvas(const Axes& axes, double x, double y) const;
  Point to_axes(const Axes& axes, Point point) const;
};

/// For a file: pixels.
Canvas picture_canvas();

/// For a terminal of so many columns.
Canvas terminal_canvas(int columns, bool color);

}  // namespace mathtool::cli
