#include "cli/pca/second_reading.hpp"

#include <algorithm>
#include <vector>

#include "cli/pca/score_file.hpp"
#include "cli/terminal_text.hpp"
#include "mathtool/stats/pca_diagnostics.hpp"

namespace mathtool::cli {
namespace {

constexpr std::int64_t most_plotted = 2000;

/// Longer names would crowd the key.
bool is_too_long(const std::string& name) { return display_width(name) > 20; }

/// The text column whose values colour the plot: the first with at most eight of them in the
/// sample.
void choose_groups(ScoreSample& sample, const std::vector<std::string>& texts,
                   std::size_t carried) {
  constexpr std::size_t most_groups = 8;
  for (std::size_t column = 0; column < carried; ++column) {
    std::vector<std::string> cells, distinct;
    for (std::size_t i = column; i < texts.size(); i += carried) cells.push_back(texts[i]);
    distinct = cells;
    std::sort(distinct.begin(), distinct.end());
    distinct.erase(std::unique(distinct.begin(), distinct.end()), distinct.end());
    if (distinct.size() < 2 || distinct.size() > most_groups) continue;
    if (std::any_of(distinct.begin(), distinct.end(), is_too_long)) continue;
    sample.groups = std::move(cells);
    return;
  }
}

/// Takes every `stride`-th row of the table into a sample of points and their text cells.
class RowSampler {
 public:
  RowSampler(std::int64_t rows, std::size_t carried)
      : stride_(std::max<std::int64_t>(1, (rows + most_plotted - 1) / most_plotted)),
        carried_(carried) {}

  void take(const ScoredRows& rows) {
    for (Index i = 0; i < rows.rows(); ++i) {
      if ((rows.first_row + i) % stride_ != 0 || !rows.complete(i)) continue;
      sample_.first.push_back(rows.scores(i, 0));
      sample_.second.push_back(rows.scores(i, 1));
      for (Index t = 0; t < rows.carried; ++t)
        texts_.emplace_back(rows.texts[i * rows.carried + t]);
    }
  }

  ScoreSample finish() {
    choose_groups(sample_, texts_, carried_);
    return std::move(sample_);
  }

 private:
  std::int64_t stride_;
  std::size_t carried_;
  ScoreSample sample_ = {};
  std::vector<std::string> texts_ = {};
};

struct FormattedRows {
  ScoredRows rows;
  std::string lines;  ///< for the file, if there is one
};

}  // namespace

SecondReading read_again(TableInput& input, const stats::Pca& pca, std::int64_t rows,
                         const SecondReadingOptions& options, TableStore& store,
                         const RunControl& run) {
  const Index k = pca.output_size();
  SecondReading reading;
  std::optional<ScoreFile> file;
  if (!options.scores_path.empty())
    file.emplace(options.scores_path, input, k, options.scores, rows);
  if (options.scores.diagnostics)
    reading.diagnostics = {.t_squared_limit = stats::t_squared_limit(pca),
                           .q_limit = stats::q_limit(pca)};
  RowSampler sampler(rows, input.carried.size());
  score_rows(
      input, pca, options.scores,
      [&](ScoredRows&& scored) {
        FormattedRows block{std::move(scored), {}};
        if (file) block.lines = file->lines(block.rows);
        return block;
      },
      [&](FormattedRows&& block) {
        if (file) file->write(block.rows, block.lines);
        if (options.sample && k >= 2) sampler.take(block.rows);
        for (Index i = 0; reading.diagnostics && i < block.rows.rows(); ++i) {
          reading.diagnostics->t_squared.push_back(block.rows.scores(i, k));
          reading.diagnostics->q.push_back(block.rows.scores(i, k + 1));
        }
      },
      run, &store);
  if (file) reading.file = file->finish();
  reading.sample = sampler.finish();
  return reading;
}

}  // namespace mathtool::cli
