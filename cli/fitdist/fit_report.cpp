#include "cli/fitdist/fit_report.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "cli/render/json.hpp"

namespace mathtool::cli {
namespace {

using stats::DistributionFit;
using stats::FittedParameter;

constexpr std::size_t most_detailed = 3;
constexpr std::size_t most_quantiles = 1000;

/// "shape = 2.5, scale = 3"
std::string parameters_text(const DistributionFit& fit) {
  std::vector<std::string> texts;
  for (const FittedParameter& parameter : fit.parameters)
    texts.push_back(fmt::format("{} = {}", parameter.name, parameter.estimate));
  return fmt::format("{}", fmt::join(texts, ", "));
}

Table ranking(const FitTable& table) {
  return {.columns = {"family", "log_likelihood", "aic", "bic", "ks", "p_value", "parameters"},
          .rows = std::ssize(table.fits),
          .cell = [&table](Index row, Index column) -> Cell {
            const DistributionFit& fit = table.fits[static_cast<std::size_t>(row)];
            switch (column) {
              case 0: return fit.family;
              case 1: return fit.log_likelihood;
              case 2: return fit.aic;
              case 3: return fit.bic;
              case 4: return fit.ks;
              case 5: return fit.p_value;
              default: return parameters_text(fit);
            }
          }};
}

/// The parameters of the best fits, for people.
Table estimates(const FitTable& table) {
  struct Row {
    const DistributionFit* fit;
    const FittedParameter* parameter;
  };
  std::vector<Row> rows;
  for (std::size_t i = 0; i < std::min(most_detailed, table.fits.size()); ++i)
    for (const FittedParameter& parameter : table.fits[i].parameters)
      rows.push_back({&table.fits[i], &parameter});
  return {.columns = {"family", "parameter", "estimate", "std_error"},
          .rows = std::ssize(rows),
          .cell = [rows](Index row, Index column) -> Cell {
            const auto& [fit, parameter] = rows[static_cast<std::size_t>(row)];
            switch (column) {
              case 0: return parameter == fit->parameters.data() ? fit->family : std::string();
              case 1: return parameter->name;
              case 2: return parameter->estimate;
              default: break;
            }
            if (parameter->fixed) return "fixed";
            return parameter->std_error;
          }};
}

Json fit_json(const DistributionFit& fit) {
  Json parameters = Json::array();
  for (const FittedParameter& parameter : fit.parameters) {
    parameters.push_back({{"name", parameter.name},
                          {"estimate", parameter.estimate},
                          {"std_error", parameter.std_error}});
    if (parameter.fixed) parameters.back()["fixed"] = true;
  }
  Json json{{"family", fit.family},
            {"parameters", std::move(parameters)},
            {"log_likelihood", fit.log_likelihood},
            {"aic", fit.aic},
            {"bic", fit.bic},
            {"ks", fit.ks},
            {"p_value", fit.p_value}};
  if (fit.status != Status::converged) {
    json["status"] = to_string(fit.status);
    json["reason"] = fit.reason;
  }
  return json;
}

/// Quantiles of the sample against those of the fit: the i-th of n values stands at (i − ½)/n.
Figure quantile_figure(const std::string& column, const FitTable& table) {
  const DistributionFit& best = table.fits.front();
  Series points{.mark = Mark::points};
  Series diagonal{.mark = Mark::line};
  double below = 0, next = 0;
  const double stride = table.sample.total / static_cast<double>(most_quantiles);
  for (std::size_t i = 0; i < table.sample.size(); ++i) {
    const double frequency = table.sample.frequencies[i], middle = below + frequency / 2;
    below += frequency;
    if (below < next && i > 0 && i + 1 < table.sample.size()) continue;
    next = below + stride;
    points.x.push_back(stats::quantile(*best.distribution, middle / table.sample.total));
    points.y.push_back(table.sample.values[i]);
  }
  const auto [x_low, x_high] = std::ranges::minmax(points.x);
  const auto [y_low, y_high] = std::ranges::minmax(points.y);
  diagonal.x = {std::max(x_low, y_low), std::min(x_high, y_high)};
  diagonal.y = diagonal.x;
  std::vector<std::string> parameters;
  for (const FittedParameter& parameter : best.parameters)
    parameters.push_back(fmt::format("{:.6g}", parameter.estimate));
  return {.panels = {{.title = fmt::format("{}({})", best.family, fmt::join(parameters, ", ")),
                      .x_label = fmt::format("quantiles of {}", best.family),
                      .y_label = column,
                      .series = {std::move(points), std::move(diagonal)}}}};
}

void judge_fits(const FitTable& table, Report& report) {
  report.notes.insert(report.notes.end(), table.notes.begin(), table.notes.end());
  const auto failed = std::ranges::find_if(
      table.fits, [](const DistributionFit& fit) { return fit.status != Status::converged; });
  if (failed == table.fits.end() && !table.fits.empty()) return;
  report.status = table.fits.empty() ? Status::divergent : failed->status;
  report.reason = table.fits.empty() ? "no family could be fitted" : failed->reason;
  report.notes.push_back(report.reason);
}

}  // namespace

void report_fits(const std::string& column, const FitTable& table, Report& report) {
  judge_fits(table, report);
  report.main = ranking(table);
  Table shown = report.main;
  shown.columns.pop_back();
  if (table.fits.empty())
    report.screen.push_back(Paragraph{report.reason});
  else
    report.screen.insert(report.screen.end(), {std::move(shown), estimates(table)});
  report.result = [&table, column] {
    Json fits = Json::array();
    for (const DistributionFit& fit : table.fits) fits.push_back(fit_json(fit));
    return Json{{"variable", column},
                {"observations", whole_or_real(table.sample.total)},
                {"fits", std::move(fits)}};
  };
  if (!table.fits.empty() && table.fits.front().distribution)
    report.figure = [&table, column] { return quantile_figure(column, table); };
}

}  // namespace mathtool::cli
