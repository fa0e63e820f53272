#include "cli/minimize/contour_lines.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "mathtool/math/constants.hpp"

namespace mathtool::cli {
namespace {

constexpr std::size_t cells = 80;  // in each direction

struct Corner {
  double x, y, height;
};

/// Where the edge from a to b has this height. Pre: a and b lie on different sides of it.
Corner crossing(const Corner& a, const Corner& b, double height) {
  const double t = (height - a.height) / (b.height - a.height);
  return {a.x + t * (b.x - a.x), a.y + t * (b.y - a.y), height};
}

void add_piece(const Corner& a, const Corner& b, Series& lines) {
  for (const double x : {a.x, b.x, not_a_number}) lines.x.push_back(x);
  for (const double y : {a.y, b.y, not_a_number}) lines.y.push_back(y);
}

/// The line through a triangle, if the height lies within.
void cut(const std::array<Corner, 3>& triangle, double height, Series& lines) {
  std::vector<Corner> ends;
  for (std::size_t i = 0; i < 3; ++i) {
    const Corner &a = triangle[i], &b = triangle[(i + 1) % 3];
    if ((a.height < height) != (b.height < height)) ends.push_back(crossing(a, b, height));
  }
  if (ends.size() == 2) add_piece(ends[0], ends[1], lines);
}

std::vector<double> levels_of(std::vector<double> heights) {
  std::erase_if(heights, [](double height) { return !std::isfinite(height); });
  std::sort(heights.begin(), heights.end());
  std::vector<double> levels;
  if (heights.empty()) return levels;
  for (const double p :
       {0.003, 0.01, 0.03, 0.06, 0.1, 0.15, 0.22, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9})
    levels.push_back(
        heights[static_cast<std::size_t>(p * static_cast<double>(heights.size() - 1))]);
  levels.erase(std::unique(levels.begin(), levels.end()), levels.end());
  return levels;
}

}  // namespace

Series contour_lines(FunctionRef<double(double x, double y)> f, const Limits& x, const Limits& y) {
  std::vector<Corner> grid;
  std::vector<double> heights;
  for (std::size_t i = 0; i <= cells; ++i)
    for (std::size_t j = 0; j <= cells; ++j) {
      const double u = x.first + (x.second - x.first) * static_cast<double>(i) / cells;
      const double v = y.first + (y.second - y.first) * static_cast<double>(j) / cells;
      grid.push_back({u, v, f(u, v)});
      heights.push_back(grid.back().height);
    }
  Series lines{.name = "f constant", .mark = Mark::line};
  for (const double height : levels_of(std::move(heights)))
    for (std::size_t i = 0; i < cells; ++i)
      for (std::size_t j = 0; j < cells; ++j) {
        const std::size_t k = i * (cells + 1) + j;
        const Corner &a = grid[k], &b = grid[k + cells + 1], &c = grid[k + cells + 2],
                     &d = grid[k + 1];
        if (!std::isfinite(a.height + b.height + c.height + d.height)) continue;
        cut({a, b, c}, height, lines);
        cut({a, c, d}, height, lines);
      }
  return lines;
}

}  // namespace mathtool::cli
