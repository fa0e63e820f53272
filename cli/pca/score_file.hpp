#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "cli/npy_path.hpp"
#include "cli/pca/scored_rows.hpp"
#include "mathtool/data/npy.hpp"
#include "mathtool/data/output_file.hpp"

namespace mathtool::cli {

/// A file of scores: NPY for a name that ends in .npy, which holds no texts, else lines of text,
/// divided by tabs for .tsv and by commas otherwise.
class ScoreFile {
 public:
  /// `rows` will be written. Throws: what OutputFile throws.
  ScoreFile(const std::string& path, const TableInput& input, Index components,
            const ScoreOptions& options, std::int64_t rows);
  ScoreFile(const ScoreFile&) = delete;
  ScoreFile& operator=(const ScoreFile&) = delete;

  /// What `write` takes besides the rows: their lines. May run on several threads.
  std::string lines(const ScoredRows& rows) const;
  void write(const ScoredRows& rows, const std::string& lines);

  /// Once, behind the last row: the file, to be committed.
  data::OutputFile finish();

 private:
  data::OutputFile file_;
  char delimiter_;
  std::optional<data::NpyWriter> array_ = {};
};

}  // namespace mathtool::cli
