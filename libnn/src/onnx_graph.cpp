#include "onnx_graph.hpp"

#include <algorithm>
#include <array>
#include <bit>

#include "mathtool/math/error.hpp"
#include "mathtool/math/version.hpp"

namespace mathtool::nn {
namespace {

static_assert(std::endian::native == std::endian::little, "ONNX tensors are little-endian");

// What readers of 2021 and later take: operator set 13 has the present meaning of Softmax.
constexpr std::int64_t ir_version = 7, operator_set = 13;
constexpr std::size_t most_bytes = 0x7fff'ffff;  // of protocol buffers
constexpr const char* too_large = "the network is more than the 2 GB that an ONNX file can hold";

// Numbers of fields in onnx.proto.
namespace model_field {
constexpr int ir_version = 1, producer = 2, producer_version = 3, graph = 7, operator_set = 8,
              metadata = 14;
}
namespace operator_set_field {
constexpr int version = 2;
}
namespace entry_field {
constexpr int key = 1, value = 2;
}
namespace graph_field {
constexpr int node = 1, name = 2, initializer = 5, input = 11, output = 12;
}
namespace node_field {
constexpr int input = 1, output = 2, name = 3, operation = 4, attribute = 5;
}
namespace attribute_field {
constexpr int name = 1, number = 2, integer = 3, integers = 8, type = 20;
constexpr std::int64_t type_number = 1, type_integer = 2, type_integers = 7;
}  // namespace attribute_field
namespace tensor_field {
constexpr int length = 1, type = 2, name = 8, bytes = 9;
}
namespace value_field {
constexpr int name = 1, type = 2;              // of a ValueInfoProto
constexpr int tensor = 1;                      // of a TypeProto
constexpr int element = 1, shape = 2;          // of its Tensor
constexpr int axis = 1;                        // of a TensorShapeProto
constexpr int length = 1, name_of_length = 2;  // of its Dimension
}  // namespace value_field

ProtobufMessage encoded(const OnnxAttribute& attribute) {
  ProtobufMessage m;
  m.bytes(attribute_field::name, attribute.name);
  std::int64_t type = attribute_field::type_integers;
  if (const auto* integer = std::get_if<std::int64_t>(&attribute.value)) {
    m.integer(attribute_field::integer, *integer);
    type = attribute_field::type_integer;
  } else if (const auto* number = std::get_if<float>(&attribute.value)) {
    m.number(attribute_field::number, *number);
    type = attribute_field::type_number;
  } else {
    for (const std::int64_t each : std::get<std::vector<std::int64_t>>(attribute.value))
      m.integer(attribute_field::integers, each);
  }
  m.integer(attribute_field::type, type);
  return m;
}

ProtobufMessage encoded(const OnnxNode& node) {
  ProtobufMessage m;
  for (const std::string& name : node.inputs) m.bytes(node_field::input, name);
  for (const std::string& name : node.outputs) m.bytes(node_field::output, name);
  m.bytes(node_field::name, node.outputs.back());
  m.bytes(node_field::operation, node.operation);
  for (const OnnxAttribute& attribute : node.attributes)
    m.message(node_field::attribute, encoded(attribute));
  return m;
}

ProtobufMessage encoded(const OnnxPort& port, Index batch) {
  ProtobufMessage first, shape, tensor, type, m;
  if (batch > 0)
    first.integer(value_field::length, batch);
  else
    first.bytes(value_field::name_of_length, "batch");
  shape.message(value_field::axis, first);
  for (const Index length : port.shape) {
    ProtobufMessage axis;
    axis.integer(value_field::length, length);
    shape.message(value_field::axis, axis);
  }
  tensor.integer(value_field::element, static_cast<int>(port.type));
  tensor.message(value_field::shape, shape);
  type.message(value_field::tensor, tensor);
  m.bytes(value_field::name, port.name);
  m.message(value_field::type, type);
  return m;
}

}  // namespace

std::string OnnxGraph::add(OnnxNode node) {
  nodes_.push_back(std::move(node));
  return nodes_.back().outputs.back();
}

void OnnxGraph::add_tensor(std::string name, OnnxType type, const std::vector<std::int64_t>& shape,
                           std::string_view bytes) {
  require<DimensionError>(bytes.size() + tensors_.content().size() <= most_bytes, too_large);
  ProtobufMessage tensor;
  for (const std::int64_t length : shape) tensor.integer(tensor_field::length, length);
  tensor.integer(tensor_field::type, static_cast<int>(type));
  tensor.bytes(tensor_field::name, name);
  tensor.bytes(tensor_field::bytes, bytes);
  tensors_.message(graph_field::initializer, tensor);
}

std::string OnnxGraph::floats(std::string name, const Shape& shape, std::span<const float> values) {
  add_tensor(name, OnnxType::float32, {shape.begin(), shape.end()},
             {reinterpret_cast<const char*>(values.data()), values.size_bytes()});
  return name;
}

std::string OnnxGraph::integers(std::string name, const std::vector<std::int64_t>& values) {
  add_tensor(name, OnnxType::int64, {std::ssize(values)},
             {reinterpret_cast<const char*>(values.data()), values.size() * sizeof(std::int64_t)});
  return name;
}

void OnnxGraph::finish(const std::string& value, OnnxPort output) {
  output_ = std::move(output);
  if (value == input.name) {
    add({"Identity", {value}, {output_.name}});
    return;
  }
  for (OnnxNode& node : nodes_) {
    std::ranges::replace(node.inputs, value, output_.name);
    std::ranges::replace(node.outputs, value, output_.name);
  }
}

void OnnxGraph::write(const OnnxTexts& texts, data::OutputFile& file) const {
  ProtobufMessage nodes, ports, head, tail;
  for (const OnnxNode& node : nodes_) nodes.message(graph_field::node, encoded(node));
  nodes.bytes(graph_field::name, "network");
  ports.message(graph_field::input, encoded(input, batch));
  ports.message(graph_field::output, encoded(output_, batch));
  head.integer(model_field::ir_version, ir_version);
  head.bytes(model_field::producer, "mathtool");
  head.bytes(model_field::producer_version, version());
  // The tensors are large: they go from where they stand into the file.
  head.begin_message(model_field::graph,
                     nodes.content().size() + tensors_.content().size() + ports.content().size());
  ProtobufMessage operators;
  operators.integer(operator_set_field::version, operator_set);
  tail.message(model_field::operator_set, operators);
  for (const auto& [key, value] : texts) {
    ProtobufMessage entry;
    entry.bytes(entry_field::key, key);
    entry.bytes(entry_field::value, value);
    tail.message(model_field::metadata, entry);
  }
  const std::array<const ProtobufMessage*, 5> parts = {&head, &nodes, &tensors_, &ports, &tail};
  std::size_t size = 0;
  for (const ProtobufMessage* part : parts) size += part->content().size();
  require<DimensionError>(size <= most_bytes, too_large);
  for (const ProtobufMessage* part : parts) file.write(part->content());
}

}  // namespace mathtool::nn
