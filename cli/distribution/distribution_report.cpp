#include "cli/distribution/distribution_report.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "cli/render/json.hpp"
#include "mathtool/stats/distribution_family.hpp"

namespace mathtool::cli {
namespace {

using stats::AnyDistribution;
using stats::Interval;

Json value_json(const VerbValue& value) {
  if (const auto* both = std::get_if<Interval>(&value)) return Json::array({both->low, both->high});
  return std::get<double>(value);
}

/// "mean = 0"
std::string parameter_text(const stats::Parameter& parameter) {
  return parameter.standard ? fmt::format("{}={}", parameter.name, *parameter.standard)
                            : std::string(parameter.name);
}

std::string signature(std::string_view name, std::span<const stats::Parameter> all) {
  std::vector<std::string> parameters;
  for (const stats::Parameter& parameter : all) parameters.push_back(parameter_text(parameter));
  return fmt::format("{}({})", name, fmt::join(parameters, ", "));
}

/// Points of a curve between two ends, or the values of a discrete distribution there; of very many
/// values some hundred.
std::vector<double> abscissas(const AnyDistribution& d, double low, double high) {
  constexpr int points = 400;
  std::vector<double> x;
  if (d.discrete()) {
    const stats::Lattice atoms = d.lattice();
    const double first = atoms.index(low), last = atoms.index(high);
    const double stride = std::max(1.0, std::floor((last - first) / points));
    for (int i = 0; i <= 2 * points && first + i * stride <= last; ++i)
      x.push_back(atoms.at(first + i * stride));
  } else {
    for (int i = 0; i <= points; ++i) x.push_back(low + (high - low) * i / points);
  }
  return x;
}

/// Where all but a thousandth is on either side, but of heavy tails no more than leaves the middle
/// to be seen.
Interval visible_range(const AnyDistribution& d) {
  constexpr double unseen = 1e-3, farthest = 10;
  const Interval most{stats::quantile(d, unseen), stats::quantile_survival(d, unseen)};
  const Interval middle = stats::interval(d, 0.5);
  const double reach = farthest * (middle.high - middle.low);
  if (!(reach > 0)) return most;
  return {std::max(most.low, middle.low - reach), std::min(most.high, middle.high + reach)};
}

Series series(const AnyDistribution& d, const std::vector<double>& x,
              double (*f)(const AnyDistribution&, double), Mark mark) {
  Series result{.mark = mark, .x = x};
  for (const double at : x) {
    const double y = f(d, at);
    result.y.push_back(std::isfinite(y) ? y : std::nan(""));
  }
  return result;
}

}  // namespace

void report_families(Report& report) {
  struct Row {
    std::string signature, aliases, summary;
  };
  std::vector<Row> rows;
  Json list = Json::array();
  const auto add = [&](const auto& family) {
    rows.push_back({signature(family.name, family.parameters),
                    fmt::format("{}", fmt::join(family.aliases, ", ")),
                    std::string(family.summary)});
    Json parameters = Json::array();
    for (const stats::Parameter& parameter : family.parameters)
      parameters.push_back({{"name", parameter.name}, {"meaning", parameter.meaning}});
    list.push_back({{"family", family.name},
                    {"aliases", family.aliases},
                    {"summary", family.summary},
                    {"parameters", std::move(parameters)}});
  };
  for (const stats::DistributionFamily& family : stats::distribution_families()) add(family);
  for (const stats::MultivariateFamily& family : stats::multivariate_families()) add(family);
  report.main = {.columns = {"family", "alias", "what it describes"},
                 .rows = std::ssize(rows),
                 .cell = [rows](Index row, Index column) -> Cell {
                   const Row& here = rows[static_cast<std::size_t>(row)];
                   return column == 0 ? here.signature : column == 1 ? here.aliases : here.summary;
                 }};
  report.screen = {report.main};
  report.result = [list] { return Json{{"families", list}}; };
}

void report_verb(const DistributionVerb& verb, const AnyDistribution& d, std::vector<VerbRow> rows,
                 int digits, Report& report) {
  const bool at_numbers = verb.operand != DistributionVerb::Operand::none;
  const bool interval = std::holds_alternative<Interval>(rows[0].value);
  Table table{.rows = std::ssize(rows), .digits = digits};
  if (at_numbers) table.columns.emplace_back("x");
  if (interval)
    table.columns.insert(table.columns.end(), {"low", "high"});
  else
    table.columns.emplace_back(verb.name);
  table.cell = [rows, at_numbers](Index row, Index column) -> Cell {
    const VerbRow& here = rows[static_cast<std::size_t>(row)];
    if (at_numbers && column-- == 0) return here.x;
    if (const auto* both = std::get_if<Interval>(&here.value))
      return column == 0 ? both->low : both->high;
    return std::get<double>(here.value);
  };
  report.main = table;
  for (const VerbRow& row : rows)
    if (const auto* value = std::get_if<double>(&row.value); value && std::isnan(*value))
      report.notes.push_back(
          at_numbers
              ? fmt::format("{} has no {} at {}", d.text(), verb.name, row.text)
              : fmt::format("the {} of {} {}", verb.name, d.text(),
                            verb.name == "entropy" ? "cannot be computed" : "does not exist"));
  if (rows.size() == 1 && !interval)
    report.screen = {Paragraph{fmt::format("{:.{}g}", std::get<double>(rows[0].value), digits)}};
  else
    report.screen = {std::move(table)};
  report.result = [rows = std::move(rows), at_numbers] {
    Json list = Json::array();
    for (const VerbRow& row : rows)
      list.push_back({{"x", at_numbers ? Json(row.x) : Json()}, {"value", value_json(row.value)}});
    return Json{{"values", std::move(list)}};
  };
}

void report_sample(std::vector<double> sample, Report& report) {
  const auto values = std::make_shared<const std::vector<double>>(std::move(sample));
  report.main = {.columns = {"sample"},
                 .rows = std::ssize(*values),
                 .cell = [values](Index row, Index) -> Cell {
                   return (*values)[static_cast<std::size_t>(row)];
                 },
                 .digits = 15};
  report.screen = {report.main};
  report.result = [values] { return Json{{"values", *values}}; };
}

void report_info(const AnyDistribution& d, Report& report) {
  std::vector<std::pair<std::string_view, VerbValue>> properties;
  for (const DistributionVerb& verb : distribution_verbs())
    if (verb.operand == DistributionVerb::Operand::none)
      properties.emplace_back(verb.name, verb.apply(d, 0));
  const auto interval = stats::interval(d, 0.95);
  properties.emplace_back("interval 0.95", interval);
  report.main = {.columns = {"property", "value", "to"},
                 .rows = std::ssize(properties),
                 .cell = [properties](Index row, Index column) -> Cell {
                   const auto& [name, value] = properties[static_cast<std::size_t>(row)];
                   if (column == 0) return std::string(name);
                   if (const auto* both = std::get_if<Interval>(&value))
                     return column == 1 ? both->low : both->high;
                   if (column == 2) return std::monostate();
                   return std::get<double>(value);
                 }};
  report.screen = {
      Paragraph{fmt::format("{}, {}", d.text(), d.discrete() ? "discrete" : "continuous")},
      report.main};
  report.result = [properties, text = d.text(), discrete = d.discrete()] {
    Json object{{"distribution", text}, {"discrete", discrete}};
    for (const auto& [name, value] : properties) object[std::string(name)] = value_json(value);
    return Json{{"properties", std::move(object)}};
  };
}

Figure distribution_figure(const AnyDistribution& d) {
  const auto [low, high] = visible_range(d);
  const std::vector<double> x = abscissas(d, low, high);
  const bool discrete = d.discrete();
  Panel density{
      .title = d.text(),
      .x_label = "x",
      .y_label = discrete ? "P(X = x)" : "density",
      .series = {series(d, x, stats::pdf<AnyDistribution>, discrete ? Mark::bars : Mark::line)},
      .integer_x = discrete,
      .from_zero = true};
  Panel probability{
      .x_label = "x",
      .y_label = "P(X <= x)",
      .series = {series(d, x, stats::cdf<AnyDistribution>, discrete ? Mark::points : Mark::line)},
      .integer_x = discrete,
      .from_zero = true};
  return {.panels = {std::move(density), std::move(probability)}};
}

}  // namespace mathtool::cli
