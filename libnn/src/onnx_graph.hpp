#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "mathtool/data/output_file.hpp"
#include "mathtool/nn/batch.hpp"
#include "protobuf_message.hpp"

namespace mathtool::nn {

enum class OnnxType : int { float32 = 1, int64 = 7 };  ///< as TensorProto.DataType numbers them

struct OnnxAttribute {
  std::string name = {};
  std::variant<std::int64_t, float, std::vector<std::int64_t>> value = {};
};

/// An operation between named values; an output that nobody wants has no name.
struct OnnxNode {
  std::string operation = {};
  std::vector<std::string> inputs = {}, outputs = {};
  std::vector<OnnxAttribute> attributes = {};
};

/// A value that goes in or comes out.
struct OnnxPort {
  std::string name = {};
  OnnxType type = OnnxType::float32;
  Shape shape = {};  ///< of one observation
};

/// What a model is about, for people, by keywords.
using OnnxTexts = std::vector<std::pair<std::string, std::string>>;

/// A graph of operations in the order of computation, with its constants.
class OnnxGraph {
 public:
  /// Returns: the name of its last output.
  std::string add(OnnxNode node);

  /// Constants. Returns: the name.
  std::string floats(std::string name, const Shape& shape, std::span<const float> values);
  std::string integers(std::string name, const std::vector<std::int64_t>& values);

  /// Makes `value` the output of the graph under a name of its own.
  void finish(const std::string& value, OnnxPort output);

  OnnxPort input = {};
  Index batch = 0;  ///< observations at a time; 0: any number

  const OnnxPort& output() const { return output_; }
  Index size() const { return std::ssize(nodes_); }

  /// Throws: DimensionError for more than 2 GB; what OutputFile throws.
  void write(const OnnxTexts& texts, data::OutputFile& file) const;

 private:
  void add_tensor(std::string name, OnnxType type, const std::vector<std::int64_t>& shape,
                  std::string_view bytes);

  std::vector<OnnxNode> nodes_ = {};
  ProtobufMessage tensors_ = {};  ///< fields of the graph
  OnnxPort output_ = {};
};

}  // namespace mathtool::nn
