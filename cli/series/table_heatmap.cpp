#include <algorithm>

#include "cli/series/row_sample.hpp"
#include "cli/series/table_content.hpp"

namespace mathtool::cli {

TableContent table_heatmap(TableInput& input, const RunControl& run) {
  constexpr std::size_t most_rows = 200, most_columns = 200;
  const SampledTable table = sample_rows(input, most_rows, run);
  TableContent result{.count = table.count};
  PlotContent& content = result.content;
  const std::vector<std::string> names = input.numeric_names();
  const std::vector<SampledRow>& rows = table.sample.rows();

  std::vector<double> numbers;
  for (const SampledRow& row : rows) numbers.push_back(row.number);
  for (std::size_t j = 0; j < names.size(); ++j) {
    std::vector<double> values;
    for (const SampledRow& row : rows) values.push_back(row.values[j]);
    content.series.push_back({names[j], numbers, std::move(values)});
  }

  Panel panel{.y_label = table.sample.step() == 1 ? "row" : "row drawn",
              .downwards = true,
              .x_categories = names};
  panel.x_categories.resize(std::min(names.size(), most_columns));
  Series cells{.mark = Mark::heatmap};
  for (std::size_t i = 0; i < rows.size(); ++i)
    for (std::size_t j = 0; j < panel.x_categories.size(); ++j) {
      cells.x.push_back(static_cast<double>(j + 1));
      cells.y.push_back(static_cast<double>(i + 1));
      cells.z.push_back(rows[i].values[j]);
    }
  panel.series.push_back(std::move(cells));
  content.figure.panels.push_back(std::move(panel));
  if (const auto note = table.sample.note(); !note.empty()) content.notes.push_back(note);
  if (const auto note = note_of_undrawn("columns", most_columns, names.size()); !note.empty())
    content.figure.notes.push_back(note);
  return result;
}

}  // namespace mathtool::cli
