#include "cli/regress/regression_fit.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <cmath>

#include "cli/kept_memory.hpp"
#include "cli/regress/gathered_sums.hpp"
#include "mathtool/math/constants.hpp"
#include "mathtool/math/error.hpp"

namespace mathtool::cli {
namespace {

using stats::Covariance;
using stats::Design;
using stats::ResponseFamily;

std::vector<std::vector<std::string>> find_levels(const stats::ModelFrame& frame, ModelRows& rows) {
  stats::FactorLevels all(frame);
  rows.pass(
      [&](const TableRows& block) {
        stats::FactorLevels part(frame);
        const std::vector<std::string_view> cells = text_cells(block.texts);
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

int fold_count(const RegressionRequest& request) {
  return request.penalty.by_cross_validation() ? request.penalty.folds : 1;
}

/// Before any column is made.
void require_memory_for_sums(double p, const RegressionRequest& request) {
  require_memory(p * p * (fold_count(request) + 2.0), request.memory,
                 fmt::format("sums over {} coefficients", p),
                 "allow more with --memory, or leave out a factor of many levels");
}

class RegressionFitter {
 public:
  RegressionFitter(Design&& design, ModelRows& rows, const RegressionRequest& request)
      : rows_(rows), request_(request), fit_{.design = std::move(design)} {
    fit_.family = request.family;
    fit_.robust = request.robust;
  }

  RegressionFit fit() {
    require(fit_.design.columns() > 0,
            "the formula has neither terms nor an intercept: nothing is to be fitted");
    const int folds = fold_count(request_);
    GatheredSums sums =
        gather_sums(fit_.design, rows_,
                    {.folds = folds, .seed = request_.seed, .keep_few = !request_.penalty.given()});
    note_undefined(sums.undefined);
    require_rows_for_levels(sums.folds);
    if (request_.penalty.given())
      fit_penalized(sums.folds);
    else if (request_.family == ResponseFamily::gaussian)
      fit_linear(sums);
    else
      fit_generalized(sums);
    note_aliased();
    return std::move(fit_);
  }

 private:
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

  void fit_linear(const GatheredSums& sums) {
    const Design& design = fit_.design;
    if (sums.few) {
      fit_.linear = stats::fit_linear(sums.few->raw, design.products(), sums.few->y,
                                      sums.few->weights, {.stop = request_.stop});
    } else {
      fit_.linear = stats::fit_linear(sums.folds.front(), design.intercept());
      if (fit_.linear->status == Status::converged && !is_precise(*fit_.linear))
        fit_.linear = fit_doubled(sums.folds.front());
    }
    fit_.method = to_string(fit_.linear->method);
    fit_.standard_errors = fit_.linear->standard_errors;
    fit_.f_statistic = fit_.linear->f_statistic;
    if (fit_.robust) make_robust();
    finish(fit_.linear->predictor);
    if (!(fit_.linear->df_residual > 0))
      fit_.notes.emplace_back(
          "as many coefficients as rows: the fit is exact and says nothing of their spread");
    else if (fit_.linear->status == Status::converged &&
             fit_.linear->rss <= 1e-28 * fit_.linear->tss)
      fit_.notes.emplace_back(
          "the fit is perfect up to rounding: standard errors and p-values say nothing");
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
    fit_.standard_errors = all.standard_errors();
    for (const Index j : linear.aliased) fit_.standard_errors[j] = not_a_number;
    fit_.f_statistic = all.f_statistic();
    if (fit_.standard_errors.hasNaN() && linear.aliased.empty())
      fit_.notes.push_back(fmt::format("a row of leverage 1 leaves {} standard errors undefined{}",
                                       to_string(*fit_.robust),
                                       linear.df_residual > 0 ? "; HC1 has them" : ""));
  }

  void fit_generalized(const GatheredSums& sums) {
    const Design& design = fit_.design;
    const stats::GeneralizedOptions options{.stop = request_.stop};
    if (sums.few) {
      fit_.generalized = stats::fit_generalized(request_.family, sums.few->raw, design.products(),
                                                sums.few->y, sums.few->weights, options);
      fit_.method = "reweighted least squares by QR in doubled precision";
    } else {
      const Index p = design.columns(), first = design.intercept() ? 1 : 0;
      const stats::CovarianceEstimate estimate = sums.folds.front().estimate();
      Vec centre = Vec::Zero(p), scale = Vec::Ones(p);
      for (Index j = first; j < p; ++j) {
        const double sd = std::sqrt(estimate.matrix(j - first, j - first));
        if (first == 1) centre[j] = estimate.mean[j - first];
        if (sd > 0) scale[j] = sd;
      }
      const auto pass = [&](const stats::ScoringSums::Point& point) {
        stats::ScoringSums all(point, design.products());
        rows_.pass(
            [&](const TableRows& rows) {
              const ModelBlock block = evaluate_rows(design, rows);
              stats::ScoringSums part(point, design.products());
              part.push(block.rows.raw, design.products(), block.rows.y, block.weights);
              return part;
            },
            [&](stats::ScoringSums&& part) { all.merge(part); });
        return all;
      };
      fit_.generalized =
          stats::fit_generalized(request_.family, centre, scale, design.intercept(), pass, options);
      fit_.method = "reweighted least squares by sums over rows";
    }
    if (fit_.generalized->fractions)
      fit_.notes.emplace_back(
          "some counts are fractions: the coefficients are right for a mean, log-likelihood, AIC "
          "and BIC are not those of counts");
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

RegressionFit fit_regression(const stats::ModelFrame& frame, ModelRows& rows,
                             const RegressionRequest& request) {
  std::vector<std::vector<std::string>> levels;
  if (!frame.factors().empty()) levels = find_levels(frame, rows);
  for (const auto& of_factor : levels)
    require<InsufficientDataError>(!of_factor.empty(), "no row is left to fit");
  require_response_type(frame, request.family);  // a column without any value counts as text
  require_memory_for_sums(Design::count_columns(frame, levels), request);
  Design design(frame, std::move(levels));
  require_two_levels(design);
  return RegressionFitter(std::move(design), rows, request).fit();
}

}  // namespace mathtool::cli
