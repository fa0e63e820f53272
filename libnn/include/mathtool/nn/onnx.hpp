#pragma once

#include <string>

#include "mathtool/data/output_file.hpp"
#include "mathtool/nn/model_file.hpp"

namespace mathtool::nn {

struct OnnxOptions {
  bool logits = false;  ///< of classes what the last layer gives, not probabilities made of it
  Index batch = 0;  ///< ≥ 0; observations at a time, for readers that must know; 0: any number
};

/// What a file's graph takes and gives.
struct OnnxSummary {
  std::string input = {}, input_type = {};  ///< name; "float" or "int64"
  std::string output = {};
  Index operations = 0;
};

/// The network as an ONNX file, for other programs to run. It takes data as they come: bytes are
/// scaled and columns standardised by its first operations (of a column of texts every level is an
/// input, 0 or 1), and numbers are turned back into their own units by its last ones. Of classes it
/// gives probabilities.
///     input           float, (batch, shape of an observation); int64 before an embedding
///     probabilities | logits | prediction     float, (batch, shape of the output)
/// Dropout, which does nothing in inference, is left out. All other layers there are, ONNX has.
/// Windows of a time series go in and come out as they are encoded; the file says how, as JSON.
/// Sequences are of full length: the marks for steps beyond the end of one are not understood.
/// Throws: DomainError for batch < 0; DimensionError for a model beyond the 2 GB of protobuf;
///         DataError for names that are not UTF-8; what OutputFile throws.
/// Error:  results differ from `predict` by roundings of float, as sums have another order.
/// Cost:   memory for the parameters once more.
/// Ref:    ONNX operator set 13, IR version 7 (onnx.ai); docs/exchange.md.
OnnxSummary write_onnx(const Model& model, data::OutputFile& file, const OnnxOptions& options = {});

}  // namespace mathtool::nn
