#include "cli/regress/gathered_sums.hpp"

#include <algorithm>
#include <atomic>
#include <utility>

#include "mathtool/math/error.hpp"
#include "mathtool/stats/splits.hpp"

namespace mathtool::cli {
namespace {

using stats::Covariance;
using stats::Design;

/// Rows, and rows · columns², up to which a fit takes the rows themselves: a tenth of a second.
constexpr Index most_factorized_rows = 50'000;
constexpr double most_factorized = 1.5e7;

/// Blocks of rows while they are few enough to be factorised.
class FewRows {
 public:
  explicit FewRows(Index columns)
      : cost_(static_cast<double>(columns) * static_cast<double>(columns)) {}

  bool wanted() const { return wanted_; }
  void keep(ModelBlock&& block) {
    rows_ += block.rows.y.size();
    if (rows_ > most_factorized_rows || static_cast<double>(rows_) * cost_ > most_factorized)
      wanted_ = false;
    if (wanted_)
      blocks_.push_back(std::move(block));
    else
      blocks_.clear();
  }
  GatheredRows gather() {
    GatheredRows all;
    const Index columns = blocks_.empty() ? 0 : blocks_.front().rows.raw.cols();
    all.raw.resize(rows_, columns);
    all.y.resize(rows_);
    const bool weighted = std::any_of(blocks_.begin(), blocks_.end(), [](const ModelBlock& block) {
      return block.weights.size() > 0;
    });
    if (weighted) all.weights.resize(rows_);
    Index next = 0;
    for (ModelBlock& block : blocks_) {
      const Index n = block.rows.y.size();
      all.raw.middleRows(next, n) = block.rows.raw;
      all.y.segment(next, n) = block.rows.y;
      if (weighted && n > 0) all.weights.segment(next, n) = block.weights;
      next += n;
    }
    blocks_.clear();
    return all;
  }

 private:
  double cost_;
  Index rows_ = 0;
  std::atomic<bool> wanted_ = true;
  std::vector<ModelBlock> blocks_ = {};
};

/// The columns behind the intercept and y, as a covariance takes them.
RowMat with_response(const Design& design, const stats::DesignRows& rows) {
  const RowMat X = design.expand(rows.raw);
  const Index first = design.intercept() ? 1 : 0, slopes = X.cols() - first;
  RowMat all(X.rows(), slopes + 1);
  all.leftCols(slopes) = X.rightCols(slopes);
  all.col(slopes) = rows.y;
  return all;
}

/// Adds a block to its folds.
void push_folds(const Design& design, std::uint64_t seed, std::int64_t first_row,
                const ModelBlock& block, std::vector<Covariance>& folds) {
  const RowMat all = with_response(design, block.rows);
  if (all.rows() == 0) return;
  if (folds.size() == 1) return folds[0].push_block(RowMatRef(all), block.weights);
  const std::vector<Index> fold_of =
      stats::k_fold_block(all.rows(), first_row, {.folds = std::ssize(folds), .seed = seed});
  std::vector<std::vector<Index>> members(folds.size());
  for (Index i = 0; i < all.rows(); ++i)
    members[static_cast<std::size_t>(fold_of[static_cast<std::size_t>(i)])].push_back(i);
  for (std::size_t f = 0; f < folds.size(); ++f) {
    if (members[f].empty()) continue;
    const RowMat part = all(members[f], Eigen::all);
    folds[f].push_block(RowMatRef(part),
                        block.weights.size() > 0 ? Vec(block.weights(members[f])) : Vec());
  }
}

}  // namespace

std::vector<std::string_view> text_cells(const data::TextCells& texts) {
  std::vector<std::string_view> cells(static_cast<std::size_t>(texts.size()));
  for (Index i = 0; i < texts.size(); ++i) cells[static_cast<std::size_t>(i)] = texts[i];
  return cells;
}

ModelBlock evaluate_rows(const Design& design, const TableRows& rows) {
  const std::vector<std::string_view> cells = text_cells(rows.texts);
  ModelBlock block{design.evaluate({rows.numbers, cells}), {}, 0};
  block.undefined = rows.rows() - std::ssize(block.rows.rows);
  if (rows.weights.size() > 0) block.weights = Vec(rows.weights(block.rows.rows));
  return block;
}

GatheredSums gather_sums(const Design& design, ModelRows& rows, const GatherOptions& options) {
  const auto folds = static_cast<std::size_t>(options.folds);
  FewRows few(design.columns());
  const Index width = design.columns() - (design.intercept() ? 1 : 0) + 1;
  GatheredSums all{.folds = std::vector<Covariance>(folds, Covariance(width))};
  struct Part {
    std::vector<Covariance> folds;
    ModelBlock block;
  };
  rows.pass(
      [&](const TableRows& block) {
        Part part{std::vector<Covariance>(folds, Covariance(width)), {}};
        const bool keep = options.keep_few && few.wanted();
        if (folds == 1 && design.is_plain()) {
          if (block.rows() > 0) part.folds[0].push_block(RowMatRef(block.numbers), block.weights);
          if (keep) part.block = evaluate_rows(design, block);
          return part;
        }
        part.block = evaluate_rows(design, block);
        push_folds(design, options.seed, block.first_row, part.block, part.folds);
        if (!keep) part.block.rows = {};
        return part;
      },
      [&](Part&& part) {
        for (std::size_t f = 0; f < all.folds.size(); ++f) all.folds[f].merge(part.folds[f]);
        all.undefined += part.block.undefined;
        if (options.keep_few && few.wanted()) few.keep(std::move(part.block));
      });
  Index used = 0;
  for (const Covariance& fold : all.folds) used += fold.count();
  require<InsufficientDataError>(used > 0, "no row is left to fit{}",
                                 all.undefined > 0 ? ": an expression has no value in any" : "");
  if (options.keep_few && few.wanted()) all.few = few.gather();
  return all;
}

}  // namespace mathtool::cli
