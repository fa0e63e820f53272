#include "mathtool/stats/hypothesis/two_way_anova.hpp"

#include <Eigen/Dense>
#include <cmath>

#include "mathtool/math/compensated_sum.hpp"
#include "significance.hpp"
#include "spread.hpp"
#include "variance_table.hpp"

namespace mathtool::stats {
namespace {

using Cells = Eigen::Array<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;

/// The cells as weights and means about the grand mean.
struct CellMeans {
  Cells weights, means;
  double total = 0, within = 0;
  Index occupied = 0;
};

CellMeans centred_means(std::span<const Moments> cells, Index rows, Index columns) {
  CellMeans result{.weights = Cells::Zero(rows, columns), .means = Cells::Zero(rows, columns)};
  math::CompensatedSum total, within;
  math::DoubleDouble sum, origin;
  for (const Moments& cell : cells) {
    if (!(cell.weight() > 0)) continue;
    require_values(cell, 0);
    if (result.occupied++ == 0) origin = cell.precise_mean();
    sum = sum + (cell.precise_mean() - origin) * cell.weight();
    total += cell.weight();
    within += cell.squares();
  }
  result.total = total.value();
  result.within = within.value();
  if (result.occupied == 0) return result;
  const math::DoubleDouble mean = origin + sum / result.total;
  for (std::size_t c = 0; c < cells.size(); ++c) {
    if (!(cells[c].weight() > 0)) continue;
    result.weights.data()[c] = cells[c].weight();
    result.means.data()[c] = static_cast<double>(cells[c].precise_mean() - mean);
  }
  return result;
}

/// Row and column effects fitted to the means, and how many of them are free.
struct AdditiveFit {
  Cells fitted;
  Index rank;
};

AdditiveFit fit_additive(const CellMeans& cells) {
  const Index rows = cells.means.rows(), columns = cells.means.cols(), p = rows + columns - 1;
  Mat X = Mat::Zero(rows * columns, p);
  Vec y = Vec::Zero(rows * columns);
  for (Index i = 0; i < rows; ++i)
    for (Index j = 0; j < columns; ++j) {
      const double root = std::sqrt(cells.weights(i, j));
      X(i * columns + j, i) = root;
      if (j > 0) X(i * columns + j, rows + j - 1) = root;
      y[i * columns + j] = root * cells.means(i, j);
    }
  const Eigen::ColPivHouseholderQR<Mat> qr(X);
  Vec effects = qr.solve(y);
  effects += qr.solve(y - X * effects);  // one step of refinement
  AdditiveFit fit{Cells(rows, columns), qr.rank()};
  for (Index i = 0; i < rows; ++i)
    for (Index j = 0; j < columns; ++j)
      fit.fitted(i, j) = effects[i] + (j > 0 ? effects[rows + j - 1] : 0.0);
  return fit;
}

/// Σ n (fit − margin)²: what the other factor adds beyond the one whose means are the margins.
template <class Margin>
double squares_beyond(const CellMeans& cells, const Cells& fitted, const Margin& margin) {
  math::CompensatedSum sum;
  for (Index i = 0; i < fitted.rows(); ++i)
    for (Index j = 0; j < fitted.cols(); ++j) {
      const double gap = fitted(i, j) - margin(i, j);
      sum += cells.weights(i, j) * gap * gap;
    }
  return sum.value();
}

void require_levels(Index levels, const std::string& factor) {
  require<InsufficientDataError>(levels >= 2,
                                 "'{}' has {} level{} with values; two are needed at least", factor,
                                 levels, levels == 1 ? "" : "s");
}

}  // namespace

Anova two_way_anova(std::span<const Moments> cells, Index columns, const TwoWayOptions& options) {
  require_level(options.level);
  require<DimensionError>(columns >= 1 && std::ssize(cells) % columns == 0,
                          "two_way_anova: {} cells are no table of {} columns", cells.size(),
                          columns);
  const Index rows = std::ssize(cells) / columns;
  const CellMeans means = centred_means(cells, rows, columns);
  const Eigen::ArrayXd row_weights = means.weights.rowwise().sum();
  const Eigen::ArrayXd column_weights = means.weights.colwise().sum().transpose();
  require_levels((row_weights > 0).count(), options.first);
  require_levels((column_weights > 0).count(), options.second);
  require<InsufficientDataError>((row_weights > 0).all() && (column_weights > 0).all(),
                                 "a level has no value; leave it out");

  const Eigen::ArrayXd row_means = (means.weights * means.means).rowwise().sum() / row_weights;
  const Eigen::ArrayXd column_means =
      (means.weights * means.means).colwise().sum().transpose() / column_weights;
  const AdditiveFit additive = fit_additive(means);
  const auto of_row = [&](Index i, Index) { return row_means[i]; };
  const auto of_column = [&](Index, Index j) { return column_means[j]; };
  const bool marginal = options.sums == SumsOfSquares::marginal;
  const double df_first =
      marginal ? static_cast<double>(additive.rank - columns) : static_cast<double>(rows - 1);
  const double first = marginal ? squares_beyond(means, additive.fitted, of_column)
                                : (row_weights * row_means.square()).sum();
  const double second = squares_beyond(means, additive.fitted, of_row);
  const double interaction =
      squares_beyond(means, means.means, [&](Index i, Index j) { return additive.fitted(i, j); });
  const auto df_interaction = static_cast<double>(means.occupied - additive.rank);
  const double df_within = means.total - static_cast<double>(means.occupied);

  Anova result;
  result.table = {
      {.source = options.first, .df = df_first, .ss = first},
      {.source = options.second, .df = static_cast<double>(additive.rank - rows), .ss = second}};
  const bool replicated = df_within > 0;
  if (replicated && df_interaction > 0)
    result.table.push_back(
        {.source = options.first + ":" + options.second, .df = df_interaction, .ss = interaction});
  const bool pooled = !replicated;  // the interaction is all there is to judge effects by
  result.table.push_back({.source = "residuals",
                          .df = pooled ? df_interaction : df_within,
                          .ss = pooled ? interaction : means.within});
  require<InsufficientDataError>(result.table.back().df > 0,
                                 "nothing is left for the residuals: {} values for {} effects",
                                 means.total, additive.rank);
  require<InsufficientDataError>(result.table.back().ss > 0,
                                 "the values of each cell are all equal: nothing scatters");
  complete_table(result.table);

  const bool has_interaction = replicated && df_interaction > 0;
  const AnovaRow& row = result.table[has_interaction ? 2 : 0];
  result.test = {.method = "two-way analysis of variance",
                 .null_hypothesis = has_interaction ? "the effects of " + options.first + " and " +
                                                          options.second + " add up"
                                                    : options.first + " has no effect",
                 .n = means.total};
  result.test.effect_size.name = "partial eta squared";
  set_f_test(result.test, row, result.table.back(), options.level);
  result.test.estimate_name = "partial eta squared";
  result.test.estimate = result.test.effect_size.value;
  result.test.ci = result.test.effect_size.ci;
  const bool balanced = (means.weights == means.weights(0, 0)).all();
  if (!balanced)
    result.test.notes.push_back(
        marginal ? "cells are unequal: each factor is taken beyond the other (type II)"
                 : "cells are unequal: " + options.second + " is taken beyond " + options.first +
                       ", and the order matters (type I)");
  if (pooled)
    result.test.notes.push_back(
        "no cell has two values: effects are taken to add up, and the interaction is the residual");
  return result;
}

}  // namespace mathtool::stats
