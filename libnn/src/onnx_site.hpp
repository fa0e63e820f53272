#pragma once

#include <span>
#include <string>
#include <vector>

#include "mathtool/nn/sequential.hpp"
#include "onnx_graph.hpp"

namespace mathtool::nn {

/// Where the operations of one layer are added: behind the value x.
class OnnxSite {
 public:
  OnnxSite(OnnxGraph& graph, const Sequential<float>& network, const Node& place, std::string value)
      : node(place), x(std::move(value)), graph_(graph), network_(network) {}

  const Node& node;
  std::string x;

  /// Adds one operation; its output is named after the layer's place.
  std::string operation(const std::string& type, const std::vector<std::string>& inputs,
                        const std::string& output,
                        const std::vector<OnnxAttribute>& attributes = {}) {
    return graph_.add({type, inputs, {name(output)}, attributes});
  }

  std::string floats(const std::string& array, const Shape& shape, std::span<const float> values) {
    return graph_.floats(name(array), shape, values);
  }
  std::string integers(const std::string& array, const std::vector<std::int64_t>& values) {
    return graph_.integers(name(array), values);
  }
  std::string number(const std::string& array, float value) {
    return graph_.floats(name(array), {}, {&value, 1});
  }

  /// An array of the layer's plan as it is.
  std::string parameter(std::size_t array) {
    const ParameterArray& planned = node.plan.parameters[array];
    return floats(planned.name, planned.shape, parameter_values(array));
  }
  std::string buffer(std::size_t array) {
    const BufferArray& planned = node.plan.buffers[array];
    Index begin = node.buffers;
    for (std::size_t i = 0; i < array; ++i)
      begin += math::element_count(node.plan.buffers[i].shape);
    return floats(planned.name, planned.shape, part(network_.buffers(), begin, planned.shape));
  }
  std::span<const float> parameter_values(std::size_t array) const {
    Index begin = node.parameters;
    for (std::size_t i = 0; i < array; ++i)
      begin += math::element_count(node.plan.parameters[i].shape);
    return part(network_.parameters(), begin, node.plan.parameters[array].shape);
  }

  /// The value with observations of another shape.
  std::string reshape(const std::string& value, const Shape& shape, const std::string& output) {
    std::vector<std::int64_t> lengths = {-1};
    lengths.insert(lengths.end(), shape.begin(), shape.end());
    return operation("Reshape", {value, integers(output + "_shape", lengths)}, output);
  }

  OnnxGraph& graph() { return graph_; }

 private:
  std::string name(const std::string& what) const { return node.path + "." + what; }

  static std::span<const float> part(const Parameters<float>& numbers, Index begin,
                                     const Shape& shape) {
    return {numbers.data() + begin, static_cast<std::size_t>(math::element_count(shape))};
  }

  OnnxGraph& graph_;
  const Sequential<float>& network_;
};

/// Recurrent layers, whose weights ONNX has in another order.
std::string add_recurrence(OnnxSite& site, const Rnn& layer);
std::string add_recurrence(OnnxSite& site, const Lstm& layer);
std::string add_recurrence(OnnxSite& site, const Gru& layer);

}  // namespace mathtool::nn
