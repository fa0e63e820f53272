#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "cli/pca/pca_figure.hpp"
#include "cli/pca/pca_report.hpp"
#include "cli/pca/scored_rows.hpp"
#include "cli/table_input.hpp"
#include "mathtool/data/output_file.hpp"

namespace mathtool::cli {

/// What only the rows can give once the components are known.
struct SecondReadingOptions {
  std::string scores_path = {};  ///< empty: no file
  ScoreOptions scores = {};      ///< with diagnostics, these are collected
  bool sample = false;           ///< rows to plot

  bool wanted() const { return !scores_path.empty() || scores.diagnostics || sample; }
};

struct SecondReading {
  std::optional<data::OutputFile> file = {};  ///< written, to be committed
  std::optional<RowDiagnostics> diagnostics = {};
  ScoreSample sample = {};  ///< at most 2000 rows, evenly spaced
};

/// Goes through the table of `rows` rows again, in the store if that holds it.
/// Throws: what TableReader and OutputFile throw.
SecondReading read_again(TableInput& input, const stats::Pca& pca, std::int64_t rows,
                         const SecondReadingOptions& options, TableStore& store,
                         const RunControl& run);

}  // namespace mathtool::cli
