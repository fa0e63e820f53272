#include "cli/hypothesis/sample_boxes.hpp"

#include "cli/series/box_plot.hpp"

namespace mathtool::cli {

Figure sample_boxes(const TestData& data) {
  const bool by = !data.factors.empty();
  BoxPanel panel(by ? data.factors[0] : "", data.columns.size() == 1 ? data.columns[0] : "");
  for (const TestSample& sample : data.samples) {
    if (sample.values.empty()) continue;
    stats::Quantiles quantiles;
    quantiles.push(sample.values);
    panel.add(by ? sample.name.substr(data.factors[0].size() + 3) : sample.name,
              box_plot(quantiles));
  }
  return {.panels = {panel.panel()}};
}

}  // namespace mathtool::cli
