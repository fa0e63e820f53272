#pragma once

#include <functional>
#include <string>
#include <vector>

#include "mathtool/data/table_reader.hpp"
#include "mathtool/stats/pca.hpp"

namespace mathtool::cli {

struct ScoreOptions {
  bool whiten = false;
  bool impute_means =
      false;  ///< the model's mean stands in for a missing value; else the row has no scores
  bool diagnostics = false;  ///< T² and Q as two more columns
};

/// Rows of a table with their scores, NaN in rows that lack a value.
struct ScoredRows {
  std::int64_t first_row = 0;
  Index carried = 0;                    ///< text columns
  std::vector<std::string> texts = {};  ///< rows × carried, row after row
  RowMat scores = {};                   ///< rows × k, with diagnostics k + 2

  Index rows() const { return scores.rows(); }
  bool complete(Index row) const;
};

/// PC1 ... PCk, and T2 and Q under diagnostics.
std::vector<std::string> score_names(Index components, const ScoreOptions& options);

/// One pass over the table: `columns` of the schema are those of the model, in its order. `map`
/// works on several blocks at once, `consume` takes its results in the order of the rows.
///
///     map: (ScoredRows&&) → T      consume: (T&&)
template <class Map, class Consume>
void score_rows(data::TableReader& reader, const data::ColumnSelection& columns,
                const stats::Pca& pca, const ScoreOptions& options, Map&& map, Consume&& consume,
                const RunControl& run);

/// The scores of one block of rows.
ScoredRows score_block(data::RowBlock&& block, const stats::Pca& pca, const ScoreOptions& options);

/// Appends rows as lines of text: the carried cells, then the scores, blank where there are none.
void append_lines(std::string& out, const ScoredRows& rows, char delimiter);

/// The line of names above them.
std::string header_line(const std::vector<std::string>& carried,
                        const std::vector<std::string>& scores, char delimiter);

template <class Map, class Consume>
void score_rows(data::TableReader& reader, const data::ColumnSelection& columns,
                const stats::Pca& pca, const ScoreOptions& options, Map&& map, Consume&& consume,
                const RunControl& run) {
  reader.read(
      columns,
      [&](data::RowBlock&& block) { return map(score_block(std::move(block), pca, options)); },
      consume, run);
}

}  // namespace mathtool::cli
