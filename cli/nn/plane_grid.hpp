#pragma once

#include <string>
#include <vector>

#include "cli/report.hpp"
#include "mathtool/nn/batch.hpp"

namespace mathtool::cli {

/// Images of one size in rows and columns: the kernels of a convolution, a row for each filter and
/// a column for each channel; or what a layer makes of an image.
struct PlaneGrid {
  std::string title = {};              ///< "layer 1 (conv 20 5x5)"
  std::string outer = {}, inner = {};  ///< what rows and columns are: "filter", "channel"
  std::string number = {};             ///< what a pixel is: "weight"
  Index rows = 1, columns = 1, height = 1, width = 1;
  nn::Batch<float> pixels = {};  ///< rows × (columns · height · width)

  double at(Index row, Index column, Index i, Index j) const {
    return static_cast<double>(pixels(row, (column * height + i) * width + j));
  }
};

/// All of them on one scale of colours, with a gap between neighbours. Where there is one column
/// or one row alone, its images fill a rectangle, line by line.
Figure grid_figure(const PlaneGrid& grid);

/// One line for each pixel, for --csv: row, column, i, j and the number, all but it from 1.
Table pixel_table(const PlaneGrid& grid);

/// One line for each row, or image where there is one row: its mean, least and largest number, and
/// norm, for people.
Table plane_table(const PlaneGrid& grid);

/// [[rows of pixels] for each column] for each row.
Json grid_json(const PlaneGrid& grid);

}  // namespace mathtool::cli
