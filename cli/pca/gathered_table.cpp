#include "cli/pca/gathered_table.hpp"

#include <fmt/core.h>

#include <cmath>
#include <utility>

#include "mathtool/math/error.hpp"
#include "mathtool/stats/accumulators/moments.hpp"
#include "mathtool/stats/accumulators/pairwise_covariance.hpp"

namespace mathtool::cli {
namespace {

using data::MissingPolicy;
using data::RowBlock;
using stats::PcaSolver;

std::string in_bytes(double bytes) {
  const double mib = bytes / (1 << 20);
  return mib < 1024 ? fmt::format("{:.0f} MiB", std::ceil(mib))
                    : fmt::format("{:.1f} GiB", mib / 1024);
}

void require_memory(double numbers, std::int64_t memory, const std::string& what) {
  const double bytes = 8 * numbers;
  require<DataError>(bytes <= static_cast<double>(memory),
                     "{} needs {} and --memory allows {}; allow more with --memory, or take fewer "
                     "columns with -c",
                     what, in_bytes(bytes), in_bytes(static_cast<double>(memory)));
}

/// Keeps rows while there are no more of them than columns, or for good where the solver needs
/// them; folds them into a covariance otherwise.
class RowsOrCovariance {
 public:
  RowsOrCovariance(Index columns, PcaSolver solver, std::int64_t memory, int threads)
      : columns_(columns),
        keep_always_(solver == PcaSolver::svd || solver == PcaSolver::randomized),
        keeping_(solver != PcaSolver::covariance),
        memory_(memory),
        covariance_(columns, threads) {
    if (!keeping_) start_covariance();
  }

  void push(RowMat&& rows) {
    const Index count = rows.rows();
    if (keeping_) {
      kept_.push_back(std::move(rows));
      kept_rows_ += count;
      if (keep_always_ || kept_rows_ <= columns_)
        require_kept_memory();
      else
        fold();
    } else {
      covariance_.push_rows(rows);
    }
  }

  void finish(GatheredTable& table) {
    if (!keeping_) {
      table.covariance = covariance_.estimate();
      return;
    }
    Mat rows(kept_rows_, columns_);
    Index next = 0;
    for (RowMat& block : kept_) {
      rows.middleRows(next, block.rows()) = block;
      next += block.rows();
      block.resize(0, 0);
    }
    table.rows = std::move(rows);
  }

 private:
  void require_kept_memory() const {
    require_memory(static_cast<double>(kept_rows_) * static_cast<double>(columns_), memory_,
                   fmt::format("keeping {} or more rows of {} numbers", kept_rows_, columns_));
  }

  void start_covariance() {
    const double p = static_cast<double>(columns_);
    require_memory(p * p, memory_, fmt::format("a covariance matrix of {0} x {0}", columns_));
  }

  void fold() {
    start_covariance();
    for (RowMat& block : kept_) {
      covariance_.push_rows(block);
      block.resize(0, 0);
    }
    kept_.clear();
    keeping_ = false;
  }

  Index columns_;
  bool keep_always_;
  bool keeping_;
  std::int64_t memory_;
  stats::Covariance covariance_;
  std::vector<RowMat> kept_ = {};
  Index kept_rows_ = 0;
};

/// Rows of a block and what was counted of them.
struct CountedRows {
  RowMat rows;
  data::RowCount count;
};

/// Takes a block apart by the policy; under `mean` and `pairwise` missing values stay NaN for now.
CountedRows usable_rows(const TableInput& input, RowBlock&& block) {
  CountedRows result;
  if (input.missing == MissingPolicy::drop) {
    result.count = drop_incomplete_rows(block);
  } else {
    result.count = count_missing(block);
    if (input.missing == MissingPolicy::error) refuse_missing(input, block);
  }
  result.rows = std::move(block.numbers);
  return result;
}

void require_rows(const TableInput& input, const data::RowCount& count) {
  const std::string dropped = count.used < count.read
                                  ? fmt::format(" ({} of {} dropped for missing values)",
                                                count.read - count.used, count.read)
                                  : "";
  require<InsufficientDataError>(
      count.used >= 2, "{} has {} usable row{}{}; a principal component analysis needs at least 2",
      input.reader.name(), count.used, count.used == 1 ? "" : "s", dropped);
}

void impute_means(Mat& rows, const TableInput& input) {
  for (Index j = 0; j < rows.cols(); ++j) {
    stats::Moments present;
    for (const double x : rows.col(j))
      if (!std::isnan(x)) present.push(x);
    if (present.count() == 0)
      throw InsufficientDataError(fmt::format("{}: column '{}' has no value at all",
                                              input.reader.name(),
                                              input.numeric_names()[static_cast<std::size_t>(j)]));
    for (double& x : rows.col(j))
      if (std::isnan(x)) x = present.mean();
  }
}

/// Every pair of columns that never has two values together leaves a hole that nothing can fill.
void require_pairs(const stats::CovarianceEstimate& estimate, const TableInput& input) {
  const std::vector<std::string> names = input.numeric_names();
  for (Index j = 0; j < estimate.matrix.cols(); ++j)
    for (Index i = 0; i <= j; ++i)
      require<InsufficientDataError>(!std::isnan(estimate.matrix(i, j)),
                                     "{}: columns '{}' and '{}' have values together in fewer than "
                                     "2 rows; exclude one with -c",
                                     input.reader.name(), names[static_cast<std::size_t>(i)],
                                     names[static_cast<std::size_t>(j)]);
}

void finish_pairs(const stats::PairwiseCovariance& pairs, const TableInput& input,
                  GatheredTable& table) {
  table.covariance =
      input.missing == MissingPolicy::pairwise ? pairs.pairwise() : pairs.mean_imputed();
  require_pairs(table.covariance, input);
  if (input.missing != MissingPolicy::pairwise || !table.covariance.matrix.allFinite()) return;
  const stats::RepairedCovariance repaired = stats::nearest_covariance(table.covariance.matrix);
  if (repaired.most_negative == 0.0) return;
  table.covariance.matrix = repaired.matrix;
  table.notes.push_back(fmt::format(
      "the pairwise covariance matrix was not positive semidefinite (smallest eigenvalue {:.3g}); "
      "negative eigenvalues were set to 0 and the variances restored",
      repaired.most_negative));
}

}  // namespace

Vec GatheredTable::standard_deviations() const {
  if (!rows) return covariance.matrix.diagonal().cwiseSqrt();
  Vec sd(rows->cols());
  for (Index j = 0; j < sd.size(); ++j) {
    stats::Moments moments;
    moments.push(std::span(rows->col(j).data(), static_cast<std::size_t>(rows->rows())));
    sd[j] = moments.standard_deviation();
  }
  return sd;
}

void GatheredTable::keep_columns(const std::vector<Index>& columns) {
  if (rows) {
    rows = Mat((*rows)(Eigen::all, columns));
    return;
  }
  covariance.mean = Vec(covariance.mean(columns));
  covariance.matrix = Mat(covariance.matrix(columns, columns));
}

GatheredTable gather(TableInput& input, PcaSolver solver, std::int64_t memory,
                     const RunControl& run) {
  const Index p = static_cast<Index>(input.numeric.size());
  const bool by_rows = solver == PcaSolver::svd || solver == PcaSolver::randomized;
  require(input.missing != MissingPolicy::pairwise || !by_rows,
          "--missing pairwise gives a covariance matrix and no rows: use --solver covariance");

  GatheredTable table;
  table.count.missing.assign(input.numeric.size(), 0);
  const auto read = [&](auto push) {
    input.reader.read(
        {.numbers = input.numeric},
        [&](RowBlock&& block) { return usable_rows(input, std::move(block)); },
        [&](CountedRows&& result) {
          table.count.merge(result.count);
          push(std::move(result.rows));
        },
        run);
  };
  const bool may_miss =
      input.missing == MissingPolicy::pairwise || input.missing == MissingPolicy::mean;
  if (may_miss && !by_rows) {
    require_memory(4.0 * static_cast<double>(p) * static_cast<double>(p), memory,
                   fmt::format("a pairwise covariance matrix of {0} x {0}", p));
    stats::PairwiseCovariance pairs(p);
    read([&](RowMat&& rows) { pairs.push_rows(rows); });
    require_rows(input, table.count);
    finish_pairs(pairs, input, table);
  } else {
    RowsOrCovariance gathered(p, solver, memory, run.threads);
    read([&](RowMat&& rows) { gathered.push(std::move(rows)); });
    require_rows(input, table.count);
    gathered.finish(table);
    if (may_miss) impute_means(*table.rows, input);
  }
  return table;
}

}  // namespace mathtool::cli
