#include "cli/score/confusion_figure.hpp"

#include <fmt/core.h>

#include <algorithm>

namespace mathtool::cli {

Figure confusion_figure(const stats::ConfusionMatrix& confusion) {
  constexpr Index most_drawn = 60;
  const auto& [labels, counts] = confusion;
  const Index drawn = std::min(counts.rows(), most_drawn);
  const std::vector<std::string> names(labels.begin(), labels.begin() + drawn);
  Series cells{.mark = Mark::heatmap};
  for (Index i = 0; i < drawn; ++i)
    for (Index j = 0; j < drawn; ++j) {
      cells.x.push_back(static_cast<double>(j + 1));
      cells.y.push_back(static_cast<double>(i + 1));
      cells.z.push_back(counts(i, j) / counts.row(i).sum());
    }
  Figure figure{.panels = {{.title = "share of each true label",
                            .x_label = "predicted",
                            .y_label = "true",
                            .series = {std::move(cells)},
                            .downwards = true,
                            .x_categories = names,
                            .y_categories = names,
                            .z_limits = Limits{0, 1}}}};
  if (counts.rows() > drawn)
    figure.notes.push_back(
        fmt::format("the first {} of {} labels are drawn", drawn, counts.rows()));
  return figure;
}

}  // namespace mathtool::cli
