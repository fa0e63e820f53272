#include "model_record.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <set>

#include "mathtool/math/error.hpp"
#include "topology_fields.hpp"

namespace mathtool::nn {
namespace {

OrderedJson column_json(const TableColumn& column) {
  if (!column.levels.empty()) return {{"name", column.name}, {"levels", column.levels}};
  return {{"name", column.name}, {"center", column.center}, {"scale", column.scale}};
}

OrderedJson series_json(const SeriesEncoding& series) {
  OrderedJson json{{"window", series.options.window},
                   {"horizon", series.options.horizon},
                   {"logarithm", series.options.logarithm},
                   {"difference", series.options.difference},
                   {"columns", OrderedJson::array()}};
  for (const TableColumn& column : series.columns) json["columns"].push_back(column_json(column));
  return json;
}

TableColumn read_column(const JsonFields& fields) {
  TableColumn column{.name = fields.text("name")};
  if (fields.has("levels")) {
    column.levels = fields.texts("levels");
    if (column.levels.empty()) fields.fail("a column without levels");
  } else {
    column.center = fields.number("center");
    column.scale = fields.number("scale");
    if (column.scale < 0) fields.fail("field 'scale' is negative");
  }
  return column;
}

SeriesEncoding read_series(const JsonFields& fields) {
  constexpr std::int64_t most = std::int64_t{1} << 40;
  SeriesEncoding series{.options = {.window = fields.integer("window", 1),
                                    .horizon = fields.integer("horizon", 1),
                                    .logarithm = fields.flag("logarithm"),
                                    .difference = fields.integer("difference", 0)}};
  if (std::max({series.options.window, series.options.horizon, series.options.difference}) > most)
    fields.fail("a window, horizon or difference that no series has");
  fields.for_each("columns", [&](const JsonFields& column) {
    series.columns.push_back(read_column(column));
    if (!series.columns.back().levels.empty()) column.fail("a series of texts");
  });
  if (series.columns.empty()) fields.fail("a series without a column");
  return series;
}

void require_distinct(const std::vector<std::string>& names, const char* what,
                      const JsonFields& fields) {
  std::set<std::string_view> seen;
  for (const std::string& name : names)
    if (!seen.insert(name).second) fields.fail(fmt::format("{} '{}' is there twice", what, name));
}

/// Classes and columns are those of a network with these inputs and outputs.
void check_fit(const Model& model, const JsonFields& fields) {
  const Architecture& architecture = model.network.architecture();
  try {
    model.loss.targets(architecture.output());
  } catch (const Error& error) { fields.fail(error.what()); }
  const auto classes = std::ssize(model.classes);
  const Index outputs = math::element_count(architecture.output());
  bool fits = classes == 0;
  if (std::holds_alternative<CrossEntropy>(model.loss.kind()))
    fits = fits ||
           // of a text every step has its class
           (model.vocabulary.size() > 0 ? architecture.output().back() : outputs) == classes;
  else if (std::holds_alternative<BinaryCrossEntropy>(model.loss.kind()))
    fits = fits || (outputs == 1 && classes == 2);
  if (!fits)
    fields.fail(fmt::format("{} classes for outputs of shape {}", model.classes.size(),
                            math::to_string(architecture.output())));
  require_distinct(model.classes, "class", fields);
  std::vector<std::string> names;
  for (const TableColumn& column : model.columns) {
    names.push_back(column.name);
    require_distinct(column.levels, "level", fields);
  }
  require_distinct(names, "column", fields);
  const Index inputs = math::element_count(architecture.input());
  if (!model.columns.empty() && feature_count(model.columns) != inputs)
    fields.fail(fmt::format("columns that make {} features for a network of {} inputs",
                            feature_count(model.columns), inputs));
}

/// Characters and steps are those that the network reads and writes.
void check_sequences(const Model& model, const JsonFields& fields) {
  const Architecture& architecture = model.network.architecture();
  if (model.vocabulary.size() > 0 && architecture.output().back() != model.vocabulary.size())
    fields.fail(fmt::format("{} characters for outputs of shape {}", model.vocabulary.size(),
                            math::to_string(architecture.output())));
  if (!model.series) return;
  const SeriesEncoding& series = *model.series;
  const auto fits = [&](const Shape& shape, Index steps) {
    const Index elements = math::element_count(shape);
    return elements % series.width() == 0 && elements / series.width() == steps;
  };
  if (!fits(architecture.input(), series.options.window) ||
      !fits(architecture.output(), series.options.horizon))
    fields.fail(
        fmt::format("a series of {} columns, window {} and horizon {} for a network from "
                    "{} to {}",
                    series.width(), series.options.window, series.options.horizon,
                    math::to_string(architecture.input()), math::to_string(architecture.output())));
}

Vocabulary read_vocabulary(const JsonFields& fields) {
  try {
    return Vocabulary(fields.texts("vocabulary"));
  } catch (const Error& error) { fields.fail(error.what()); }
}

Loss read_loss_field(const JsonFields& fields) {
  try {
    return parse_loss(fields.text("loss"));
  } catch (const Error& error) { fields.fail(error.what()); }
}

}  // namespace

std::string model_json(const Model& model) {
  const Architecture& architecture = model.network.architecture();
  OrderedJson json = topology_fields({architecture.input(), architecture.layers()});
  json["loss"] = to_string(model.loss);
  json["classes"] = model.classes;
  json["target"] = model.target;
  json["target_center"] = model.target_center;
  json["target_scale"] = model.target_scale;
  json["feature_scale"] = model.feature_scale;
  json["columns"] = OrderedJson::array();
  for (const TableColumn& column : model.columns) json["columns"].push_back(column_json(column));
  if (model.vocabulary.size() > 0) json["vocabulary"] = model.vocabulary.characters();
  if (model.series) json["series"] = series_json(*model.series);
  json["training"] = OrderedJson::object();
  for (const auto& [name, words] : model.training) json["training"][name] = words;
  return dump_object(json);
}

Architecture read_architecture(const JsonFields& fields) {
  Topology topology = read_topology(fields);
  if (topology.input.empty()) fields.fail("there is no field 'input'");
  try {
    return {std::move(topology.input), std::move(topology.layers)};
  } catch (const Error& error) { fields.fail(error.what()); }
}

Model read_record(const JsonFields& fields, Sequential<float> network) {
  Model model{.network = std::move(network),
              .loss = read_loss_field(fields),
              .classes = fields.texts("classes"),
              .target = fields.text("target"),
              .target_center = fields.number("target_center"),
              .target_scale = fields.number("target_scale"),
              .feature_scale = fields.number("feature_scale")};
  if (!(model.target_scale > 0)) fields.fail("field 'target_scale' is not > 0");
  fields.for_each("columns",
                  [&](const JsonFields& column) { model.columns.push_back(read_column(column)); });
  const Json& training = fields.at("training");
  const JsonFields words(training, fields.source() + ": training");
  for (const auto& [name, text] : training.items()) model.training[name] = words.text(name);
  if (fields.has("vocabulary")) model.vocabulary = read_vocabulary(fields);
  if (fields.has("series"))
    model.series = read_series(JsonFields(fields.at("series"), fields.source() + ": series"));
  check_fit(model, fields);
  check_sequences(model, fields);
  return model;
}

}  // namespace mathtool::nn
