#include "mathtool/nn/onnx.hpp"

#include "mathtool/math/error.hpp"
#include "model_json.hpp"
#include "onnx_graph.hpp"
#include "onnx_layers.hpp"

namespace mathtool::nn {
namespace {

/// Standardises columns as (x − high − low) · factor: high is the centre as a float, from which x
/// is subtracted without a rounding where it is near, low what that float lacks.
struct ColumnScaling {
  std::vector<float> high = {}, low = {}, factor = {};

  explicit ColumnScaling(const std::vector<TableColumn>& columns) {
    for (const TableColumn& column : columns) {
      if (column.levels.empty())
        push(column.center, column.scale > 0 ? 1 / column.scale : 0);
      else
        for (std::size_t i = 0; i < column.levels.size(); ++i) push(0, 1);
    }
  }

  void push(double center, double slope) {
    high.push_back(static_cast<float>(center));
    low.push_back(static_cast<float>(center - static_cast<double>(high.back())));
    factor.push_back(static_cast<float>(slope));
  }
};

/// One operation with a constant on its right.
std::string with_constant(OnnxGraph& graph, const std::string& x, const char* operation,
                          const std::string& name, const Shape& shape,
                          std::span<const float> values) {
  return graph.add({operation, {x, graph.floats(name + "_by", shape, values)}, {name}, {}});
}

std::string with_number(OnnxGraph& graph, const std::string& x, const char* operation,
                        const std::string& name, double value) {
  const auto number = static_cast<float>(value);
  return with_constant(graph, x, operation, name, {}, {&number, 1});
}

/// From data as they come to what the first layer takes.
std::string prepare(OnnxGraph& graph, const Model& model) {
  std::string x = graph.input.name;
  if (model.feature_scale != 1)
    x = with_number(graph, x, "Mul", "input.scaled", model.feature_scale);
  if (model.columns.empty()) return x;
  const ColumnScaling scaling(model.columns);
  const Shape features = {std::ssize(scaling.high)};
  x = with_constant(graph, x, "Sub", "input.less_high", features, scaling.high);
  x = with_constant(graph, x, "Sub", "input.centred", features, scaling.low);
  return with_constant(graph, x, "Mul", "input.standardised", features, scaling.factor);
}

/// All layers in order. A layer that works in place leaves another value in the same slot.
std::string add_layers(OnnxGraph& graph, const Sequential<float>& network, std::string x) {
  const Architecture& architecture = network.architecture();
  std::vector<std::string> values(architecture.slots().size());
  const auto value = [&](Index slot) -> std::string& {
    return values[static_cast<std::size_t>(slot)];
  };
  value(0) = std::move(x);
  for (const Node& node : architecture.nodes()) {
    if (node.added)
      value(node.to) =
          graph.add({"Add", {value(*node.added), value(node.from)}, {node.path + ".sum"}, {}});
    else
      value(node.to) = add_onnx_layer(graph, network, node, value(node.from));
  }
  return value(architecture.nodes().back().to);
}

/// From what the last layer gives to what is predicted.
void conclude(OnnxGraph& graph, const Model& model, bool logits, std::string y) {
  const Shape& shape = model.network.architecture().output();
  const bool entropy = std::holds_alternative<CrossEntropy>(model.loss.kind());
  const bool binary = std::holds_alternative<BinaryCrossEntropy>(model.loss.kind());
  if (entropy || binary) {
    if (logits) return graph.finish(y, {.name = "logits", .shape = shape});
    OnnxNode node{binary ? "Sigmoid" : "Softmax", {y}, {"output.probabilities"}, {}};
    if (entropy) node.attributes = {{"axis", std::ssize(shape)}};
    return graph.finish(graph.add(std::move(node)), {.name = "probabilities", .shape = shape});
  }
  if (model.target_scale != 1)
    y = with_number(graph, y, "Mul", "output.scaled", model.target_scale);
  if (model.target_center != 0)
    y = with_number(graph, y, "Add", "output.in_units", model.target_center);
  graph.finish(y, {.name = "prediction", .shape = shape});
}

std::string series_text(const SeriesEncoding& series) {
  OrderedJson columns = OrderedJson::array();
  for (const TableColumn& column : series.columns)
    columns.push_back({{"name", column.name}, {"center", column.center}, {"scale", column.scale}});
  return dump_object({{"columns", columns},
                      {"window", series.options.window},
                      {"horizon", series.options.horizon},
                      {"logarithm", series.options.logarithm},
                      {"difference", series.options.difference}});
}

OnnxTexts texts_of(const Model& model) {
  OnnxTexts texts = {{"layers", to_string(model.network.architecture().layers())},
                     {"loss", to_string(model.loss)}};
  if (!model.target.empty()) texts.emplace_back("target", model.target);
  if (!model.classes.empty()) texts.emplace_back("classes", dump_object(model.classes));
  if (!model.columns.empty())
    texts.emplace_back("features", dump_object(feature_names(model.columns)));
  if (model.vocabulary.size() > 0)
    texts.emplace_back("vocabulary", dump_object(model.vocabulary.characters()));
  if (model.series) texts.emplace_back("series", series_text(*model.series));
  return texts;
}

}  // namespace

OnnxSummary write_onnx(const Model& model, data::OutputFile& file, const OnnxOptions& options) {
  require(options.batch >= 0, "onnx: batch must be >= 0, got {}", options.batch);
  OnnxGraph graph;
  graph.input = {.name = "input", .shape = model.network.architecture().input()};
  graph.batch = options.batch;
  conclude(graph, model, options.logits, add_layers(graph, model.network, prepare(graph, model)));
  graph.write(texts_of(model), file);
  return {.input = graph.input.name,
          .input_type = graph.input.type == OnnxType::int64 ? "int64" : "float",
          .output = graph.output().name,
          .operations = graph.size()};
}

}  // namespace mathtool::nn
