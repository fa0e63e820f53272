#pragma once

#include <string>
#include <vector>

#include "cli/global_options.hpp"
#include "cli/report.hpp"
#include "mathtool/nn/forecast.hpp"
#include "mathtool/nn/training.hpp"

namespace mathtool::cli {

/// How well a network predicts the characters of a text.
struct TextScore {
  std::string part = {};  ///< what was judged, in words
  nn::Evaluation judged = {};
  Index characters = 0;
};

/// Throws: as nn::evaluate.
TextScore score_text(const nn::Sequential<float>& network, const nn::Dataset& windows,
                     const nn::Loss& loss, std::string part, const GlobalOptions& global);

Paragraph text_line(const TextScore& score);
Table text_table(const TextScore& score);
Json text_json(const TextScore& score);

/// Forecasts of a series beside naive ones.
struct SeriesScore {
  std::string part = {};
  std::vector<nn::ForecastComparison> forecasts = {};  ///< of each column
  Index steps = 0;                                     ///< of each forecast
};

/// Forecasts of every step from `known` on. Throws: as nn::compare_forecasts.
SeriesScore score_series(const nn::Sequential<float>& network, const nn::SeriesEncoding& encoding,
                         const MatRef& series, Index known, Index season, std::string part,
                         const GlobalOptions& global);

Table forecast_table(const SeriesScore& score);
Json series_json(const SeriesScore& score);     ///< errors of the network in the first column
Json forecasts_json(const SeriesScore& score);  ///< all errors, column by column

}  // namespace mathtool::cli
