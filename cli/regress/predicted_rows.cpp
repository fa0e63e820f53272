#include "cli/regress/predicted_rows.hpp"

#include <fmt/core.h>

#include <algorithm>

#include "cli/first_few.hpp"
#include "mathtool/math/closest_match.hpp"
#include "mathtool/math/constants.hpp"
#include "mathtool/math/error.hpp"

namespace mathtool::cli {
namespace {

/// Positions in the table of the columns that a model's terms read, as numbers and as texts.
struct MatchedColumns {
  std::vector<Index> numbers, texts;
};

MatchedColumns find_columns(const stats::RegressionModel& model, const stats::ModelFrame& frame,
                            const std::string& model_path, const TableInput& input) {
  const std::vector<std::string> names = input.reader.schema().names();
  std::vector<std::string> missing;
  const auto find = [&](Index column, std::vector<Index>& to) {
    const std::string& name = model.columns[static_cast<std::size_t>(column)].name;
    const auto found = std::find(names.begin(), names.end(), name);
    if (found == names.end())
      missing.push_back(name);
    else
      to.push_back(found - names.begin());
  };
  MatchedColumns matched;
  for (Index k = 0; k < frame.term_numbers(); ++k)
    find(frame.numbers()[static_cast<std::size_t>(k)], matched.numbers);
  for (Index k = 0; k < frame.term_texts(); ++k)
    find(frame.texts()[static_cast<std::size_t>(k)], matched.texts);
  require(missing.empty(), "{} lacks columns that {} was fitted to: {}", input.reader.name(),
          model_path, first_few(missing, [&](const std::string& name) {
            return fmt::format("'{}'{}", name, did_you_mean(name, names));
          }));
  return matched;
}

const TableInput& with_columns(const MatchedColumns& columns, TableInput& input) {
  input.numeric = columns.numbers;
  for (const Index text : columns.texts)
    if (std::find(input.carried.begin(), input.carried.end(), text) == input.carried.end())
      input.carried.push_back(text);
  std::erase_if(input.carried, [&](Index column) {
    return std::find(columns.numbers.begin(), columns.numbers.end(), column) !=
           columns.numbers.end();
  });
  std::sort(input.carried.begin(), input.carried.end());
  input.picked_texts.clear();
  return input;
}

}  // namespace

UsableRows::UsableRows(const TableInput& input, const std::vector<Index>& texts) : input_(input) {
  for (const Index text : texts)
    places_.push_back(std::find(input.carried.begin(), input.carried.end(), text) -
                      input.carried.begin());
}

std::vector<Index> UsableRows::find(const AllRows& rows) const {
  const data::RowBlock& block = rows.block;
  const Index texts = std::ssize(input_.carried);
  std::vector<Index> used;
  for (Index i = 0; i < block.rows(); ++i) {
    if (!rows.kept.empty() && !rows.kept[static_cast<std::size_t>(i)]) continue;
    if (block.numbers.cols() > 0 && block.numbers.row(i).hasNaN()) continue;
    const bool complete = std::none_of(places_.begin(), places_.end(), [&](Index place) {
      return input_.is_missing(block.texts[i * texts + place]);
    });
    if (complete) used.push_back(i);
  }
  return used;
}

data::RowCount UsableRows::count(const AllRows& rows) const {
  data::RowCount count = count_missing(rows.block);
  const Index texts = std::ssize(input_.carried), numbers = std::ssize(count.missing);
  count.missing.resize(static_cast<std::size_t>(numbers + texts));  // the order of the summary
  for (const Index place : places_)
    for (Index i = 0; i < rows.block.rows(); ++i)
      if (input_.is_missing(rows.block.texts[i * texts + place]))
        ++count.missing[static_cast<std::size_t>(numbers + place)];
  return count;
}

std::vector<std::string_view> UsableRows::cells(const AllRows& rows,
                                                const std::vector<Index>& used) const {
  const Index texts = std::ssize(input_.carried);
  std::vector<std::string_view> cells;
  cells.reserve(used.size() * places_.size());
  for (const Index row : used)
    for (const Index place : places_) cells.push_back(rows.block.texts[row * texts + place]);
  return cells;
}

RowPredictor::RowPredictor(const stats::RegressionModel& model, double confidence,
                           const std::string& model_path, TableInput& input)
    : model_(model),
      confidence_(confidence),
      input_(with_columns(find_columns(model, model.design().frame(), model_path, input), input)),
      design_(model.design()),
      usable_(input, find_columns(model, design_.frame(), model_path, input).texts) {
  require(confidence == 0 || !model.penalized,
          "{} was fitted under a penalty, which says nothing of the spread of its predictions: "
          "leave --interval out",
          model_path);
}

std::vector<std::string> RowPredictor::names() const {
  std::vector<std::string> names{"fitted"};
  if (confidence_ > 0) names.insert(names.end(), {"ci_low", "ci_high"});
  if (confidence_ > 0 && model_.family == stats::ResponseFamily::gaussian)
    names.insert(names.end(), {"prediction_low", "prediction_high"});
  return names;
}

ScoredRows RowPredictor::predict(AllRows&& rows) const {
  const Index n = rows.block.rows(), width = std::ssize(names());
  if (input_.missing == data::MissingPolicy::error) refuse_missing(input_, rows.block);
  if (rows.block.numbers.rows() != n) rows.block.numbers.resize(n, 0);
  const std::vector<Index> used = usable_.find(rows);
  const RowMat numbers = rows.block.numbers(used, Eigen::all);
  const std::vector<std::string_view> cells = usable_.cells(rows, used);
  const stats::DesignRows design = design_.evaluate({numbers, cells}, false);
  const stats::RegressionPrediction prediction =
      stats::predict(model_, design_, design.raw, confidence_);
  ScoredRows result{.first_row = rows.block.first_row,
                    .carried = std::ssize(input_.carried),
                    .scores = RowMat::Constant(n, width, not_a_number),
                    .count = usable_.count(rows)};
  for (std::size_t k = 0; k < design.rows.size(); ++k) {
    const Index row = used[static_cast<std::size_t>(design.rows[k])];
    const auto i = static_cast<Index>(k);
    result.scores(row, 0) = prediction.mean[i];
    if (width > 1) result.scores.row(row).segment(1, 2) << prediction.low[i], prediction.high[i];
    if (width > 3) result.scores.row(row).tail(2) << prediction.new_low[i], prediction.new_high[i];
  }
  result.count.used = std::ssize(design.rows);
  result.texts = std::move(rows.block.texts);
  return result;
}

}  // namespace mathtool::cli
