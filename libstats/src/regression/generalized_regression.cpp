#include "mathtool/stats/regression/generalized_regression.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "mathtool/math/closest_match.hpp"
#include "mathtool/math/constants.hpp"
#include "mathtool/math/error.hpp"
#include "mathtool/math/matrix_products.hpp"
#include "p_values.hpp"
#include "regression/fitted_predictor.hpp"
#include "regression/normal_equations.hpp"
#include "regression/response_family.hpp"
#include "regression/scoring_iteration.hpp"

namespace mathtool::stats {
namespace {

constexpr double most_eta = 700;  // exp of it is finite

void require_response(ResponseFamily family, double y) {
  if (family == ResponseFamily::binomial)
    require<InsufficientDataError>(
        y == 0 || y == 1,
        "the response of a binomial regression is 0 or 1, but one is {}; C(y) takes any two values",
        y);
  else
    require<InsufficientDataError>(
        y >= 0, "the response of a Poisson regression is a count, but one is {}", y);
}

/// What the data allow besides the coefficients.
struct ResponseSums {
  double weight = 0, sum_y = 0, log_terms = 0, saturated = 0;

  void add(ResponseFamily family, double y, double w) {
    weight += w;
    sum_y += w * y;
    if (family != ResponseFamily::poisson) return;
    const double log_term = y > 0 ? y * std::log(y) : 0.0;
    log_terms += w * log_term;
    saturated += w * (log_term - y - std::lgamma(y + 1));
  }

  double null_deviance(ResponseFamily family, bool intercept) const {
    if (family == ResponseFamily::binomial) {
      const double share = intercept ? sum_y / weight : 0.5;
      return -2 * (sum_y * std::log(share) + (weight - sum_y) * std::log1p(-share));
    }
    if (!intercept) return 2 * (log_terms - sum_y + weight);
    return 2 * (log_terms - sum_y * std::log(sum_y / weight));
  }

  /// η of the constant model.
  double start(ResponseFamily family) const {
    const double mean = sum_y / weight;
    return family == ResponseFamily::binomial ? std::log(mean / (1 - mean)) : std::log(mean);
  }

  void require_spread(ResponseFamily family) const {
    require<InsufficientDataError>(weight > 0, "no row has a weight above 0");
    require<InsufficientDataError>(
        sum_y > 0 && (family == ResponseFamily::poisson || sum_y < weight),
        "the response is {} in every row: there is nothing to explain", sum_y > 0 ? 1 : 0);
  }
};

void complete(const ResponseSums& sums, GeneralizedRegression& fit) {
  const double rank = static_cast<double>(fit.rank());
  fit.observations = sums.weight;
  fit.df_residual = sums.weight - rank;
  fit.null_deviance = sums.null_deviance(fit.family, fit.predictor.intercept);
  fit.log_likelihood = sums.saturated - fit.deviance / 2;
  fit.aic = -2 * fit.log_likelihood + 2 * rank;
  fit.bic = -2 * fit.log_likelihood + std::log(sums.weight) * rank;
  for (const Index j : fit.aliased) fit.standard_errors[j] = not_a_number;
}

}  // namespace

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
  fit.standard_errors = last.inverse_gram.diagonal().cwiseSqrt();
  complete(sums, fit);
  return fit;
}

ScoringSums::ScoringSums(const Point& point)
    : gradient(Vec::Zero(point.b.size())),
      information(Mat::Zero(point.b.size(), point.b.size())),
      point_(point) {}

void ScoringSums::push(const RowMatRef& X, const VecRef& y, const Vec& weights) {
  const Index n = X.rows();
  RowMat Z = X;
  Z.rowwise() -= point_.centre.transpose();
  Z.array().rowwise() /= point_.scale.transpose().array();
  const Vec eta = Z * point_.b;
  if (point_.step.size() > 0 && n > 0)
    largest_change = std::max(largest_change, (Z * point_.step).cwiseAbs().maxCoeff());
  ResponseSums sums;
  Vec residual(n), root(n);
  for (Index i = 0; i < n; ++i) {
    require_response(point_.family, y[i]);
    const double w = weights.size() > 0 ? weights[i] : 1.0;
    sums.add(point_.family, y[i], w);
    const RowScore score = row_score(point_.family, y[i], std::clamp(eta[i], -most_eta, most_eta));
    deviance += w * score.deviance;
    residual[i] = w * score.residual;
    root[i] = std::sqrt(w * score.information);
  }
  rows += n;
  weight += sums.weight;
  sum_y += sums.sum_y;
  log_terms += sums.log_terms;
  saturated += sums.saturated;
  gradient.noalias() += Z.transpose() * residual;
  Z.array().colwise() *= root.array();
  math::add_gram(Z, information);
}

void ScoringSums::merge(const ScoringSums& other) {
  if (other.rows == 0) return;
  if (rows == 0) {
    *this = other;
    return;
  }
  rows += other.rows;
  weight += other.weight;
  deviance += other.deviance;
  largest_change = std::max(largest_change, other.largest_change);
  sum_y += other.sum_y;
  saturated += other.saturated;
  log_terms += other.log_terms;
  gradient += other.gradient;
  information += other.information;
}

GeneralizedRegression fit_generalized(ResponseFamily family, const Vec& centre, const Vec& scale,
                                      bool intercept,
                                      FunctionRef<ScoringSums(const ScoringSums::Point&)> pass,
                                      const GeneralizedOptions& options) {
  require(family != ResponseFamily::gaussian, "fit_generalized: the gaussian family is fit_linear");
  const Index p = centre.size();
  GeneralizedRegression fit{.family = family};
  ResponseSums response;
  NormalSolution<double> solution;
  double first_weight = 0;
  Vec first_means = Vec::Zero(p);
  std::vector<Index> aliased;
  bool first = true;
  const auto evaluate = [&](const Vec& b, const Vec& step) {
    options.stop.check();
    const ScoringSums sums = pass({family, centre, scale, b, step});
    if (first) {
      response = {sums.weight, sums.sum_y, sums.log_terms, sums.saturated};
      response.require_spread(family);
      require_enough_rows(static_cast<double>(sums.rows), p);
    }
    const Mat& H = sums.information;
    const auto gram = [&](Index i, Index j) {
      if (i == p) return j == p ? 0.0 : sums.gradient[j];
      return i >= j ? H(i, j) : H(j, i);
    };
    solution = solve_normal_equations<double>(p, gram, [&](Index j) { return H(j, j); },
                                              {.squared_tolerance = 1e-13, .apart = aliased});
    if (first) aliased = solution.dependent;  // and the same columns ever after
    first = false;
    first_weight = intercept ? H(0, 0) : sums.weight;
    if (intercept) first_means = H.col(0) / H(0, 0);
    ScoringPoint point{.deviance = sums.deviance, .largest_change = sums.largest_change};
    point.step = Eigen::Map<const Vec>(solution.coefficients.data(), p);
    point.decrement = point.step.dot(sums.gradient);
    return point;
  };
  iterate_scoring(Vec::Zero(p), evaluate, options, fit);
  fit.aliased = aliased;
  LinearPredictor& predictor = fit.predictor;
  predictor.intercept = intercept;
  predictor.weight = first_weight;
  predictor.coefficients.array() /= scale.array();
  predictor.centre = Vec::Zero(p);
  if (intercept) {
    predictor.coefficients[0] -= predictor.coefficients.tail(p - 1).dot(centre.tail(p - 1));
    predictor.centre = centre + first_means.cwiseProduct(scale);
    predictor.centre[0] = 1;
    predictor.root = solution.root.rightCols(solution.root.cols() - 1);
    predictor.root.row(0).setZero();
  } else {
    predictor.root = solution.root;
  }
  predictor.root.array().colwise() /= scale.array();
  fit.standard_errors = predictor.full_root().rowwise().norm();
  complete(response, fit);
  return fit;
}

}  // namespace mathtool::stats
