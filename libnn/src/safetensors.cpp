#include "safetensors.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstring>

#include "mathtool/math/error.hpp"
#include "model_json.hpp"

namespace mathtool::nn {
namespace {

static_assert(std::endian::native == std::endian::little, "tensors are read as they stand");

constexpr std::size_t length_size = 8;
constexpr std::uint64_t longest_header = 100'000'000;  // as the format has it
constexpr std::int64_t alignment = 8;
constexpr const char* metadata_key = "__metadata__";

/// Bytes of one number; 0 of a type that there is not.
std::int64_t size_of_type(std::string_view type) {
  constexpr std::pair<std::string_view, std::int64_t> types[] = {
      {"F64", 8},  {"I64", 8}, {"U64", 8}, {"F32", 4}, {"I32", 4}, {"U32", 4}, {"F16", 2},
      {"BF16", 2}, {"I16", 2}, {"U16", 2}, {"I8", 1},  {"U8", 1},  {"BOOL", 1}};
  for (const auto& [name, size] : types)
    if (name == type) return size;
  return 0;
}

/// Up to `count` bytes; memory grows as they come.
std::string read_bytes(data::Input& input, std::uint64_t count) {
  constexpr std::uint64_t piece = std::uint64_t{1} << 20;
  std::string bytes;
  while (bytes.size() < count) {
    const std::size_t before = bytes.size();
    // Twice as much each time, but at once where the file is known to have it.
    const auto known = input.size() && static_cast<std::uint64_t>(*input.size()) >= count;
    bytes.resize(known ? count : std::min(count, std::max(piece, std::uint64_t{2} * before)));
    const std::size_t more = input.read(std::span(bytes).subspan(before));
    if (before + more == bytes.size()) continue;
    bytes.resize(before + more);
    break;
  }
  return bytes;
}

std::string read_header(data::Input& input) {
  const std::string& name = input.name();
  const std::string start = read_bytes(input, length_size);
  require<DataError>(start.size() == length_size, "{}: {} bytes are no model", name, start.size());
  std::uint64_t length = 0;
  std::memcpy(&length, start.data(), length_size);
  const bool fits =
      length <= longest_header &&
      (!input.size() || length + length_size <= static_cast<std::uint64_t>(*input.size()));
  require<DataError>(fits || start[0] != '{',
                     "{}: is no network, but JSON as models of other kinds are; 'mathtool apply' "
                     "takes those",
                     name);
  require<DataError>(fits,
                     "{}: is no model, or cut short: its first bytes announce a header of {} "
                     "bytes",
                     name, length);
  std::string header = read_bytes(input, length);
  require<DataError>(header.size() == length && header.starts_with('{'),
                     "{}: is no model, or cut short: no header of {} bytes", name, length);
  return header;
}

StoredTensor read_entry(const std::string& name, const Json& json, const std::string& source) {
  const JsonFields fields(json, fmt::format("{}: tensor '{}'", source, name));
  StoredTensor tensor{.name = name, .type = fields.text("dtype"), .shape = fields.shape("shape")};
  const Shape place = fields.shape("data_offsets");
  if (place.size() != 2 || place[0] > place[1]) fields.fail("field 'data_offsets' is no range");
  tensor.begin = place[0];
  tensor.end = place[1];
  std::int64_t size = size_of_type(tensor.type);
  if (size == 0) fields.fail(fmt::format("there is no type '{}'", tensor.type));
  for (const Index length : tensor.shape)
    if (__builtin_mul_overflow(size, length, &size)) fields.fail("a shape that no tensor can have");
  if (size != tensor.end - tensor.begin)
    fields.fail(fmt::format("{} of shape {} takes {} bytes, not {}", tensor.type,
                            math::to_string(tensor.shape), size, tensor.end - tensor.begin));
  return tensor;
}

/// Tensors stand one behind the other from byte 0 on.
void check_places(const std::vector<StoredTensor>& tensors, const std::string& source) {
  std::int64_t end = 0;
  for (const StoredTensor& tensor : tensors) {
    require<DataError>(
        tensor.begin == end, "{}: tensor '{}' begins at byte {} {} byte {}", source, tensor.name,
        tensor.begin,
        tensor.begin < end ? "within another that ends at" : "behind a gap that begins at", end);
    end = tensor.end;
  }
}

}  // namespace

const StoredTensor* StoredTensors::find(std::string_view name) const {
  const auto found = std::find_if(tensors.begin(), tensors.end(),
                                  [&](const StoredTensor& tensor) { return tensor.name == name; });
  return found == tensors.end() ? nullptr : &*found;
}

const std::string* StoredTensors::metadatum(std::string_view name) const {
  const auto found = std::find_if(metadata.begin(), metadata.end(),
                                  [&](const auto& text) { return text.first == name; });
  return found == metadata.end() ? nullptr : &found->second;
}

void StoredTensors::copy(const std::string& name, const Shape& shape, Values values,
                         std::span<float> to) const {
  const StoredTensor* tensor = find(name);
  require<DataError>(tensor != nullptr, "{}: there is no tensor '{}', which its layers need",
                     source, name);
  require<DataError>(tensor->type == "F32" && tensor->shape == shape,
                     "{}: tensor '{}' is {} of shape {}, where the layers need F32 of shape {}",
                     source, name, tensor->type, math::to_string(tensor->shape),
                     math::to_string(shape));
  if (to.empty()) return;
  std::memcpy(to.data(), bytes.data() + tensor->begin, to.size_bytes());
  if (values == Values::any) return;
  for (std::size_t i = 0; i < to.size(); ++i)
    require<DataError>(std::isfinite(to[i]), "{}: tensor '{}': number {} of {} is {}", source, name,
                       i + 1, to.size(), to[i]);
}

bool is_safetensors(std::string_view start) {
  std::uint64_t length = 0;
  if (start.size() <= length_size || start[length_size] != '{') return false;
  std::memcpy(&length, start.data(), length_size);
  return length <= longest_header;
}

StoredTensors read_safetensors(data::Input& input) {
  const std::string name = input.name();
  StoredTensors file{.source = name, .header = read_header(input)};
  const Json header = parse_object(file.header, name);
  for (const auto& [key, entry] : header.items()) {
    if (key != metadata_key) {
      file.tensors.push_back(read_entry(key, entry, name));
      continue;
    }
    const JsonFields fields(entry, name + ": __metadata__");
    for (const auto& [word, text] : entry.items())
      file.metadata.emplace_back(word, fields.text(word));
  }
  std::stable_sort(file.tensors.begin(), file.tensors.end(),
                   [](const StoredTensor& a, const StoredTensor& b) {
                     return std::pair(a.begin, a.end) < std::pair(b.begin, b.end);
                   });
  check_places(file.tensors, name);
  const auto size = static_cast<std::uint64_t>(file.tensors.empty() ? 0 : file.tensors.back().end);
  file.bytes = read_bytes(input, size);
  require<DataError>(file.bytes.size() == size,
                     "{}: the file ends {} bytes before its tensors do; it is cut short", name,
                     size - file.bytes.size());
  char behind = 0;
  require<DataError>(input.read(std::span(&behind, 1)) == 0,
                     "{}: there are bytes behind its tensors", name);
  return file;
}

std::string safetensors_header(const TensorMetadata& metadata,
                               std::span<const FloatTensor> tensors) {
  OrderedJson header, texts = OrderedJson::object();
  for (const auto& [word, text] : metadata) texts[word] = text;
  header[metadata_key] = std::move(texts);
  std::size_t end = 0;
  for (const FloatTensor& tensor : tensors) {
    const std::size_t begin = end;
    end += tensor.bytes().size();
    header[tensor.name] = {
        {"dtype", "F32"}, {"shape", tensor.shape}, {"data_offsets", {begin, end}}};
  }
  std::string text = dump_object(header);
  text.append(static_cast<std::size_t>(alignment - std::ssize(text) % alignment) % alignment, ' ');
  const std::uint64_t length = text.size();
  std::string bytes(length_size, '\0');
  std::memcpy(bytes.data(), &length, length_size);
  return bytes + text;
}

}  // namespace mathtool::nn
