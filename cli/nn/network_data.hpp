#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "cli/nn/data_options.hpp"
#include "cli/nn/network_plan.hpp"
#include "cli/nn/network_table.hpp"
#include "cli/report.hpp"
#include "mathtool/nn/dataset.hpp"
#include "mathtool/nn/model_file.hpp"

namespace mathtool::cli {

/// Observations in parts: how features are made of a table is fitted to `train` alone.
struct DividedData {
  nn::Dataset train = {}, test = {};
  std::optional<nn::Dataset> validation = {};
  nn::TableEncoding encoding = {};  ///< of images all empty
};

/// A network that a training begins with instead of chance.
struct NetworkOrigin {
  nn::Model model;
  std::string path = {};
};

/// Throws: DataError that names the observation where these hold what such a network does not take:
/// what is no symbol of its embedding, or steps beyond an end without a recurrent layer.
void require_readable(const nn::Dataset& data, const nn::Architecture& architecture,
                      const std::string& path);

/// The observations that a network is trained on, as they were read.
class NetworkData {
 public:
  /// Reads them. `loss` is what --loss says of the target: whether numbers are classes. Of a table
  /// for a network that there is, its columns are read and become features as it learnt to take
  /// them. Fills the report's input and notes.
  NetworkData(const NetworkDataOptions& options, const std::string& loss,
              const GlobalOptions& global, Report& report,
              std::optional<NetworkOrigin> origin = {});

  const std::optional<NetworkOrigin>& origin() const { return origin_; }
  /// Whether the origin predicts the very same, so that all of it may go on.
  bool same_task() const;

  Index size() const { return size_; }
  const nn::Shape& input() const { return input_; }  ///< of all observations as features
  bool images() const { return !table_.has_value(); }
  /// Throws: as `require_readable`, of images.
  void require_readable_by(const nn::Architecture& architecture) const;
  const NetworkTarget& target() const { return target_; }
  /// The class of each observation; empty where numbers are predicted.
  const std::vector<Index>& labels() const { return labels_; }

  /// What is to be predicted of each, no features; a number as encoding_of_all standardises it.
  nn::Dataset truth() const;
  nn::TableEncoding encoding_of_all() const;  ///< of a table; of images one that changes nothing

  DividedData divide(std::span<const Index> train, std::span<const Index> validation,
                     std::span<const Index> test) const;

  /// Puts the data to judge by, --test-..., into `test`. Pre: the options name some.
  void read_test(const NetworkDataOptions& options, const GlobalOptions& global, Report& report,
                 DividedData& parts) const;

 private:
  nn::TableEncoding encoding(std::span<const Index> training) const;

  std::optional<NetworkOrigin> origin_ = {};
  std::optional<NetworkTable> table_ = {};
  nn::TableEncodingOptions encoding_ = {};
  nn::Dataset images_ = {};
  std::string images_path_ = {};
  NetworkTarget target_ = {};
  std::vector<Index> labels_ = {};
  Index size_ = 0;
  nn::Shape input_ = {};
};

/// Observations for a model: with what it predicts, or, without labels, features alone.
nn::Dataset read_for_model(const NetworkDataOptions& options, const nn::Model& model,
                           const std::string& model_path, const GlobalOptions& global,
                           Report& report);

/// As a model keeps it.
nn::TableEncoding encoding_of(const nn::Model& model);

}  // namespace mathtool::cli
