#include "cli/nn/plane_grid.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <cmath>
#include <memory>

namespace mathtool::cli {
namespace {

using SharedGrid = std::shared_ptr<const PlaneGrid>;

/// More are too small to be seen.
constexpr Index most_tiles = 64;

/// Where the images stand in the figure.
struct Tiling {
  Index rows, columns;  ///< of tiles
  bool folded;          ///< one line of images folded into a rectangle
  bool turned = false;  ///< a column of tiles for each row of the grid
};

Tiling tiling_of(const PlaneGrid& grid) {
  const Index count = std::min(grid.rows * grid.columns, most_tiles * most_tiles);
  const Index rows = std::min(grid.rows, most_tiles), columns = std::min(grid.columns, most_tiles);
  if (rows > 1 && columns > 1) {
    // Frames are wider than they are high.
    const bool turned = rows * grid.height > columns * grid.width;
    return {turned ? columns : rows, turned ? rows : columns, false, turned};
  }
  // About 4 to 3, as the frame of a picture is.
  const double wanted =
      std::sqrt(static_cast<double>(count) * 4 / 3 * static_cast<double>(grid.height) /
                static_cast<double>(grid.width));
  const Index across = std::clamp<Index>(std::lround(wanted), 1, std::min(count, most_tiles));
  return {std::min((count + across - 1) / across, most_tiles), across, true};
}

/// The image in a tile, as its row and column in the grid; rows beyond the grid have none.
std::pair<Index, Index> image_in(const PlaneGrid& grid, const Tiling& tiling, Index row,
                                 Index column) {
  if (tiling.turned) return {column, row};
  if (!tiling.folded) return {row, column};
  const Index number = row * tiling.columns + column;
  return grid.rows > 1 ? std::pair(number, Index{0}) : std::pair(number / grid.columns, number);
}

std::string arrangement(const PlaneGrid& grid, const Tiling& tiling) {
  if (!tiling.folded)
    return fmt::format("a row for each {}, a column for each {}",
                       tiling.turned ? grid.inner : grid.outer,
                       tiling.turned ? grid.outer : grid.inner);
  if (grid.rows * grid.columns == 1) return "";
  return fmt::format("{} 1 to {}, {} in a row", grid.rows > 1 ? grid.outer : grid.inner,
                     std::min(grid.rows * grid.columns, tiling.rows * tiling.columns),
                     tiling.columns);
}

}  // namespace

Figure grid_figure(const PlaneGrid& grid) {
  const Tiling tiling = tiling_of(grid);
  Series cells{.mark = Mark::heatmap};
  const Index down = tiling.rows * (grid.height + 1) - 1;
  const Index across = tiling.columns * (grid.width + 1) - 1;
  for (Index y = 0; y < down; ++y)
    for (Index x = 0; x < across; ++x) {
      const Index i = y % (grid.height + 1), j = x % (grid.width + 1);
      const auto [row, column] =
          image_in(grid, tiling, y / (grid.height + 1), x / (grid.width + 1));
      const bool pixel =
          i < grid.height && j < grid.width && row < grid.rows && column < grid.columns;
      cells.x.push_back(static_cast<double>(x + 1));
      cells.y.push_back(static_cast<double>(y + 1));
      cells.z.push_back(pixel ? grid.at(row, column, i, j) : std::nan(""));
    }
  // The numbers of pixels mean nothing: axes without names.
  const std::vector<std::string> unnamed_rows(static_cast<std::size_t>(down)),
      unnamed_columns(static_cast<std::size_t>(across));
  Figure figure{.panels = {{.title = grid.title,
                            .x_label = arrangement(grid, tiling),
                            .series = {std::move(cells)},
                            .downwards = true,
                            .x_categories = unnamed_columns,
                            .y_categories = unnamed_rows}}};
  const Index drawn = tiling.folded
                          ? tiling.rows * tiling.columns
                          : std::min(grid.rows, most_tiles) * std::min(grid.columns, most_tiles);
  if (drawn < grid.rows * grid.columns)
    figure.notes.push_back(
        fmt::format("{} of {} images are drawn", drawn, grid.rows * grid.columns));
  return figure;
}

Table pixel_table(const PlaneGrid& of) {
  const SharedGrid grid = std::make_shared<const PlaneGrid>(of);
  return {.columns = {grid->outer, grid->inner, "row", "column", grid->number},
          .rows = grid->pixels.size(),
          .cell = [grid](Index line, Index column) -> Cell {
            const Index j = line % grid->width, i = line / grid->width % grid->height;
            const Index plane = line / (grid->width * grid->height);
            switch (column) {
              case 0: return static_cast<std::int64_t>(plane / grid->columns + 1);
              case 1: return static_cast<std::int64_t>(plane % grid->columns + 1);
              case 2: return static_cast<std::int64_t>(i + 1);
              case 3: return static_cast<std::int64_t>(j + 1);
              default: return grid->at(plane / grid->columns, plane % grid->columns, i, j);
            }
          }};
}

Table plane_table(const PlaneGrid& of) {
  const SharedGrid grid = std::make_shared<const PlaneGrid>(of);
  const bool by_rows = grid->rows > 1;
  const Index lines = by_rows ? grid->rows : grid->columns;
  return {.columns = {by_rows ? grid->outer : grid->inner, "mean", "min", "max", "norm"},
          .rows = lines,
          .cell = [grid, lines](Index line, Index column) -> Cell {
            const Index size = grid->pixels.size() / lines;
            const auto pixels =
                Eigen::Map<const Eigen::VectorXf>(grid->pixels.data() + line * size, size)
                    .cast<double>();
            switch (column) {
              case 0: return static_cast<std::int64_t>(line + 1);
              case 1: return pixels.mean();
              case 2: return pixels.minCoeff();
              case 3: return pixels.maxCoeff();
              default: return pixels.norm();
            }
          }};
}

Json grid_json(const PlaneGrid& grid) {
  Json all = Json::array();
  for (Index row = 0; row < grid.rows; ++row) {
    Json planes = Json::array();
    for (Index column = 0; column < grid.columns; ++column) {
      Json lines = Json::array();
      for (Index i = 0; i < grid.height; ++i) {
        Json line = Json::array();
        for (Index j = 0; j < grid.width; ++j)
          line.push_back(static_cast<float>(grid.at(row, column, i, j)));
        lines.push_back(std::move(line));
      }
      planes.push_back(std::move(lines));
    }
    all.push_back(std::move(planes));
  }
  return all;
}

}  // namespace mathtool::cli
