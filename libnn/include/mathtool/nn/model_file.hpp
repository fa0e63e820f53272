#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "mathtool/data/input.hpp"
#include "mathtool/data/output_file.hpp"
#include "mathtool/nn/sequential.hpp"
#include "mathtool/nn/series_data.hpp"
#include "mathtool/nn/table_column.hpp"
#include "mathtool/nn/training.hpp"
#include "mathtool/nn/vocabulary.hpp"

namespace mathtool::nn {

/// A network with all that is needed to use it on new data.
struct Model {
  Sequential<float> network;
  Loss loss = SquaredError{};
  std::vector<std::string> classes = {};             ///< none: numbers are predicted
  std::string target = {};                           ///< name of the column that is predicted
  std::vector<TableColumn> columns = {};             ///< of a table; none: images or arrays
  double target_center = 0, target_scale = 1;        ///< prediction = output · scale + center
  double feature_scale = 1;                          ///< of bytes: 1/255
  Vocabulary vocabulary = {};                        ///< of a text; empty: no text
  std::optional<SeriesEncoding> series = {};         ///< of a time series
  std::map<std::string, std::string> training = {};  ///< what it was trained with, in words
  std::optional<Checkpoint> checkpoint = {};         ///< to resume
};

/// The model as one file in the safetensors format: its header names every tensor with type, shape
/// and place, and holds under `__metadata__` the topology and preprocessing in JSON, a version, and
/// a checksum of the whole file.
/// Throws: DataError for text that is not UTF-8; DomainError for weights that are not finite; what
///         OutputFile throws.
/// Ref: Hugging Face, safetensors format; docs/models.md has every field.
void write_model(const Model& model, data::OutputFile& file);

/// Throws: DataError that names the file, what is wrong, and where: no model, cut short, changed
///         bytes, a version to come, tensors that do not fit the topology, weights that are not
///         finite.
/// Cost:   memory for what there is, never for what only a header claims.
Model read_model(data::Input input);
Model read_model(const std::string& path);

/// Whether a file that begins so may be a model of a network; nine bytes tell.
bool is_model(std::string_view start);

}  // namespace mathtool::nn
