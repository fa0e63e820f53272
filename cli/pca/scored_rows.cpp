#include "cli/pca/scored_rows.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <cmath>

#include "mathtool/data/csv_format.hpp"
#include "mathtool/stats/pca_diagnostics.hpp"

namespace mathtool::cli {

bool ScoredRows::complete(Index row) const { return !std::isnan(scores(row, 0)); }

std::vector<std::string> score_names(Index components, const ScoreOptions& options) {
  std::vector<std::string> names;
  for (Index k = 1; k <= components; ++k) names.push_back(fmt::format("PC{}", k));
  if (options.diagnostics) names.insert(names.end(), {"T2", "Q"});
  return names;
}

AllRows take_from(TableStore& store, std::size_t place, const TableInput& input) {
  AllRows rows = std::move(store.blocks()[place]);
  if (store.columns() == input.numeric) return rows;
  std::vector<Index> places;
  for (const Index column : input.numeric) {
    const auto found = std::find(store.columns().begin(), store.columns().end(), column);
    places.push_back(found - store.columns().begin());
  }
  rows.block.numbers = RowMat(rows.block.numbers(Eigen::all, places));
  return rows;
}

ScoredRows score_block(const TableInput& input, AllRows&& rows, const stats::Pca& pca,
                       const ScoreOptions& options) {
  data::RowBlock& block = rows.block;
  for (Index i = 0; i < std::ssize(rows.kept); ++i)
    if (!rows.kept[static_cast<std::size_t>(i)]) block.numbers.row(i).setZero();
  if (input.missing == data::MissingPolicy::error) refuse_missing(input, block);
  Mat X = block.numbers;
  if (input.missing == data::MissingPolicy::mean)
    for (Index j = 0; j < X.cols(); ++j)
      for (double& x : X.col(j))
        if (std::isnan(x)) x = pca.mean[j];
  const Index n = X.rows(), k = pca.output_size();
  ScoredRows result{block.first_row, n > 0 ? block.texts.size() / n : 0, std::move(block.texts),
                    RowMat(n, options.diagnostics ? k + 2 : k), count_missing(block)};
  result.scores.leftCols(k) = pca.project(X, options.whiten);
  if (options.diagnostics) {
    const stats::PcaDiagnostics diagnostics = stats::diagnose(pca, X);
    result.scores.col(k) = diagnostics.t_squared;
    result.scores.col(k + 1) = diagnostics.q;
  }
  // A value too few in one column leaves no score at all, whatever its weight in a component.
  for (Index i = 0; i < n; ++i)
    if (result.scores.row(i).hasNaN() ||
        (!rows.kept.empty() && !rows.kept[static_cast<std::size_t>(i)])) {
      result.scores.row(i).setConstant(std::nan(""));
      --result.count.used;
    }
  return result;
}

void append_lines(std::string& out, const ScoredRows& rows, char delimiter) {
  const Index width = rows.scores.cols();
  for (Index i = 0; i < rows.rows(); ++i) {
    for (Index t = 0; t < rows.carried; ++t) {
      data::append_field(out, rows.texts[i * rows.carried + t], delimiter);
      out += delimiter;
    }
    if (rows.carried == 0 && width == 1 && !rows.complete(i)) out += "\"\"";  // no blank line
    const std::size_t begin = out.size();
    out.resize(begin + static_cast<std::size_t>(width) * (data::number_room + 1));
    char* p = out.data() + begin;
    for (Index j = 0; j < width; ++j) {
      p = data::write_number(p, rows.scores(i, j));
      *p++ = j + 1 < width ? delimiter : '\n';
    }
    out.resize(static_cast<std::size_t>(p - out.data()));
  }
}

std::string header_line(const std::vector<std::string>& carried,
                        const std::vector<std::string>& scores, char delimiter) {
  std::string line;
  for (const auto* names : {&carried, &scores})
    for (const std::string& name : *names) {
      if (!line.empty()) line += delimiter;
      data::append_field(line, name, delimiter);
    }
  return line + "\n";
}

}  // namespace mathtool::cli
