#include "cli/pca/gathered_table.hpp"
#include "cli/covariance/pairwise_repair.hpp"
#include "cli/input_report.hpp"

#include <fmt/core.h>

#include <cmath>
#include <utility>

#include "cli/kept_memory.hpp"
#include "cli/table_pass.hpp"
#include "mathtool/math/error.hpp"
#include "mathtool/stats/accumulators/moments.hpp"
#include "mathtool/stats/accumulators/pairwise_covariance.hpp"

namespace mathtool::cli {
namespace {

using data::MissingPolicy;
using stats::PcaSolver;

/// What is gathered of one group: rows while there are no more of them than columns, or for good
/// where the solver needs them; a covariance otherwise.
class RowsOrCovariance {
 public:
  struct Settings {
    bool keep_always = false;  ///< the solver works on rows
    bool keep = true;          ///< while there are no more rows than columns
    std::int64_t memory = 0;
    int threads = 1;
  };

  RowsOrCovariance() = default;
  RowsOrCovariance(Index columns, const Settings& settings)
      : columns_(columns),
        settings_(settings),
        keeping_(settings.keep),
        covariance_(columns, settings.threads) {
    if (!keeping_) require_matrix_memory();
  }

  void push(TableRows&& rows) {
    count_ += rows.rows();
    if (multiplies_always()) covariance_.push_block(rows.numbers, rows.weights);
    if (keeping_) kept_.push_back(std::move(rows.numbers));
  }

  void merge(RowsOrCovariance&& other) {
    count_ += other.count_;
    if (multiplies_always()) covariance_.merge(other.covariance_);
    for (RowMat& rows : other.kept_) kept_.push_back(std::move(rows));
    if (settings_.keep_always || (keeping_ && count_ <= columns_))
      require_kept_memory();
    else
      stop_keeping();
  }

  void finish(GatheredTable& table) {
    table.observations = count_;
    if (!keeping_) {
      table.covariance = std::move(covariance_).estimate();
      table.observations = table.covariance.observations;
      return;
    }
    Mat rows(count_, columns_);
    Index next = 0;
    for (RowMat& block : kept_) {
      rows.middleRows(next, block.rows()) = block;
      next += block.rows();
      block.resize(0, 0);
    }
    table.rows = std::move(rows);
  }

 private:
  /// Products of narrow rows cost so little that they are formed even while rows are kept.
  bool multiplies_always() const {
    return !settings_.keep || (columns_ <= stats::Covariance::narrow && !settings_.keep_always);
  }

  void require_matrix_memory() const {
    const double p = static_cast<double>(columns_);
    require_memory(p * p, settings_.memory,
                   fmt::format("a covariance matrix of {0} x {0}", columns_));
  }

  void require_kept_memory() const {
    require_memory(static_cast<double>(count_) * static_cast<double>(columns_), settings_.memory,
                   fmt::format("keeping {} or more rows of {} numbers", count_, columns_));
  }

  void stop_keeping() {
    if (keeping_) require_matrix_memory();
    for (const RowMat& rows : kept_)
      if (!multiplies_always()) covariance_.push_rows(rows);
    kept_.clear();
    keeping_ = false;
  }

  Index columns_ = 0;
  Settings settings_ = {};
  bool keeping_ = true;
  std::int64_t count_ = 0;
  stats::Covariance covariance_ = {};
  std::vector<RowMat> kept_ = {};
};

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
  if (table.observations < 2) return;
  table.covariance =
      input.missing == MissingPolicy::pairwise ? pairs.pairwise() : pairs.mean_imputed();
  require_pairs(table.covariance, input);
  if (input.missing != MissingPolicy::pairwise) return;
  const std::string note = repair_pairwise(table.covariance.matrix, "covariance");
  if (!note.empty()) table.notes.push_back(note);
}

/// One group, or why it cannot be analysed.
GatheredTable finished(const std::vector<std::string>& levels, const TableInput& input,
                       const data::RowCount& count, FunctionRef<void(GatheredTable&)> finish) {
  GatheredTable table{.levels = levels, .columns = input.numeric};
  try {
    finish(table);
  } catch (const InsufficientDataError& error) { table.problem = error.what(); }
  if (table.observations >= 2) return table;
  std::string without;
  if (levels.empty() && count.filtered > 0)
    without = fmt::format(" ({})", describe_filtered(count));
  else if (levels.empty() && count.used < count.read)
    without =
        fmt::format(" ({} of {} dropped for missing values)", count.read - count.used, count.read);
  table.problem = fmt::format(
      "{} has {} usable row{}{}; a principal component analysis needs at least 2",
      input.reader.name(), table.observations, table.observations == 1 ? "" : "s", without);
  return table;
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

void GatheredTable::keep_columns(const std::vector<Index>& places) {
  std::vector<Index> kept;
  for (const Index j : places) kept.push_back(columns[static_cast<std::size_t>(j)]);
  columns = std::move(kept);
  if (rows) {
    rows = Mat((*rows)(Eigen::all, places));
    return;
  }
  covariance.mean = Vec(covariance.mean(places));
  covariance.matrix = Mat(covariance.matrix(places, places));
}

GatheredTables gather(TableInput& input, PcaSolver solver, std::int64_t memory, TableStore* store,
                      const RunControl& run) {
  const Index p = std::ssize(input.numeric);
  const bool by_rows = solver == PcaSolver::svd || solver == PcaSolver::randomized;
  require(input.missing != MissingPolicy::pairwise || !by_rows,
          "--missing pairwise gives a covariance matrix and no rows: use --solver covariance");
  require(!input.weights || !by_rows,
          "--weights gives a covariance matrix and no rows: use --solver covariance");

  const bool may_miss =
      input.missing == MissingPolicy::pairwise || input.missing == MissingPolicy::mean;
  const PassOptions options{.texts = store != nullptr};
  GatheredTables tables;
  if (may_miss && !by_rows) {
    require_memory(5.0 * static_cast<double>(p) * static_cast<double>(p), memory,
                   fmt::format("a pairwise covariance matrix of {0} x {0}", p));
    auto pairs = gather_groups(
        input, stats::PairwiseCovariance(p),
        [](stats::PairwiseCovariance& part, TableRows&& rows) {
          part.push_rows(rows.numbers, rows.weights);
        },
        options, run, store);
    tables.count = std::move(pairs.count);
    for (const auto& group : pairs.groups.groups())
      tables.groups.push_back(finished(group.key, input, tables.count, [&](GatheredTable& table) {
        table.observations = group.value.count();
        finish_pairs(group.value, input, table);
      }));
  } else {
    const RowsOrCovariance::Settings settings{
        .keep_always = by_rows,
        .keep = solver != PcaSolver::covariance && !input.weights,
        .memory = memory,
        .threads = run.threads};
    auto gathered = gather_groups(
        input, RowsOrCovariance(p, settings),
        [](RowsOrCovariance& part, TableRows&& rows) { part.push(std::move(rows)); }, options, run,
        store);
    tables.count = std::move(gathered.count);
    for (auto& group : gathered.groups.groups())
      tables.groups.push_back(finished(group.key, input, tables.count, [&](GatheredTable& table) {
        group.value.finish(table);
        if (may_miss && table.observations >= 2) impute_means(*table.rows, input);
      }));
  }
  return tables;
}

}  // namespace mathtool::cli
