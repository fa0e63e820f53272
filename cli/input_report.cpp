#include "cli/input_report.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <utility>
#include <vector>

namespace mathtool::cli {
namespace {

using Named = std::pair<std::string, std::string>;  // a column and what is to be said of it

constexpr std::size_t most_named = 5;  // columns in one note

/// "skipped 'species': text (...)", or all of several in one note.
std::string skip_note(const std::vector<Named>& skipped) {
  if (skipped.size() == 1)
    return fmt::format("skipped '{}': {}", skipped[0].first, skipped[0].second);
  std::string note = fmt::format("skipped {} columns", skipped.size());
  for (std::size_t i = 0; i < std::min(skipped.size(), most_named); ++i)
    note += fmt::format("{} '{}': {}", i == 0 ? ":" : ";", skipped[i].first, skipped[i].second);
  if (skipped.size() > most_named)
    note += fmt::format("; and {} more", skipped.size() - most_named);
  return note;
}

}  // namespace

std::string why_skipped(const data::Column& column, const data::TableSchema& schema) {
  if (column.sample_present == 0)
    return fmt::format("without a value in {} rows", schema.sample_rows);
  return fmt::format("text ({} of {} cells are numbers; line {} has \"{}\")", column.sample_numbers,
                     column.sample_present, column.first_text_line, column.first_text);
}

InputSummary summarize_input(const TableInput& input, const TableOptions& options,
                             const data::RowCount& count) {
  InputSummary summary{
      .path = options.path, .rows = count.read, .used = count.used, .dropped = {}, .skipped = {}};
  const data::TableSchema& schema = input.reader.schema();
  for (const Index j : input.picked_texts)
    summary.skipped.emplace_back(input.column_name(j),
                                 why_skipped(schema.columns[static_cast<std::size_t>(j)], schema));
  std::vector<std::string> names = input.numeric_names();
  if (input.weights) names.push_back(input.column_name(*input.weights));
  for (const Index j : input.carried) names.push_back(input.column_name(j));  // if they are counted
  for (std::size_t j = 0; j < std::min(names.size(), count.missing.size()); ++j)
    if (count.missing[j] > 0) summary.dropped.emplace_back(names[j], count.missing[j]);
  return summary;
}

std::string describe_filtered(const data::RowCount& count) {
  if (count.filtered == 0) return {};
  return fmt::format("--where keeps {} of {} rows", count.read - count.filtered, count.read);
}

std::string describe_dropped(const InputSummary& summary, const data::RowCount& count) {
  const std::int64_t kept = count.read - count.filtered;
  if (count.used == kept) return {};
  std::string text =
      fmt::format("{} of {} rows dropped for missing values", kept - count.used, kept);
  for (std::size_t i = 0; i < std::min(summary.dropped.size(), most_named); ++i)
    text += fmt::format("{} {} {}", i == 0 ? ":" : ",", summary.dropped[i].first,
                        summary.dropped[i].second);
  if (summary.dropped.size() > most_named)
    text += fmt::format(", and {} more columns", summary.dropped.size() - most_named);
  return text;
}

InsufficientDataError about_table(const InsufficientDataError& error, const TableInput& input,
                                  const TableOptions& options, const data::RowCount& count) {
  std::string message = error.what();
  if (!message.starts_with(input.reader.name() + ":"))
    message = fmt::format("{}: {}", input.reader.name(), message);
  const std::string dropped = describe_dropped(summarize_input(input, options, count), count);
  if (!dropped.empty()) message += " (" + dropped + ")";
  return InsufficientDataError(message);
}

std::string describe_bad_rows(const data::RowCount& count) {
  if (count.bad_rows == 0) return {};
  return fmt::format("{} malformed row{} skipped; {}", count.bad_rows,
                     count.bad_rows == 1 ? "" : "s", count.first_bad_row);
}

void report_input(const TableInput& input, const TableOptions& options, const data::RowCount& count,
                  Report& report, const MissingTexts& missing_texts) {
  report.input = summarize_input(input, options, count);
  report.input->dropped.insert(report.input->dropped.end(), missing_texts.begin(),
                               missing_texts.end());
  report.notes.insert(report.notes.end(), input.notes.begin(), input.notes.end());
  report.decisions = input.decisions;
  if (!report.input->skipped.empty()) report.notes.push_back(skip_note(report.input->skipped));
  for (const std::string& note :
       {describe_bad_rows(count), describe_filtered(count), describe_dropped(*report.input, count)})
    if (!note.empty()) report.notes.push_back(note);
}

}  // namespace mathtool::cli
