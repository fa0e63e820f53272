#include "cli/nn/network_predictor.hpp"

#include <fmt/core.h>

#include <algorithm>

#include "cli/nn/network_columns.hpp"
#include "cli/nn/prediction_score.hpp"
#include "mathtool/math/constants.hpp"
#include "mathtool/math/error.hpp"
#include "mathtool/nn/table_encoding.hpp"

namespace mathtool::cli {
namespace {

NamedColumns columns_of(const nn::Model& model, const std::string& path, const TableInput& input) {
  require_no_sequence(model, path);
  require(!model.columns.empty(),
          "{} was trained on images, not on a table: mathtool nn predict {} --images FILE", path,
          path);
  std::vector<std::string> names;
  for (const nn::TableColumn& column : model.columns) names.push_back(column.name);
  return find_columns(input, names, path);
}

/// Text columns are carried along, whether the model reads them or not.
std::vector<Index> carry(const NamedColumns& columns, TableInput& input) {
  input.numeric = columns.numbers;
  for (const Index text : columns.texts)
    if (std::ranges::count(input.carried, text) == 0) input.carried.push_back(text);
  std::ranges::sort(input.carried);
  input.picked_texts.clear();
  return columns.texts;
}

}  // namespace

NetworkPredictor::NetworkPredictor(const nn::Model& model, const std::string& model_path,
                                   TableInput& input)
    : model_(model),
      input_(input),
      usable_(input, carry(columns_of(model, model_path, input), input)),
      number_names_(input.numeric_names()),
      text_names_(input.names(columns_of(model, model_path, input).texts)) {}

RowScorer NetworkPredictor::scorer() const {
  RowScorer scorer{.names = prediction_names(model_),
                   .score = [this](AllRows&& rows) { return predict(std::move(rows)); }};
  if (!model_.classes.empty()) scorer.text_names = {"predicted"};
  return scorer;
}

ScoredRows NetworkPredictor::predict(AllRows&& rows) const {
  data::RowBlock& block = rows.block;
  const Index n = block.rows(), carried = std::ssize(input_.carried);
  if (input_.missing == data::MissingPolicy::error) refuse_missing(input_, block);
  if (block.numbers.rows() != n) block.numbers.resize(n, 0);
  std::vector<Index> used = usable_.find(rows);
  nn::TableData table{
      .source = input_.reader.name(), .number_names = number_names_, .text_names = text_names_};
  data::TextCells cells;
  for (const std::string_view cell : usable_.cells(rows, used)) cells.push_back(cell);
  std::vector<std::int64_t> lines;
  for (const Index row : used) lines.push_back(block.lines[static_cast<std::size_t>(row)]);
  table.append(RowMat(block.numbers(used, Eigen::all)), cells, lines);
  const nn::EncodedRows encoded =
      nn::encode_features(model_.columns, table, nn::all_rows(table), nn::UnknownLevels::zero);
  const RowMat numbers = predicted_numbers(model_, model_.network.predict(encoded.features, 1));

  ScoredRows result{.first_row = block.first_row,
                    .carried = carried + (model_.classes.empty() ? 0 : 1),
                    .scores = RowMat::Constant(n, numbers.cols(), not_a_number),
                    .count = usable_.count(rows)};
  for (const Index unknown : encoded.unknown) used[static_cast<std::size_t>(unknown)] = -1;
  std::vector<Index> place_of(static_cast<std::size_t>(n), -1);
  for (std::size_t k = 0; k < used.size(); ++k)
    if (used[k] >= 0) place_of[static_cast<std::size_t>(used[k])] = static_cast<Index>(k);
  result.count.used = 0;
  for (Index row = 0; row < n; ++row) {
    const Index k = place_of[static_cast<std::size_t>(row)];
    for (Index t = 0; t < carried; ++t) result.texts.push_back(block.texts[row * carried + t]);
    if (!model_.classes.empty())
      result.texts.push_back(k < 0 ? "" : likeliest_class(model_, numbers, k));
    if (k < 0) continue;
    result.scores.row(row) = numbers.row(k);
    ++result.count.used;
  }
  return result;
}

std::vector<std::string> prediction_names(const nn::Model& model) {
  if (model.classes.empty()) return {"predicted"};
  std::vector<std::string> names;
  for (const std::string& label : model.classes) names.push_back("probability_" + label);
  return names;
}

RowMat predicted_numbers(const nn::Model& model, const nn::Batch<float>& outputs) {
  if (!model.classes.empty()) return class_probabilities(model.loss, outputs);
  return (outputs.cast<double>().array() * model.target_scale + model.target_center).matrix();
}

const std::string& likeliest_class(const nn::Model& model, const RowMat& probabilities, Index row) {
  Index likeliest = 0;
  probabilities.row(row).maxCoeff(&likeliest);
  return model.classes[static_cast<std::size_t>(likeliest)];
}

}  // namespace mathtool::cli
