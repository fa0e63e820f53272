#include "cli/regress/residual_panel.hpp"

#include <algorithm>
#include <utility>

namespace mathtool::cli {

Panel residual_panel(std::vector<double> fitted, std::vector<double> residuals) {
  Series zero{.mark = Mark::line};
  if (!fitted.empty()) {
    const auto [low, high] = std::ranges::minmax(fitted);
    zero.x = {low, high};
    zero.y = {0, 0};
  }
  Series points{.mark = Mark::points, .x = std::move(fitted), .y = std::move(residuals)};
  return {.title = "residuals",
          .x_label = "fitted",
          .y_label = "residual",
          .series = {std::move(points), std::move(zero)}};
}

}  // namespace mathtool::cli
