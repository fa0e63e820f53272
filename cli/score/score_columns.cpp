#include "cli/score/score_columns.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <utility>
#include <vector>

#include "cli/input_report.hpp"
#include "mathtool/data/column_selection.hpp"
#include "mathtool/math/error.hpp"

namespace mathtool::cli {
namespace {

/// The columns taken so far, each with the option that took it.
class Roles {
 public:
  explicit Roles(TableInput& input) : input_(input) {
    if (input.weights) taken_.emplace_back(*input.weights, "--weights");
    for (const Index column : input.groups) taken_.emplace_back(column, "--group");
  }

  ScoreColumn take(const std::string& item, const char* option) {
    const data::TableSchema& schema = input_.reader.schema();
    const std::vector<Index> picked = data::pick_columns(schema.names(), item).columns;
    require(picked.size() == 1, "{} names {} columns; it takes one", option, picked.size());
    const Index column = picked.front();
    for (const auto& [other, by] : taken_)
      require(other != column, "{} and {} both name column '{}'", by, option,
              input_.column_name(column));
    taken_.emplace_back(column, option);
    const data::Column& described = schema.columns[static_cast<std::size_t>(column)];
    const bool numeric = described.type == data::ColumnType::numeric;
    std::vector<Index>& place = numeric ? input_.numeric : input_.carried;
    place.push_back(column);
    input_.picked.push_back(column);
    return {described.name, numeric, std::ssize(place) - 1};
  }

  /// Throws: DataError where the column holds text, InsufficientDataError where it holds nothing.
  void require_numeric(const ScoreColumn& column, const char* what) const {
    if (column.numeric) return;
    const data::TableSchema& schema = input_.reader.schema();
    const auto described = std::ranges::find(schema.columns, column.name, &data::Column::name);
    const std::string fault = fmt::format("{}: {} in column '{}' are {}", input_.reader.name(),
                                          what, column.name, why_skipped(*described, schema));
    require<InsufficientDataError>(described->sample_present > 0, "{}", fault);
    throw DataError(fault);
  }

 private:
  TableInput& input_;
  std::vector<std::pair<Index, const char*>> taken_ = {};
};

/// Forgets the columns that nothing was asked of, and the notes about them.
void clear_columns(TableInput& input) {
  for (auto* columns : {&input.numeric, &input.carried, &input.picked, &input.picked_texts})
    columns->clear();
  input.notes = input.reader.schema().notes;
  if (!input.filter) return;
  const std::vector<std::string>& notes = input.filter->notes();
  input.notes.insert(input.notes.end(), notes.begin(), notes.end());
}

}  // namespace

ScoreColumns assign_score_columns(const ScoreRequest& request, TableInput& input) {
  clear_columns(input);
  Roles roles(input);
  ScoreColumns columns{.truth = roles.take(request.truth, "--truth"), .task = request.task};
  if (!request.predicted.empty()) columns.predicted = roles.take(request.predicted, "--predicted");
  if (!request.score.empty()) {
    columns.score = roles.take(request.score, "--score");
    roles.require_numeric(*columns.score, "scores");
  }
  if (columns.task == ScoreTask::regression) {
    roles.require_numeric(columns.truth, "true values");
    roles.require_numeric(*columns.predicted, "predicted values");
  }
  const bool numbers = columns.truth.numeric && columns.predicted && columns.predicted->numeric;
  if (columns.task == ScoreTask::automatic && (!numbers || columns.score))
    columns.task = ScoreTask::classification;
  return columns;
}

}  // namespace mathtool::cli
