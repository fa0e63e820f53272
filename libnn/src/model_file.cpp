#include "mathtool/nn/model_file.hpp"

#include <fmt/core.h>
#include <zlib.h>

#include <algorithm>
#include <set>

#include "checkpoint_record.hpp"
#include "mathtool/math/error.hpp"
#include "model_json.hpp"
#include "safetensors.hpp"
#include "topology_fields.hpp"

namespace mathtool::nn {
namespace {

constexpr std::string_view format_name = "mathtool-network", format_version = "1.0",
                           major_version = "1.",
                           checksum_prefix = "crc32:", no_checksum = "00000000";

// --- the checksum
// ---------------------------------------------------------------------------------

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

// --- what the model is
// ----------------------------------------------------------------------------

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
  if (std::holds_alternative<CrossEntropy>(model.loss.kind()) && !model.classes.empty() &&
      architecture.output().back() != std::ssize(model.classes))
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

// --- tensors
// --------------------------------------------------------------------------------------

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

// --- reading
// --------------------------------------------------------------------------------------

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

/// Throws: DataError also where sizes overflow or shapes do not follow one another.
Architecture read_architecture(const JsonFields& fields) {
  Topology topology = read_topology(fields);
  if (topology.input.empty()) fields.fail("there is no field 'input'");
  try {
    return {std::move(topology.input), std::move(topology.layers)};
  } catch (const Error& error) { fields.fail(error.what()); }
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
  Model model{.network = {std::move(architecture), std::move(parameters), std::move(buffers)},
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
  const JsonFields words(training, place + ": training");
  for (const auto& [name, text] : training.items()) model.training[name] = words.text(name);
  if (fields.has("vocabulary")) model.vocabulary = read_vocabulary(fields);
  if (fields.has("series"))
    model.series = read_series(JsonFields(fields.at("series"), place + ": series"));
  check_fit(model, fields);
  check_sequences(model, fields);
  if (const std::string* checkpoint = file.metadatum("checkpoint"))
    model.checkpoint = read_checkpoint(*checkpoint, file, model.network.parameters().size(),
                                       model.network.buffers().size());
  return model;
}

Model read_model(const std::string& path) { return read_model(data::Input::open(path)); }

}  // namespace mathtool::nn
