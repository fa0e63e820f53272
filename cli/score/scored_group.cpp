#include "cli/score/scored_group.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <set>
#include <string_view>

#include "cli/kept_memory.hpp"
#include "mathtool/data/csv_format.hpp"
#include "mathtool/math/error.hpp"

namespace mathtool::cli {
namespace {

constexpr std::int64_t most_labels = 1000;
constexpr double copies_of_scores = 8;  ///< of each score while it is read, sorted and ranked

/// The label in one cell of a row; that of a number is its shortest decimal.
class LabelCell {
 public:
  LabelCell(const ScoreColumn& column, const TableRows& rows, Index row, Index texts_per_row) {
    if (column.numeric) {
      const double x = rows.numbers(row, column.place) + 0.0;  // −0 is 0
      label_ = {decimal_.data(),
                static_cast<std::size_t>(data::write_number(decimal_.data(), x) - decimal_.data())};
      return;
    }
    label_ = rows.texts[row * texts_per_row + column.place];
    // Blanks around a word belong to the file, not to the label.
    label_.remove_prefix(std::min(label_.find_first_not_of(" \t"), label_.size()));
    label_ = label_.substr(0, label_.find_last_not_of(" \t") + 1);
  }
  LabelCell(const LabelCell&) = delete;
  LabelCell& operator=(const LabelCell&) = delete;

  std::string_view label() const { return label_; }

 private:
  std::array<char, data::number_room> decimal_ = {};
  std::string_view label_ = {};
};

/// Folds the rows of one block into a group.
class GroupPusher {
 public:
  GroupPusher(const TableInput& input, const ScoreColumns& columns)
      : input_(input), columns_(columns), texts_per_row_(std::ssize(input.carried)) {}

  void push(ScoredGroup& group, const TableRows& rows) const {
    require_finite(rows);
    group.rows += rows.rows();
    group.weight += rows.weights.size() > 0 ? rows.weights.sum() : static_cast<double>(rows.rows());
    if (columns_.task != ScoreTask::classification) push_errors(group, rows);
    if (columns_.task == ScoreTask::regression) return;
    for (Index row = 0; row < rows.rows(); ++row) {
      const double weight = rows.weights.size() > 0 ? rows.weights[row] : 1.0;
      if (weight == 0) continue;
      if (columns_.task == ScoreTask::automatic) {
        group.measured = group.measured || !is_label(rows, row, columns_.truth) ||
                         !is_label(rows, row, *columns_.predicted);
        if (group.measured) return;
      }
      const LabelCell truth(columns_.truth, rows, row, texts_per_row_);
      if (columns_.predicted)
        group.confusion.push(truth.label(),
                             LabelCell(*columns_.predicted, rows, row, texts_per_row_).label(),
                             weight);
      if (columns_.score) push_score(group, truth.label(), rows, row);
    }
  }

 private:
  void require_finite(const TableRows& rows) const {
    if (rows.numbers.allFinite()) return;
    for (Index j = 0; j < rows.numbers.cols(); ++j)
      require<InsufficientDataError>(
          !rows.numbers.col(j).array().isInf().any(), "{}: column '{}' holds an infinite value",
          input_.reader.name(), input_.column_name(input_.numeric[static_cast<std::size_t>(j)]));
  }

  void push_errors(ScoredGroup& group, const TableRows& rows) const {
    const Vec truth = rows.numbers.col(columns_.truth.place),
              predicted = rows.numbers.col(columns_.predicted->place);
    group.errors.push(std::span(truth.data(), truth.data() + truth.size()),
                      std::span(predicted.data(), predicted.data() + predicted.size()),
                      std::span(rows.weights.data(), rows.weights.data() + rows.weights.size()));
  }

  static bool is_label(const TableRows& rows, Index row, const ScoreColumn& column) {
    const double x = rows.numbers(row, column.place);
    return x == std::floor(x);
  }

  void push_score(ScoredGroup& group, std::string_view label, const TableRows& rows,
                  Index row) const {
    LabelScores& scores = group.scores[std::string(label)];
    scores.scores.push_back(rows.numbers(row, columns_.score->place));
    if (rows.weights.size() > 0) scores.weights.push_back(rows.weights[row]);
  }

  const TableInput& input_;
  const ScoreColumns& columns_;
  Index texts_per_row_;
};

void require_label_limit(const TableInput& input, const ScoreColumns& columns,
                         const ScoredGroup& group) {
  const std::int64_t labels = std::max(group.confusion.labels(), std::ssize(group.scores));
  require<InsufficientDataError>(labels <= most_labels,
                                 "{}: more than {} labels in column '{}'; is it a column of {}?",
                                 input.reader.name(), most_labels, columns.truth.name,
                                 columns.truth.numeric ? "measurements" : "free text");
}

template <class T>
void append_all(std::vector<T>& to, std::vector<T>&& from) {
  if (to.empty())
    to = std::move(from);
  else
    to.insert(to.end(), from.begin(), from.end());
}

}  // namespace

void LabelScores::merge(LabelScores&& other) {
  append_all(scores, std::move(other.scores));
  append_all(weights, std::move(other.weights));
}

void ScoredGroup::merge(ScoredGroup&& other) {
  errors.merge(other.errors);
  measured = measured || other.measured;
  if (measured)
    confusion = {};
  else
    confusion.merge(other.confusion);
  for (auto& [label, of_label] : other.scores) scores[label].merge(std::move(of_label));
  rows += other.rows;
  weight += other.weight;
}

GatheredGroups<ScoredGroup> gather_scores(TableInput& input, const ScoreColumns& columns,
                                          std::int64_t memory, const RunControl& run) {
  const GroupPusher pusher(input, columns);
  return gather_groups(
      input, ScoredGroup{}, [&](ScoredGroup& group, TableRows&& rows) { pusher.push(group, rows); },
      {.texts = true, .complete_texts = true}, run, nullptr,
      [&](auto& groups) {
        double numbers = 0;
        for (auto& [levels, group] : groups) {
          if (columns.task == ScoreTask::automatic &&
              group.confusion.labels() > most_numeric_labels) {
            group.measured = true;
            group.confusion = {};
          }
          require_label_limit(input, columns, group);
          for (const auto& [label, of_label] : group.scores)
            numbers += static_cast<double>(of_label.scores.size() + of_label.weights.size());
        }
        require_memory(copies_of_scores * numbers, memory, "ranking all scores",
                       "allow more with --memory, or take fewer rows with --where");
      });
}

std::vector<std::string> all_labels(const GatheredGroups<ScoredGroup>& gathered) {
  std::set<std::string> different;
  for (const auto& group : gathered.groups.groups()) {
    const std::vector<std::string> labels = group.value.confusion.matrix().labels;
    different.insert(labels.begin(), labels.end());
    for (const auto& [label, scores] : group.value.scores) different.insert(label);
  }
  std::vector<std::string> labels(different.begin(), different.end());
  stats::sort_labels(labels);
  return labels;
}

ScoreTask decide_task(const ScoreColumns& columns, const GatheredGroups<ScoredGroup>& gathered) {
  if (columns.task != ScoreTask::automatic) return columns.task;
  const auto& groups = gathered.groups.groups();
  const bool measured = std::any_of(groups.begin(), groups.end(),
                                    [](const auto& group) { return group.value.measured; });
  return measured || std::ssize(all_labels(gathered)) > most_numeric_labels
             ? ScoreTask::regression
             : ScoreTask::classification;
}

}  // namespace mathtool::cli
