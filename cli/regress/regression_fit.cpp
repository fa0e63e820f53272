#include "cli/regress/regression_fit.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <atomic>
#include <cmath>

#include "cli/kept_memory.hpp"
#include "mathtool/math/constants.hpp"
#include "mathtool/math/error.hpp"

namespace mathtool::cli {
namespace {

using stats::Covariance;
using stats::Design;
using stats::ResponseFamily;

/// Rows, and rows · columns², up to which a fit takes the rows themselves: a tenth of a second.
constexpr Index most_rows = 50'000;
constexpr double most_factorized = 1.5e7;

std::vector<std::string_view> all_cells(const data::TextCells& texts) {
  std::vector<std::string_view> cells(static_cast<std::size_t>(texts.size()));
  for (Index i = 0; i < texts.size(); ++i) cells[static_cast<std::size_t>(i)] = texts[i];
  return cells;
}

std::vector<std::vector<std::string>> find_levels(const stats::ModelFrame& frame, ModelRows& rows) {
  stats::FactorLevels all(frame);
  rows.pass(
      [&](const TableRows& block) {
        stats::FactorLevels part(frame);
        const std::vector<std::string_view> cells = all_cells(block.texts);
        part.push({block.numbers, cells});
        return part;
      },
      [&](stats::FactorLevels&& part) { all.merge(part); });
  return all.sorted();
}

/// Whether the response is one that the family can have, as far as its type tells.
void require_response_type(const stats::ModelFrame& frame, ResponseFamily family) {
  using Kind = stats::ModelFrame::Variable::Kind;
  const stats::ModelFrame::Variable& response = frame.response();
  if (response.kind != Kind::factor) return;
  require(family == ResponseFamily::binomial,
          "the response '{}' is {}; --family binomial explains one of two levels", response.label,
          response.text ? "text" : "a factor");
}

void require_two_levels(const Design& design) {
  const std::vector<std::string>& levels = design.response_levels();
  if (design.frame().response().kind != stats::ModelFrame::Variable::Kind::factor) return;
  require<InsufficientDataError>(levels.size() == 2,
                                 "the response '{}' has {} level{} in the rows that are used; a "
                                 "binomial regression needs two",
                                 design.frame().response().label, levels.size(),
                                 levels.size() == 1 ? "" : "s");
}

/// Rows of a design in one piece.
struct GatheredRows {
  Mat raw = {};
  Vec y = {}, weights = {};
};

/// Blocks of rows while they are few enough to be factorised.
class FewRows {
 public:
  explicit FewRows(Index columns)
      : cost_(static_cast<double>(columns) * static_cast<double>(columns)) {}

  bool wanted() const { return wanted_; }
  void keep(ModelBlock&& block) {
    rows_ += block.rows.y.size();
    if (rows_ > most_rows || static_cast<double>(rows_) * cost_ > most_factorized) wanted_ = false;
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
    const bool weighted = !blocks_.empty() && blocks_.front().weights.size() > 0;
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

/// What the first pass behind the levels gathers.
struct FirstSums {
  std::vector<Covariance> folds;
  Index undefined = 0;
};

class RegressionFitter {
 public:
  RegressionFitter(Design&& design, ModelRows& rows, const RegressionRequest& request)
      : rows_(rows), request_(request), fit_{.design = std::move(design)} {
    fit_.family = request.family;
    fit_.robust = request.robust;
  }

  RegressionFit fit() {
    const auto p = static_cast<double>(fit_.design.columns());
    require(p > 0, "the formula has neither terms nor an intercept: nothing is to be fitted");
    const int folds = request_.penalty.by_cross_validation() ? request_.penalty.folds : 1;
    require_memory(p * p * (folds + 2.0), request_.memory,
                   fmt::format("sums over {} coefficients", fit_.design.columns()),
                   "allow more with --memory, or leave out a factor of many levels");
    FewRows few(fit_.design.columns());
    const FirstSums sums = first_pass(folds, few);
    note_undefined(sums.undefined);
    require_rows_for_levels(sums.folds);
    if (request_.penalty.given())
      fit_penalized(sums.folds);
    else if (request_.family == ResponseFamily::gaussian)
      fit_linear(sums.folds.front(), few);
    else
      fit_generalized(sums.folds.front(), few);
    note_aliased();
    return std::move(fit_);
  }

 private:
  FirstSums first_pass(int folds, FewRows& few) {
    const Design& design = fit_.design;
    const Index width = design.columns() - (design.intercept() ? 1 : 0) + 1;
    FirstSums all{std::vector<Covariance>(static_cast<std::size_t>(folds), Covariance(width)), 0};
    struct Part {
      std::vector<Covariance> folds;
      ModelBlock block;
    };
    const bool by_rows = !request_.penalty.given();
    rows_.pass(
        [&](const TableRows& rows) {
          Part part{std::vector<Covariance>(static_cast<std::size_t>(folds), Covariance(width)),
                    {}};
          const bool keep = by_rows && few.wanted();
          if (folds == 1 && design.is_plain()) {
            if (rows.rows() > 0) part.folds[0].push_block(RowMatRef(rows.numbers), rows.weights);
            if (keep) part.block = evaluate_rows(design, rows);
            return part;
          }
          part.block = evaluate_rows(design, rows);
          push(rows.first_row, part.block, part.folds);
          if (!keep) part.block.rows = {};
          return part;
        },
        [&](Part&& part) {
          for (std::size_t f = 0; f < all.folds.size(); ++f) all.folds[f].merge(part.folds[f]);
          all.undefined += part.block.undefined;
          if (by_rows && few.wanted()) few.keep(std::move(part.block));
        });
    Index used = 0;
    for (const Covariance& fold : all.folds) used += fold.count();
    require<InsufficientDataError>(used > 0, "no row is left to fit{}",
                                   all.undefined > 0 ? ": an expression has no value in any" : "");
    return all;
  }

  /// Says where too many coefficients come from: a column of names, one for each row.
  void require_rows_for_levels(const std::vector<Covariance>& folds) const {
    std::int64_t rows = 0;
    for (const Covariance& fold : folds) rows += fold.count();
    if (request_.penalty.given() || rows >= fit_.design.columns()) return;
    const auto factors = fit_.design.frame().factors();
    for (std::size_t f = 0; f < factors.size(); ++f)
      require<InsufficientDataError>(
          2 * std::ssize(fit_.design.levels()[f]) <= rows,
          "factor '{}' has {} levels in {} rows, too many to be fitted; take it out with - {}",
          factors[f]->label, fit_.design.levels()[f].size(), rows, factors[f]->source);
  }

  void push(std::int64_t first_row, const ModelBlock& block, std::vector<Covariance>& folds) const {
    const RowMat all = with_response(fit_.design, block.rows);
    if (all.rows() == 0) return;
    if (folds.size() == 1) return folds[0].push_block(RowMatRef(all), block.weights);
    const std::vector<int> fold_of =
        assign_folds(all.rows(), static_cast<int>(folds.size()), request_.seed, first_row);
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

  void fit_linear(const Covariance& sums, FewRows& few) {
    const Design& design = fit_.design;
    if (few.wanted()) {
      const GatheredRows all = few.gather();
      fit_.linear = stats::fit_linear(all.raw, design.products(), all.y, all.weights,
                                      {.stop = request_.stop});
    } else {
      fit_.linear = stats::fit_linear(sums, design.intercept());
      if (!is_precise(*fit_.linear)) fit_.linear = fit_doubled(sums);
    }
    fit_.method = to_string(fit_.linear->method);
    fit_.standard_errors = fit_.linear->standard_errors;
    fit_.f_statistic = fit_.linear->f_statistic;
    if (fit_.robust) make_robust();
    finish(fit_.linear->predictor);
    if (!(fit_.linear->df_residual > 0))
      fit_.notes.emplace_back(
          "as many coefficients as rows: the fit is exact and says nothing of their spread");
  }

  /// A second look at rows whose columns are too alike for sums in double precision.
  stats::LinearRegression fit_doubled(const Covariance& sums) {
    const Design& design = fit_.design;
    Vec shift = Vec::Zero(design.columns() + 1);
    if (design.intercept()) shift.tail(shift.size() - 1) = sums.mean();
    const stats::DoubledGram empty(design.products(), shift);
    stats::DoubledGram all = empty;
    rows_.pass(
        [&](const TableRows& rows) {
          const ModelBlock block = evaluate_rows(design, rows);
          stats::DoubledGram part = empty;
          part.push(block.rows.raw, block.rows.y, block.weights);
          return part;
        },
        [&](stats::DoubledGram&& part) { all.merge(part); });
    return stats::fit_linear(all, design.intercept());
  }

  void make_robust() {
    const Design& design = fit_.design;
    const stats::LinearRegression& linear = *fit_.linear;
    stats::RobustSums all(*fit_.robust, linear);
    rows_.pass(
        [&](const TableRows& rows) {
          const ModelBlock block = evaluate_rows(design, rows);
          Vec residuals(block.rows.y.size());
          for (Index i = 0; i < residuals.size(); ++i) {
            const Vec raw = block.rows.raw.row(i);
            residuals[i] = stats::doubled_residual(block.rows.y[i], linear.predictor.coefficients,
                                                   raw, design.products());
          }
          stats::RobustSums part(*fit_.robust, linear);
          part.push(design.expand(block.rows.raw), residuals, block.weights);
          return part;
        },
        [&](stats::RobustSums&& part) { all.merge(part); });
    fit_.standard_errors = all.covariance().diagonal().cwiseSqrt();
    for (const Index j : linear.aliased) fit_.standard_errors[j] = not_a_number;
    fit_.f_statistic = all.f_statistic();
    if (fit_.standard_errors.hasNaN() && linear.aliased.empty())
      fit_.notes.push_back(
          fmt::format("a row of leverage 1 leaves {} standard errors undefined; HC1 has them",
                      to_string(*fit_.robust)));
  }

  void fit_generalized(const Covariance& sums, FewRows& few) {
    const Design& design = fit_.design;
    const stats::GeneralizedOptions options{.stop = request_.stop};
    if (few.wanted()) {
      const GatheredRows all = few.gather();
      fit_.generalized = stats::fit_generalized(request_.family, all.raw, design.products(), all.y,
                                                all.weights, options);
      fit_.method = "reweighted least squares by QR in doubled precision";
    } else {
      const Index p = design.columns(), first = design.intercept() ? 1 : 0;
      const stats::CovarianceEstimate estimate = sums.estimate();
      Vec centre = Vec::Zero(p), scale = Vec::Ones(p);
      for (Index j = first; j < p; ++j) {
        const double sd = std::sqrt(estimate.matrix(j - first, j - first));
        if (first == 1) centre[j] = estimate.mean[j - first];
        if (sd > 0) scale[j] = sd;
      }
      const auto pass = [&](const stats::ScoringSums::Point& point) {
        stats::ScoringSums all(point);
        rows_.pass(
            [&](const TableRows& rows) {
              const ModelBlock block = evaluate_rows(design, rows);
              stats::ScoringSums part(point);
              part.push(design.expand(block.rows.raw), block.rows.y, block.weights);
              return part;
            },
            [&](stats::ScoringSums&& part) { all.merge(part); });
        return all;
      };
      fit_.generalized =
          stats::fit_generalized(request_.family, centre, scale, design.intercept(), pass, options);
      fit_.method = "reweighted least squares by sums over rows";
    }
    fit_.standard_errors = fit_.generalized->standard_errors;
    finish(fit_.generalized->predictor);
  }

  void fit_penalized(const std::vector<Covariance>& folds) {
    const bool intercept = fit_.design.intercept();
    Covariance all = folds.front();
    for (std::size_t f = 1; f < folds.size(); ++f) all.merge(folds[f]);
    const std::vector<stats::Penalty> path = request_.penalty.path(all, intercept);
    stats::Penalty chosen = path.front();
    if (request_.penalty.by_cross_validation()) {
      for (const Covariance& fold : folds)
        require<InsufficientDataError>(fold.weight() > 0,
                                       "{} rows are too few for {} folds; give fewer with --folds",
                                       all.count(), folds.size());
      fit_.validation = stats::cross_validate(folds, intercept, path);
      chosen = path[static_cast<std::size_t>(fit_.validation->best)];
      std::vector<stats::Penalty> line = path;  // of a grid the line through the best
      if (chosen.l1 > 0)
        std::erase_if(line, [&](const stats::Penalty& other) { return other.l2 != chosen.l2; });
      fit_.path = stats::fit_penalized_path(all, intercept, line);
      note_edge();
    } else if (request_.path && chosen.l1 > 0) {
      std::vector<stats::Penalty> line;
      for (const double l1 : stats::lasso_path(all, intercept))
        line.push_back({.l1 = l1, .l2 = chosen.l2});
      fit_.path = stats::fit_penalized_path(all, intercept, line);
    } else if (request_.path) {
      std::vector<stats::Penalty> line;
      for (const double l2 : stats::ridge_path()) line.push_back({.l1 = 0, .l2 = l2});
      fit_.path = stats::fit_penalized_path(all, intercept, line);
    }
    fit_.penalized = stats::fit_penalized(all, intercept, chosen);
    fit_.method = "coordinate descent";
  }

  void note_edge() {
    const stats::CrossValidation& cv = *fit_.validation;
    if (cv.best == 0 && cv.penalties.size() > 1)
      fit_.notes.emplace_back(
          "the strongest penalty tried predicts best: the terms hardly help to predict");
  }

  void finish(const stats::LinearPredictor& predictor) {
    if (request_.vif) fit_.vif = stats::variance_inflation(predictor, fit_.design.term_of());
  }

  void note_undefined(Index undefined) {
    fit_.undefined = undefined;
    if (undefined > 0)
      fit_.notes.push_back(fmt::format("{} row{} left out where an expression has no value",
                                       undefined, undefined == 1 ? "" : "s"));
  }

  void note_aliased() {
    for (const Index j : fit_.aliased())
      fit_.notes.push_back(fmt::format(
          "'{}' {} and was left out", fit_.design.names()[static_cast<std::size_t>(j)],
          fit_.penalized ? "does not vary" : "is a combination of the columns before it"));
  }

  ModelRows& rows_;
  const RegressionRequest& request_;
  RegressionFit fit_;
};

}  // namespace

ModelBlock evaluate_rows(const Design& design, const TableRows& rows) {
  const std::vector<std::string_view> cells = all_cells(rows.texts);
  ModelBlock block{design.evaluate({rows.numbers, cells}), {}, 0};
  block.undefined = rows.rows() - std::ssize(block.rows.rows);
  if (rows.weights.size() > 0) block.weights = Vec(rows.weights(block.rows.rows));
  return block;
}

RegressionFit fit_regression(const stats::ModelFrame& frame, ModelRows& rows,
                             const RegressionRequest& request) {
  require_response_type(frame, request.family);
  std::vector<std::vector<std::string>> levels;
  if (!frame.factors().empty()) levels = find_levels(frame, rows);
  for (const auto& of_factor : levels)
    require<InsufficientDataError>(!of_factor.empty(), "no row is left to fit");
  Design design(frame, std::move(levels));
  require_two_levels(design);
  return RegressionFitter(std::move(design), rows, request).fit();
}

const Vec& RegressionFit::coefficients() const {
  if (linear) return linear->predictor.coefficients;
  return generalized ? generalized->predictor.coefficients : penalized->coefficients;
}

std::vector<Index> RegressionFit::aliased() const {
  if (linear) return linear->aliased;
  return generalized ? generalized->aliased : penalized->constant;
}

const stats::LinearPredictor* RegressionFit::predictor() const {
  if (linear) return &linear->predictor;
  return generalized ? &generalized->predictor : nullptr;
}

double RegressionFit::observations() const {
  if (linear) return linear->observations;
  return generalized ? generalized->observations : penalized->observations;
}

double RegressionFit::residual_sd() const {
  if (linear) return linear->residual_sd;
  return penalized && df_residual() > 0 ? std::sqrt(penalized->rss / df_residual()) : not_a_number;
}

double RegressionFit::df_residual() const {
  if (linear) return linear->df_residual;
  if (generalized) return generalized->df_residual;
  return penalized->observations - penalized->df - (penalized->intercept ? 1 : 0);
}

Status RegressionFit::status() const {
  if (linear) return linear->status;
  return generalized ? generalized->status : penalized->status;
}

std::string RegressionFit::reason() const {
  if (linear) return linear->reason;
  return generalized ? generalized->reason : penalized->reason;
}

stats::RegressionModel RegressionFit::model(
    const std::vector<stats::FormulaColumn>& columns) const {
  stats::RegressionModel model{.family = family,
                               .formula = design.frame().formula(),
                               .columns = columns,
                               .levels = design.levels(),
                               .names = design.names()};
  if (const stats::LinearPredictor* known = predictor()) {
    model.predictor = *known;
  } else {
    model.penalized = true;
    model.predictor.intercept = design.intercept();
    model.predictor.coefficients = penalized->coefficients;
    model.predictor.weight = penalized->observations;
  }
  model.observations = observations();
  model.residual_sd = residual_sd();
  model.df_residual = df_residual();
  return model;
}

}  // namespace mathtool::cli
