#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "cli/table_input.hpp"
#include "cli/table_pass.hpp"
#include "cli/table_store.hpp"
#include "mathtool/math/parallel.hpp"
#include "mathtool/stats/pca.hpp"

namespace mathtool::cli {

struct ScoreOptions {
  bool whiten = false;
  bool diagnostics = false;  ///< T² and Q as two more columns
};

/// Rows of a table with their scores, NaN in rows that lack a value.
struct ScoredRows {
  std::int64_t first_row = 0;
  Index carried = 0;           ///< text columns
  data::TextCells texts = {};  ///< rows × carried, row after row
  RowMat scores = {};          ///< rows × k, with diagnostics k + 2
  data::RowCount count = {};   ///< missing cells by column of the model; used: scored

  Index rows() const { return scores.rows(); }
  bool complete(Index row) const;
};

/// PC1 ... PCk, and T2 and Q under diagnostics.
std::vector<std::string> score_names(Index components, const ScoreOptions& options);

/// One pass over the table: `input.numeric` are the columns of the model, in its order. A row that
/// lacks a value has no scores; under MissingPolicy::mean the model's mean stands in, and under
/// MissingPolicy::error it is a DataError. `map` works on several blocks at once, `consume` takes
/// its results in the order of the rows. Where a store holds all rows, they come from there and it
/// is empty afterwards.
///
///     map: (ScoredRows&&) → T      consume: (T&&)
template <class Map, class Consume>
void score_rows(TableInput& input, const stats::Pca& pca, const ScoreOptions& options, Map&& map,
                Consume&& consume, const RunControl& run, TableStore* store = nullptr);

/// The scores of one block of rows.
ScoredRows score_block(const TableInput& input, AllRows&& rows, const stats::Pca& pca,
                       const ScoreOptions& options);

/// The rows of a store with the columns of `input` alone.
AllRows take_from(TableStore& store, std::size_t place, const TableInput& input);

/// Appends rows as lines of text: the carried cells, then the scores, blank where there are none.
void append_lines(std::string& out, const ScoredRows& rows, char delimiter);

/// The line of names above them.
std::string header_line(const std::vector<std::string>& carried,
                        const std::vector<std::string>& scores, char delimiter);

template <class Map, class Consume>
void score_rows(TableInput& input, const stats::Pca& pca, const ScoreOptions& options, Map&& map,
                Consume&& consume, const RunControl& run, TableStore* store) {
  const auto score = [&](AllRows&& rows) {
    return map(score_block(input, std::move(rows), pca, options));
  };
  if (!store || !store->complete()) {
    TablePass(input, {.texts = true}).read_all(score, consume, run);
    return;
  }
  std::size_t next = 0;
  const auto produce = [&] {
    return next < store->blocks().size() ? std::make_unique<std::size_t>(next++) : nullptr;
  };
  math::ordered_pipeline<std::size_t>(
      produce, [&](std::size_t& place) { return score(take_from(*store, place, input)); }, consume,
      run);
}

}  // namespace mathtool::cli
