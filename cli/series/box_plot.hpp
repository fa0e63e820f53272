#pragma once

#include <string>
#include <vector>

#include "cli/figure.hpp"
#include "mathtool/stats/accumulators/quantiles.hpp"

namespace mathtool::cli {

/// A box with its whiskers, which reach to the last value within 1.5 times the box beyond it.
struct BoxPlot {
  double median = 0;
  Spread spread = {};
  std::vector<double> outliers = {};  ///< ascending, the farthest if there are many
  std::size_t left_out = 0;           ///< outliers nearer than those
};

/// Pre: the quantiles are not those of an empty stream.
BoxPlot box_plot(const stats::Quantiles& quantiles);

/// Draws boxes side by side.
class BoxPanel {
 public:
  BoxPanel(const std::string& x_label, const std::string& y_label) {
    panel_.x_label = x_label;
    panel_.y_label = y_label;
    panel_.series = {{.mark = Mark::boxes}, {.mark = Mark::points}};
  }

  void add(const std::string& name, const BoxPlot& box) {
    panel_.x_categories.push_back(name);
    const auto place = static_cast<double>(panel_.x_categories.size());
    panel_.series[0].x.push_back(place);
    panel_.series[0].y.push_back(box.median);
    panel_.series[0].spreads.push_back(box.spread);
    for (const double outlier : box.outliers) {
      panel_.series[1].x.push_back(place);
      panel_.series[1].y.push_back(outlier);
    }
  }

  Panel panel() const { return panel_; }

 private:
  Panel panel_ = {};
};

}  // namespace mathtool::cli
