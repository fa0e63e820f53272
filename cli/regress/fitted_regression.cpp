#include "cli/regress/fitted_regression.hpp"

#include <cmath>

#include "mathtool/math/constants.hpp"

namespace mathtool::cli {

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
