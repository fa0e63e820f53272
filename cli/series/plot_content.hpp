#pragma once

#include <string>
#include <variant>
#include <vector>

#include "cli/figure.hpp"
#include "cli/report.hpp"

namespace mathtool::cli {

/// What `plot` lists under `series`: the numbers that a picture shows. x may be names.
struct PlottedSeries {
  std::string name = {};
  std::variant<std::vector<double>, std::vector<std::string>> x = {};
  std::vector<double> y = {};  ///< NaN: a gap
};

/// Everything that `plot` has found, ready to be drawn and listed.
struct PlotContent {
  std::vector<PlottedSeries> series = {};
  Figure figure = {};
  std::vector<std::string> notes = {};
  std::vector<std::string> decisions = {};
};

/// Fills the main table (one line for each point: series, x, y) and the result of a report;
/// `content` must outlive it.
void report_content(const PlotContent& content, Report& report);

/// "'a', 'b' and 10 more are not drawn", when there are more than `most` names; else empty.
std::string note_of_undrawn(const std::string& what, std::size_t drawn, std::size_t all);

}  // namespace mathtool::cli
