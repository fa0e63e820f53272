#include "cli/histogram/histogram_report.hpp"

#include <algorithm>

#include "cli/bar.hpp"
#include "cli/first_few.hpp"
#include "cli/render/json.hpp"
#include "cli/terminal.hpp"

namespace mathtool::cli {
namespace {

/// One bin of one column.
struct Bin {
  std::size_t column = 0;
  double low = 0.0, high = 0.0, count = 0.0;
};

std::vector<Bin> all_bins(const BinnedTable& table) {
  std::vector<Bin> bins;
  for (std::size_t j = 0; j < table.columns.size(); ++j) {
    const stats::Histogram& histogram = table.columns[j];
    for (std::size_t b = 0; b < histogram.counts().size(); ++b)
      bins.push_back({j, histogram.edges()[b], histogram.edges()[b + 1], histogram.counts()[b]});
  }
  return bins;
}

Cell count_cell(double count) {
  const Json number = whole_or_real(count);
  if (number.is_number_integer()) return number.get<std::int64_t>();
  return count;
}

/// The bins of one column with bars, for people.
Table bar_table(const std::string& name, const stats::Histogram& histogram) {
  const double most =
      std::max(1e-300, *std::max_element(histogram.counts().begin(), histogram.counts().end()));
  return {.title = name,
          .columns = {"from", "to", "count", ""},
          .rows = std::ssize(histogram.counts()),
          .cell = [&histogram, most, utf8 = utf8_locale()](Index row, Index column) -> Cell {
            const auto bin = static_cast<std::size_t>(row);
            switch (column) {
              case 0: return histogram.edges()[bin];
              case 1: return histogram.edges()[bin + 1];
              case 2: return count_cell(histogram.counts()[bin]);
              default: return bar(histogram.counts()[bin] / most, 40, utf8);
            }
          }};
}

Panel panel(const std::string& name, const stats::Histogram& histogram) {
  Series series{.mark = Mark::bars};
  for (std::size_t b = 0; b < histogram.counts().size(); ++b) {
    series.x.push_back(0.5 * histogram.edges()[b] + 0.5 * histogram.edges()[b + 1]);
    series.y.push_back(histogram.counts()[b]);
    series.widths.push_back(histogram.edges()[b + 1] - histogram.edges()[b]);
  }
  return {.title = name,
          .x_label = name,
          .y_label = "count",
          .series = {std::move(series)},
          .from_zero = true};
}

}  // namespace

void report_histograms(const std::vector<std::string>& names, const BinnedTable& table,
                       Report& report) {
  const std::vector<Bin> bins = all_bins(table);
  report.main = {.columns = {"column", "low", "high", "count"},
                 .rows = std::ssize(bins),
                 .cell = [=](Index row, Index column) -> Cell {
                   const Bin& bin = bins[static_cast<std::size_t>(row)];
                   switch (column) {
                     case 0: return names[bin.column];
                     case 1: return bin.low;
                     case 2: return bin.high;
                     default: return count_cell(bin.count);
                   }
                 }};
  std::vector<std::string> empty;
  for (std::size_t j = 0; j < table.columns.size(); ++j) {
    if (table.columns[j].counts().empty())
      empty.push_back(names[j]);
    else
      report.screen.push_back(bar_table(names[j], table.columns[j]));
  }
  if (!empty.empty()) report.notes.push_back("no value at all in " + first_few(empty));
  report.result = [=] {
    Json list = Json::array();
    for (const Bin& bin : bins)
      list.push_back({{"column", names[bin.column]},
                      {"low", bin.low},
                      {"high", bin.high},
                      {"count", whole_or_real(bin.count)}});
    return Json{{"bins", std::move(list)}};
  };
  report.figure = [=, &table] {
    Figure figure;
    for (std::size_t j = 0; j < table.columns.size(); ++j)
      if (!table.columns[j].counts().empty())
        figure.panels.push_back(panel(names[j], table.columns[j]));
    return figure;
  };
}

}  // namespace mathtool::cli
