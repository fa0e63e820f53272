#include "cli/pca/score_file.hpp"

#include <utility>

namespace mathtool::cli {

ScoreFile::ScoreFile(const std::string& path, const TableInput& input, Index components,
                     const ScoreOptions& options, std::int64_t rows)
    : file_(path), delimiter_(path.ends_with(".tsv") ? '\t' : ',') {
  const std::vector<std::string> names = score_names(components, options);
  if (is_npy_path(path))
    array_.emplace(file_, rows, std::ssize(names));
  else
    file_.write(header_line(input.carried_names(), names, delimiter_));
}

std::string ScoreFile::lines(const ScoredRows& rows) const {
  std::string text;
  if (!array_) append_lines(text, rows, delimiter_);
  return text;
}

void ScoreFile::write(const ScoredRows& rows, const std::string& lines) {
  if (array_)
    array_->write(rows.scores);
  else
    file_.write(lines);
}

data::OutputFile ScoreFile::finish() {
  if (array_) array_->finish();
  return std::move(file_);
}

}  // namespace mathtool::cli
