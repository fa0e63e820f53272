#include "mathtool/nn/model_file.hpp"

#include <fmt/core.h>
#include <zlib.h>

#include <set>

#include "checkpoint_record.hpp"
#include "mathtool/math/error.hpp"
#include "model_record.hpp"
#include "safetensors.hpp"

namespace mathtool::nn {
namespace {

constexpr std::string_view format_name = "mathtool-network", format_version = "1.0",
                           major_version = "1.",
                           checksum_prefix = "crc32:", no_checksum = "00000000";

std::uint32_t add_to_checksum(std::uint32_t crc, std::string_view bytes) {
  return static_cast<std::uint32_t>(
      ::crc32_z(crc, reinterpret_cast<const Bytef*>(bytes.data()), bytes.size()));
}

std::string checksum_text(std::uint32_t crc) {
  return fmt::format("{}{:08x}", checksum_prefix, crc);
}

/// The CRC-32 of the file behind its first 8 bytes, which say how long the header is, with zeros in
/// place of the checksum.
std::string checksum_of(std::string header, std::string_view checksum,
                        std::span<const std::string_view> tensors) {
  const std::size_t place = header.find(checksum);
  if (place != std::string::npos)
    header.replace(place + checksum_prefix.size(), no_checksum.size(), no_checksum);
  std::uint32_t crc = add_to_checksum(0, header);
  for (const std::string_view bytes : tensors) crc = add_to_checksum(crc, bytes);
  return checksum_text(crc);
}

using Arrays = std::vector<PlacedArray>;

void add_tensors(const Arrays& arrays, const Parameters<float>& numbers,
                 std::vector<FloatTensor>& tensors) {
  for (const PlacedArray& array : arrays)
    tensors.push_back({array.name,
                       array.shape,
                       {numbers.data() + array.begin, static_cast<std::size_t>(array.size)}});
}

std::vector<FloatTensor> tensors_of(const Model& model) {
  const Architecture& architecture = model.network.architecture();
  const Parameters<float>&parameters = model.network.parameters(),
        &buffers = model.network.buffers();
  require<DimensionError>(parameters.size() == architecture.parameter_count() &&
                              buffers.size() == architecture.buffer_count(),
                          "network: {} parameters and {} buffers for layers that have {} and {}",
                          parameters.size(), buffers.size(), architecture.parameter_count(),
                          architecture.buffer_count());
  require(parameters.allFinite() && buffers.allFinite(),
          "network: weights that are not finite make no model");
  std::vector<FloatTensor> tensors;
  add_tensors(architecture.parameter_arrays(), model.network.parameters(), tensors);
  add_tensors(architecture.buffer_arrays(), model.network.buffers(), tensors);
  if (model.checkpoint)
    for (FloatTensor& tensor : checkpoint_tensors(*model.checkpoint))
      tensors.push_back(std::move(tensor));
  return tensors;
}

/// Before any memory is taken for what the layers say, the file has shown that it has it.
Parameters<float> read_numbers(const StoredTensors& file, const Arrays& arrays, Index count) {
  for (const PlacedArray& array : arrays) file.copy(array.name, array.shape, Values::any, {});
  Parameters<float> numbers(count);
  for (const PlacedArray& array : arrays)
    file.copy(array.name, array.shape, Values::finite,
              {numbers.data() + array.begin, static_cast<std::size_t>(array.size)});
  return numbers;
}

/// Throws: DataError for a tensor that no layer has.
void check_names(const StoredTensors& file, const Architecture& architecture) {
  std::set<std::string_view> known;
  for (const Arrays* arrays : {&architecture.parameter_arrays(), &architecture.buffer_arrays()})
    for (const PlacedArray& array : *arrays) known.insert(array.name);
  for (const StoredTensor& tensor : file.tensors)
    require<DataError>(known.contains(tensor.name) || tensor.name.starts_with("checkpoint."),
                       "{}: tensor '{}' belongs to none of its layers", file.source, tensor.name);
}

/// A text of the metadata that every model has.
const std::string& metadatum(const StoredTensors& file, const char* name) {
  const std::string* text = file.metadatum(name);
  require<DataError>(text != nullptr,
                     "{}: is a safetensors file, but no model of this program: its metadata have "
                     "no '{}'",
                     file.source, name);
  return *text;
}

void check_format(const StoredTensors& file) {
  const std::string& format = metadatum(file, "format");
  require<DataError>(format == format_name,
                     "{}: is a safetensors file of format '{}', no model of this program ('{}')",
                     file.source, format, format_name);
  const std::string& version = metadatum(file, "format_version");
  require<DataError>(version.starts_with(major_version),
                     "{}: has format version {}; this program reads {}x", file.source, version,
                     major_version);
  const std::string& checksum = metadatum(file, "checksum");
  const std::string_view tensors[] = {file.bytes};
  require<DataError>(checksum.size() == checksum_prefix.size() + no_checksum.size() &&
                         checksum == checksum_of(file.header, checksum, tensors),
                     "{}: the checksum is not that of the file: its bytes have changed since it "
                     "was written",
                     file.source);
}

}  // namespace

bool is_model(std::string_view start) { return is_safetensors(start); }

void write_model(const Model& model, data::OutputFile& out) {
  const std::vector<FloatTensor> tensors = tensors_of(model);
  TensorMetadata metadata = {{"format", std::string(format_name)},
                             {"format_version", std::string(format_version)},
                             {"checksum", checksum_text(0)},
                             {"model", model_json(model)}};
  if (model.checkpoint) metadata.emplace_back("checkpoint", checkpoint_json(*model.checkpoint));
  std::string header = safetensors_header(metadata, tensors);
  std::vector<std::string_view> bytes;
  for (const FloatTensor& tensor : tensors) bytes.push_back(tensor.bytes());
  constexpr std::size_t length_size = 8;
  const std::string checksum = checksum_of(header.substr(length_size), checksum_text(0), bytes);
  header.replace(header.find(checksum_text(0)), checksum.size(), checksum);
  out.write(header);
  for (const std::string_view part : bytes) out.write(part);
}

Model read_model(data::Input input) {
  const StoredTensors file = read_safetensors(input);
  check_format(file);
  const std::string place = file.source + ": model";
  const Json json = parse_object(metadatum(file, "model"), place);
  const JsonFields fields(json, place);

  Architecture architecture = read_architecture(fields);
  check_names(file, architecture);
  Parameters<float> parameters =
      read_numbers(file, architecture.parameter_arrays(), architecture.parameter_count());
  Parameters<float> buffers =
      read_numbers(file, architecture.buffer_arrays(), architecture.buffer_count());
  Model model =
      read_record(fields, {std::move(architecture), std::move(parameters), std::move(buffers)});
  if (const std::string* checkpoint = file.metadatum("checkpoint"))
    model.checkpoint = read_checkpoint(*checkpoint, file, model.network.parameters().size(),
                                       model.network.buffers().size());
  return model;
}

Model read_model(const std::string& path) { return read_model(data::Input::open(path)); }

}  // namespace mathtool::nn
