#include "cli/series/plot_content.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace mathtool::cli {
namespace {

/// The series and the point within it that stand on a line of the table.
class PointFinder {
 public:
  explicit PointFinder(const std::vector<PlottedSeries>& series) {
    for (const PlottedSeries& one : series) ends_.push_back(rows() + std::ssize(one.y));
  }

  Index rows() const { return ends_.empty() ? 0 : ends_.back(); }

  std::pair<std::size_t, std::size_t> operator()(Index row) const {
    const auto end = std::upper_bound(ends_.begin(), ends_.end(), row);
    const Index begin = end == ends_.begin() ? 0 : *(end - 1);
    return {static_cast<std::size_t>(end - ends_.begin()), static_cast<std::size_t>(row - begin)};
  }

 private:
  std::vector<Index> ends_ = {};
};

Cell x_cell(const PlottedSeries& series, std::size_t point) {
  if (const auto* names = std::get_if<std::vector<std::string>>(&series.x)) return (*names)[point];
  return std::get<std::vector<double>>(series.x)[point];
}

Json json(const PlottedSeries& series) {
  const Json x = std::visit([](const auto& values) { return Json(values); }, series.x);
  return {{"name", series.name}, {"x", x}, {"y", series.y}};
}

}  // namespace

void report_content(const PlotContent& content, Report& report) {
  const PointFinder find(content.series);
  report.main = {.columns = {"series", "x", "y"},
                 .rows = find.rows(),
                 .cell = [&content, find](Index row, Index column) -> Cell {
                   const auto [place, point] = find(row);
                   const PlottedSeries& series = content.series[place];
                   if (column == 0) return series.name;
                   if (column == 1) return x_cell(series, point);
                   return series.y[point];
                 }};
  report.result = [&content] {
    Json list = Json::array();
    for (const PlottedSeries& series : content.series) list.push_back(json(series));
    return Json{{"series", std::move(list)}};
  };
  report.figure = [&content] { return content.figure; };
  report.notes.insert(report.notes.end(), content.notes.begin(), content.notes.end());
  report.decisions.insert(report.decisions.end(), content.decisions.begin(),
                          content.decisions.end());
}

std::string note_of_undrawn(const std::string& what, std::size_t drawn, std::size_t all) {
  if (all <= drawn) return {};
  return fmt::format("the first {} of {} {} are drawn", drawn, all, what);
}

}  // namespace mathtool::cli
