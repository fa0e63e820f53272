#include "mathtool/stats/regression/generalized_regression.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "mathtool/math/closest_match.hpp"
#include "mathtool/math/constants.hpp"
#include "mathtool/math/error.hpp"
#include "p_values.hpp"
#include "regression/fitted_predictor.hpp"
#include "regression/response_family.hpp"
#include "regression/response_sums.hpp"
#include "regression/scoring_iteration.hpp"

namespace mathtool::stats {

std::string_view to_string(ResponseFamily family) {
  switch (family) {
    case ResponseFamily::gaussian: return "gaussian";
    case ResponseFamily::binomial: return "binomial";
    case ResponseFamily::poisson: return "poisson";
  }
  return "?";
}

ResponseFamily parse_response_family(std::string_view word) {
  static const std::array<std::string, 3> names{"gaussian", "binomial", "poisson"};
  for (const auto family :
       {ResponseFamily::gaussian, ResponseFamily::binomial, ResponseFamily::poisson})
    if (word == to_string(family)) return family;
  throw DomainError(fmt::format("no family '{}'{}", word, did_you_mean(word, names)));
}

double response_mean(ResponseFamily family, double eta) {
  switch (family) {
    case ResponseFamily::gaussian: return eta;
    case ResponseFamily::binomial:
      return eta > 0 ? 1 / (1 + std::exp(-eta)) : std::exp(eta) / (1 + std::exp(eta));
    case ResponseFamily::poisson: return std::exp(eta);
  }
  return not_a_number;
}

double GeneralizedRegression::p_value(Index j) const {
  return normal_p_value(predictor.coefficients[j] / standard_errors[j]);
}

GeneralizedRegression fit_generalized(ResponseFamily family, const MatRef& raw,
                                      std::span<const math::DesignTerm> products, const VecRef& y,
                                      const Vec& weights, const GeneralizedOptions& options) {
  require(family != ResponseFamily::gaussian, "fit_generalized: the gaussian family is fit_linear");
  const bool intercept = !products.empty() && products[0].empty();
  const Index n = y.size(), p = std::ssize(products);
  const auto weight = [&](Index i) { return weights.size() > 0 ? weights[i] : 1.0; };
  ResponseSums sums;
  for (Index i = 0; i < n; ++i) {
    require_response(family, y[i]);
    sums.add(family, y[i], weight(i));
  }
  sums.require_spread(family);
  require_enough_rows(static_cast<double>(n), p);
  require_enough_weight(sums.weight, p);

  const Mat X = expand_products(raw, products);
  GeneralizedRegression fit{.family = family};
  Vec start = Vec::Zero(p);
  if (intercept) start[0] = sums.start(family);
  math::LeastSquaresFit last;
  Vec last_weights(n);
  const auto evaluate = [&](const Vec& b, const Vec& step) {
    ScoringPoint point;
    if (step.size() > 0) point.largest_change = (X * step).cwiseAbs().maxCoeff();
    Vec response(n);
    for (Index i = 0; i < n; ++i) {
      // Where a polynomial all but cancels, its value needs more than a double.
      const Vec row = raw.row(i);
      const double eta = std::clamp(-doubled_residual(0, b, row, products), -most_eta, most_eta);
      const RowScore score = row_score(family, y[i], eta);
      point.deviance += weight(i) * score.deviance;
      last_weights[i] = weight(i) * score.information;
      response[i] = working_residual(family, y[i], eta);
    }
    math::LeastSquaresOptions how;
    how.weights = {last_weights.data(), static_cast<std::size_t>(n)};
    how.stop = options.stop;
    last = math::least_squares(raw, products, response, how);
    point.step = last.coefficients;
    const Vec change = X * point.step;
    point.decrement = (last_weights.array() * response.array() * change.array()).sum();
    return point;
  };
  iterate_scoring(start, evaluate, options, fit);
  fit.aliased = last.dependent;
  set_predictor(last, X, last_weights, intercept, fit.predictor);
  fit.standard_errors = row_norms(last.inverse_root);
  complete(sums, fit);
  return fit;
}

}  // namespace mathtool::stats
