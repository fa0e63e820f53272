#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "mathtool/data/input.hpp"
#include "mathtool/nn/batch.hpp"

namespace mathtool::nn {

/// A file of the safetensors format: the length of a header as 8 bytes, the least first; the header
/// in JSON, which names every tensor with its type, shape and place, and texts under
/// `__metadata__`; then the bytes of the tensors, little endian, by rows, without gaps.
/// Ref: Hugging Face, safetensors, "Format" (github.com/huggingface/safetensors).

/// Texts by name, in the order of the header.
using TensorMetadata = std::vector<std::pair<std::string, std::string>>;

/// A tensor of a file that was read.
struct StoredTensor {
  std::string name = {};
  std::string type = {};  ///< "F32", "F64", "I64", ...
  Shape shape = {};
  std::int64_t begin = 0, end = 0;  ///< of its bytes among those of all tensors
};

enum class Values { any, finite };

struct StoredTensors {
  std::string source = {};  ///< the file, for messages
  std::string header = {};  ///< as it stands in the file
  TensorMetadata metadata = {};
  std::vector<StoredTensor> tensors = {};  ///< in the order of their bytes
  std::string bytes = {};

  const StoredTensor* find(std::string_view name) const;  ///< null where there is none
  const std::string* metadatum(std::string_view name) const;

  /// Copies the numbers of a tensor. Throws: DataError unless it is there, of type F32 and of this
  /// shape, and finite where that is asked for.
  void copy(const std::string& name, const Shape& shape, Values values, std::span<float> to) const;
};

/// Whether a file that begins so may be of this format; nine bytes tell.
bool is_safetensors(std::string_view start);

/// Throws: DataError that names the file and what is wrong: no such file, a header that is no JSON
///         or does not fit, a tensor of an unknown type or another size than its shape, gaps or
///         overlaps between tensors, too few or too many bytes.
/// Cost:   memory for what there is, never for what only a header claims.
StoredTensors read_safetensors(data::Input& input);

/// A tensor to be written; the numbers belong to someone else.
struct FloatTensor {
  std::string name = {};
  Shape shape = {};
  std::span<const float> numbers = {};

  std::string_view bytes() const {
    return {reinterpret_cast<const char*>(numbers.data()), numbers.size_bytes()};
  }
};

/// The header of a file with these tensors one behind the other, its length in front and blanks
/// behind, so that the first tensor stands at a multiple of 8 bytes.
/// Throws: DataError for text that is not UTF-8.
std::string safetensors_header(const TensorMetadata& metadata,
                               std::span<const FloatTensor> tensors);

}  // namespace mathtool::nn
