#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "cli/apply/scored_table.hpp"
#include "cli/regress/predicted_rows.hpp"
#include "cli/table_input.hpp"
#include "mathtool/nn/model_file.hpp"

namespace mathtool::cli {

/// What a model predicts: of classes the likeliest and the probability of each, else a number.
class NetworkPredictor {
 public:
  /// Makes the model's columns those that a pass of `input` reads. All must outlive it.
  /// Throws: DomainError where the table lacks a column of the model, and for a model of images.
  NetworkPredictor(const nn::Model& model, const std::string& model_path, TableInput& input);

  RowScorer scorer() const;

  /// Why a row has no prediction.
  static constexpr std::string_view remedy =
      "have no prediction: they lack a value, or have a level that the training has not seen";

 private:
  ScoredRows predict(AllRows&& rows) const;

  const nn::Model& model_;
  const TableInput& input_;
  UsableRows usable_;
  std::vector<std::string> number_names_ = {}, text_names_ = {};
};

/// Names of the numbers that a model predicts: "probability_setosa", ... or "predicted".
std::vector<std::string> prediction_names(const nn::Model& model);

/// These numbers for outputs of its network.
RowMat predicted_numbers(const nn::Model& model, const nn::Batch<float>& outputs);

/// The class that these probabilities make the likeliest. Pre: the model predicts classes.
const std::string& likeliest_class(const nn::Model& model, const RowMat& probabilities, Index row);

}  // namespace mathtool::cli
