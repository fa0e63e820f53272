#pragma once

#include <cstdint>
#include <cstring>
#include <map>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace mathtool::test {

// An ONNX file, read by the descriptions of protocol buffers (protobuf.dev, "Encoding") and of
// onnx.proto3 (github.com/onnx/onnx) alone, independently of what writes it.

/// A message of protocol buffers: its fields in order.
struct ProtobufFields {
  struct Field {
    int number = 0, wire = 0;
    std::uint64_t value = 0;      ///< of wire types 0 and 5
    std::string_view bytes = {};  ///< of wire type 2
  };
  std::vector<Field> fields = {};

  explicit ProtobufFields(std::string_view bytes) {
    std::size_t at = 0;
    const auto varint = [&] {
      std::uint64_t value = 0;
      for (int shift = 0;; shift += 7) {
        const auto byte = static_cast<unsigned char>(bytes.at(at++));
        value |= std::uint64_t{byte & 0x7fU} << shift;
        if (byte < 0x80) return value;
      }
    };
    while (at < bytes.size()) {
      const std::uint64_t key = varint();
      Field field{.number = static_cast<int>(key >> 3), .wire = static_cast<int>(key & 7)};
      if (field.wire == 0) {
        field.value = varint();
      } else if (field.wire == 2) {
        const std::uint64_t size = varint();
        if (size > bytes.size() - at) throw std::runtime_error("a field beyond the end");
        field.bytes = bytes.substr(at, size);
        at += size;
      } else if (field.wire == 5) {
        for (int i = 0; i < 4; ++i)
          field.value |= std::uint64_t{static_cast<unsigned char>(bytes.at(at++))} << 8 * i;
      } else {
        throw std::runtime_error("an unknown wire type");
      }
      fields.push_back(field);
    }
  }

  std::vector<Field> all(int number) const {
    std::vector<Field> found;
    for (const Field& field : fields)
      if (field.number == number) found.push_back(field);
    return found;
  }
  std::vector<std::string> texts(int number) const {
    std::vector<std::string> found;
    for (const Field& field : all(number)) found.emplace_back(field.bytes);
    return found;
  }
  std::vector<std::int64_t> integers(int number) const {
    std::vector<std::int64_t> found;
    for (const Field& field : all(number)) found.push_back(static_cast<std::int64_t>(field.value));
    return found;
  }
  Field only(int number) const {
    const std::vector<Field> found = all(number);
    if (found.size() != 1) throw std::runtime_error("a field that is not there once");
    return found[0];
  }
  std::string text(int number) const { return std::string(only(number).bytes); }
  std::int64_t integer(int number) const { return static_cast<std::int64_t>(only(number).value); }
  ProtobufFields message(int number) const { return ProtobufFields(only(number).bytes); }
};

struct OnnxFile {
  struct Attribute {
    std::int64_t type = 0, integer = 0;
    float number = 0;
    std::vector<std::int64_t> integers = {};
  };
  struct Operation {
    std::string type = {};
    std::vector<std::string> inputs = {}, outputs = {};
    std::map<std::string, Attribute> attributes = {};
  };
  struct Tensor {
    std::int64_t type = 0;  ///< 1 float, 7 int64
    std::vector<std::int64_t> shape = {};
    std::vector<float> floats = {};
    std::vector<std::int64_t> integers = {};
  };
  struct Port {
    std::string name = {}, batch = {};  ///< name of the first axis; empty: it has a length
    std::int64_t type = 0;
    std::vector<std::int64_t> shape = {};  ///< 0 for an axis with a name
  };

  std::int64_t ir_version = 0, operator_set = 0;
  std::string producer = {};
  std::map<std::string, std::string> metadata = {};
  std::vector<Operation> operations = {};
  std::map<std::string, Tensor> tensors = {};
  Port input = {}, output = {};

  explicit OnnxFile(const std::string& bytes) {
    const ProtobufFields model{bytes};
    ir_version = model.integer(1);
    producer = model.text(2);
    const ProtobufFields set = model.message(8);
    operator_set = set.integer(2);
    for (const auto& entry : model.all(14)) {
      const ProtobufFields pair(entry.bytes);
      metadata[pair.text(1)] = pair.text(2);
    }
    const ProtobufFields graph = model.message(7);
    for (const auto& node : graph.all(1)) operations.push_back(operation(node.bytes));
    for (const auto& each : graph.all(5)) {
      const ProtobufFields tensor(each.bytes);
      tensors[tensor.text(8)] = tensor_of(tensor);
    }
    input = port(graph.message(11));
    output = port(graph.message(12));
  }

  std::vector<std::string> types() const {
    std::vector<std::string> found;
    for (const Operation& each : operations) found.push_back(each.type);
    return found;
  }

 private:
  static Operation operation(std::string_view bytes) {
    const ProtobufFields node(bytes);
    Operation found{.type = node.text(4), .inputs = node.texts(1), .outputs = node.texts(2)};
    for (const auto& each : node.all(5)) {
      const ProtobufFields fields(each.bytes);
      Attribute& attribute = found.attributes[fields.text(1)];
      attribute.type = fields.integer(20);
      if (attribute.type == 1) {
        const auto bits = static_cast<std::uint32_t>(fields.only(2).value);
        std::memcpy(&attribute.number, &bits, sizeof bits);
      } else if (attribute.type == 2) {
        attribute.integer = fields.integer(3);
      } else {
        attribute.integers = fields.integers(8);
      }
    }
    return found;
  }

  static Tensor tensor_of(const ProtobufFields& fields) {
    Tensor tensor{.type = fields.integer(2), .shape = fields.integers(1)};
    const std::string_view raw = fields.only(9).bytes;
    if (tensor.type == 1) {
      tensor.floats.resize(raw.size() / sizeof(float));
      std::memcpy(tensor.floats.data(), raw.data(), raw.size());
    } else {
      tensor.integers.resize(raw.size() / sizeof(std::int64_t));
      std::memcpy(tensor.integers.data(), raw.data(), raw.size());
    }
    return tensor;
  }

  static Port port(const ProtobufFields& fields) {
    const ProtobufFields tensor = fields.message(2).message(1);
    Port found{.name = fields.text(1), .type = tensor.integer(1)};
    for (const auto& axis : tensor.message(2).all(1)) {
      const ProtobufFields length(axis.bytes);
      if (length.all(2).empty())
        found.shape.push_back(length.integer(1));
      else
        found.batch = length.text(2), found.shape.push_back(0);
    }
    return found;
  }
};

}  // namespace mathtool::test
