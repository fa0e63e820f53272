#include "cli/nn/sequence_score.hpp"

#include <fmt/format.h>

#include <array>
#include <cmath>
#include <utility>

#include "cli/nn/network_words.hpp"
#include "cli/progress_bar.hpp"

namespace mathtool::cli {
namespace {

constexpr std::array forecast_methods = {"network", "naive", "seasonal naive"};

const nn::ForecastErrors& errors_by(const nn::ForecastComparison& comparison, std::size_t method) {
  const std::array found = {&comparison.network, &comparison.naive, &comparison.seasonal_naive};
  return *found[method];
}

}  // namespace

TextScore score_text(const nn::Sequential<float>& network, const nn::Dataset& windows,
                     const nn::Loss& loss, std::string part, const GlobalOptions& global) {
  return {.part = std::move(part),
          .judged = nn::evaluate(network, windows, loss, run_control(global, "judging")),
          .characters = (windows.targets.array() >= 0).count()};
}

Paragraph text_line(const TextScore& score) {
  const double loss = score.judged.loss;
  return Paragraph{fmt::format(
      "{}, {} characters: {:.4g} nats ({:.4g} bits) per character, perplexity {:.4g}, {:.1f} % "
      "right",
      score.part, grouped_digits(score.characters), loss, loss / std::log(2.0), std::exp(loss),
      100 * score.judged.accuracy.value_or(0))};
}

Table text_table(const TextScore& score) {
  const double loss = score.judged.loss;
  const std::array<std::pair<const char*, double>, 5> rows{
      {{"observations", static_cast<double>(score.characters)},
       {"loss", loss},
       {"bits", loss / std::log(2.0)},
       {"perplexity", std::exp(loss)},
       {"accuracy", score.judged.accuracy.value_or(0)}}};
  return {.columns = {"metric", "value"},
          .rows = std::ssize(rows),
          .cell = [rows](Index row, Index column) -> Cell {
            const auto& [name, value] = rows[static_cast<std::size_t>(row)];
            if (column == 0) return std::string(name);
            return value;
          }};
}

Json text_json(const TextScore& score) {
  return {{"on", score.part},
          {"observations", score.characters},
          {"loss", score.judged.loss},
          {"accuracy", score.judged.accuracy.value_or(0)},
          {"perplexity", std::exp(score.judged.loss)}};
}

SeriesScore score_series(const nn::Sequential<float>& network, const nn::SeriesEncoding& encoding,
                         const MatRef& series, Index known, Index season, std::string part,
                         const GlobalOptions& global) {
  const Index steps = encoding.options.horizon;
  return {.part = std::move(part),
          .forecasts = nn::compare_forecasts(network, encoding, series, known,
                                             {.steps = steps, .season = season},
                                             run_control(global, "judging")),
          .steps = steps};
}

Table forecast_table(const SeriesScore& score) {
  Table table{
      .title = fmt::format("forecasts of the {}, {} ahead", score.part,
                           score.steps == 1 ? "1 step" : fmt::format("1 to {} steps", score.steps)),
      .columns = {"column", "forecast", "mae", "rmse", "mase"},
      .rows = std::ssize(score.forecasts) * std::ssize(forecast_methods),
      .digits = 5};
  table.cell = [forecasts = score.forecasts](Index row, Index column) -> Cell {
    const auto& comparison = forecasts[static_cast<std::size_t>(row) / forecast_methods.size()];
    const std::size_t method = static_cast<std::size_t>(row) % forecast_methods.size();
    const nn::ForecastErrors& errors = errors_by(comparison, method);
    switch (column) {
      case 0: return comparison.column;
      case 1: return std::string(forecast_methods[method]);
      case 2: return errors.mae;
      case 3: return errors.rmse;
      default: return errors.mase;
    }
  };
  return table;
}

Json forecasts_json(const SeriesScore& score) {
  Json list = Json::array();
  for (const nn::ForecastComparison& comparison : score.forecasts) {
    const auto errors_json = [](const nn::ForecastErrors& errors) {
      return Json{{"mae", errors.mae}, {"rmse", errors.rmse}, {"mase", errors.mase}};
    };
    list.push_back({{"column", comparison.column},
                    {"network", errors_json(comparison.network)},
                    {"naive", errors_json(comparison.naive)},
                    {"seasonal_naive", errors_json(comparison.seasonal_naive)}});
  }
  return list;
}

Json series_json(const SeriesScore& score) {
  const nn::ForecastErrors& first = score.forecasts.front().network;
  return {{"on", score.part},
          {"mae", first.mae},
          {"rmse", first.rmse},
          {"mase", first.mase},
          {"steps", score.steps}};
}

}  // namespace mathtool::cli
