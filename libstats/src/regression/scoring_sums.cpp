#include <algorithm>
#include <cmath>

#include "mathtool/math/double_double.hpp"
#include "mathtool/math/error.hpp"
#include "mathtool/math/matrix_products.hpp"
#include "mathtool/stats/regression/generalized_regression.hpp"
#include "regression/fitted_predictor.hpp"
#include "regression/normal_equations.hpp"
#include "regression/response_family.hpp"
#include "regression/response_sums.hpp"
#include "regression/scoring_iteration.hpp"

namespace mathtool::stats {
namespace {

/// η of each row, to the last digits of a double where terms all but cancel.
Vec doubled_predictor(const RowMatRef& raw, std::span<const math::DesignTerm> products,
                      const ScoringSums::Point& point) {
  const Vec slopes = point.b.cwiseQuotient(point.scale);
  Vec eta(raw.rows());
  for (Index i = 0; i < raw.rows(); ++i) {
    math::DoubleDouble sum{};
    for (std::size_t j = 0; j < products.size(); ++j) {
      const auto column = static_cast<Index>(j);
      math::DoubleDouble x{1.0};
      for (const Index k : products[j]) x = x * raw(i, k);
      sum = sum + (x + -point.centre[column]) * slopes[column];
    }
    eta[i] = sum.high;
  }
  return eta;
}

/// What one step of the iteration over sums works out.
struct ScoringStep {
  NormalSolution<double> solution;
  double decrement = 0, first_weight = 0;
  Vec first_means;
};

ScoringStep solve_step(const ScoringSums& sums, const ScoringSums::Point& point,
                       const std::vector<Index>& aliased) {
  const Index p = point.b.size();
  ScoringStep step;
  if (!point.doubled) {
    const Mat& H = sums.information;
    const auto gram = [&](Index i, Index j) {
      if (i == p) return j == p ? 0.0 : sums.gradient[j];
      return i >= j ? H(i, j) : H(j, i);
    };
    step.solution = solve_normal_equations<double>(p, gram, [&](Index j) { return H(j, j); },
                                                   {.squared_tolerance = 1e-13, .apart = aliased});
    for (Index j = 0; j < p; ++j)
      step.decrement += step.solution.coefficients[static_cast<std::size_t>(j)] * sums.gradient[j];
    step.first_weight = H(0, 0);
    step.first_means = H.col(0) / H(0, 0);
    return step;
  }
  using math::DoubleDouble;
  const auto scale = [&](Index j) { return j < p ? point.scale[j] : 1.0; };
  const auto gram = [&](Index i, Index j) {
    return sums.gram.product(i, j) / DoubleDouble{scale(i)} / DoubleDouble{scale(j)};
  };
  auto solved = solve_normal_equations<DoubleDouble>(
      p, gram, [&](Index j) { return gram(j, j).high; }, {.apart = aliased});
  step.solution.kept = std::move(solved.kept);
  step.solution.dependent = std::move(solved.dependent);
  step.solution.root = std::move(solved.root);
  step.solution.least_distance = solved.least_distance;
  step.solution.distances = std::move(solved.distances);
  DoubleDouble decrement{};
  step.first_means.resize(p);
  for (Index j = 0; j < p; ++j) {
    const DoubleDouble& b = solved.coefficients[static_cast<std::size_t>(j)];
    decrement = decrement + b * gram(p, j);
    step.solution.coefficients.push_back(b.high);
    step.first_means[j] = (gram(j, 0) / gram(0, 0)).high;
  }
  step.decrement = decrement.high;
  step.first_weight = gram(0, 0).high;
  return step;
}

}  // namespace

ScoringSums::ScoringSums(const Point& point, std::span<const math::DesignTerm> products)
    : gradient(Vec::Zero(point.b.size())),
      information(Mat::Zero(point.b.size(), point.b.size())),
      point_(point) {
  if (!point.doubled) return;
  Vec shift = Vec::Zero(point.centre.size() + 1);
  shift.head(point.centre.size()) = point.centre;
  gram = DoubledGram({products.begin(), products.end()}, shift);
}

void ScoringSums::push(const RowMatRef& raw, std::span<const math::DesignTerm> products,
                       const VecRef& y, const Vec& weights) {
  const Index n = raw.rows();
  RowMat Z = expand_products(Mat(raw), products);
  Z.rowwise() -= point_.centre.transpose();
  Z.array().rowwise() /= point_.scale.transpose().array();
  const Vec eta = point_.doubled ? doubled_predictor(raw, products, point_) : Vec(Z * point_.b);
  if (point_.step.size() > 0 && n > 0)
    largest_change = std::max(largest_change, (Z * point_.step).cwiseAbs().maxCoeff());
  ResponseSums sums;
  Vec residual(n), root(n), working(n), information_of(n);
  for (Index i = 0; i < n; ++i) {
    require_response(point_.family, y[i]);
    const double w = weights.size() > 0 ? weights[i] : 1.0;
    sums.add(point_.family, y[i], w);
    const double bounded = std::clamp(eta[i], -most_eta, most_eta);
    const RowScore score = row_score(point_.family, y[i], bounded);
    deviance += w * score.deviance;
    residual[i] = w * score.residual;
    information_of[i] = w * score.information;
    root[i] = std::sqrt(information_of[i]);
    working[i] = working_residual(point_.family, y[i], bounded);
  }
  rows += n;
  weight += sums.weight;
  sum_y += sums.sum_y;
  log_terms += sums.log_terms;
  saturated += sums.saturated;
  fractions = fractions || sums.fractions;
  if (point_.doubled) {
    gram.push(raw, working, information_of);
    return;
  }
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
  fractions = fractions || other.fractions;
  gram.merge(other.gram);
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
  ScoringStep solved;
  std::vector<Index> aliased;
  bool first = true, doubled = false;
  const auto evaluate = [&](const Vec& b, const Vec& step) {
    options.stop.check();
    ScoringSums::Point at{family, centre, scale, b, step, doubled};
    ScoringSums sums = pass(at);
    if (first) {
      response = {sums.weight, sums.sum_y, sums.log_terms, sums.saturated, sums.fractions};
      response.require_spread(family);
      require_enough_rows(static_cast<double>(sums.rows), p);
      require_enough_weight(sums.weight, p);
    }
    solved = solve_step(sums, at, aliased);
    if (!doubled && !(solved.solution.least_distance >= 0.1)) {  // as is_precise of a linear fit
      at.doubled = true;
      sums = pass(at);
      solved = solve_step(sums, at, aliased);
    }
    if (first) aliased = solved.solution.dependent;  // and the same columns ever after
    // Of columns that are left out nothing is lost: the others may do without.
    double least = 1;
    for (const double distance : solved.solution.distances) least = std::min(least, distance);
    doubled = at.doubled && least < 0.1;
    first = false;
    ScoringPoint point{.deviance = sums.deviance, .largest_change = sums.largest_change};
    point.step = Eigen::Map<const Vec>(solved.solution.coefficients.data(), p);
    point.decrement = solved.decrement;
    return point;
  };
  iterate_scoring(Vec::Zero(p), evaluate, options, fit);
  fit.aliased = aliased;
  LinearPredictor& predictor = fit.predictor;
  predictor.intercept = intercept;
  predictor.weight = intercept ? solved.first_weight : response.weight;
  predictor.coefficients.array() /= scale.array();
  predictor.centre = Vec::Zero(p);
  if (intercept) {
    math::DoubleDouble constant{predictor.coefficients[0]};
    for (Index j = 1; j < p; ++j)
      constant = constant + math::two_product(-predictor.coefficients[j], centre[j]);
    predictor.coefficients[0] = constant.high;
    predictor.centre = centre + solved.first_means.cwiseProduct(scale);
    predictor.centre[0] = 1;
    predictor.root = solved.solution.root.rightCols(solved.solution.root.cols() - 1);
    predictor.root.row(0).setZero();
  } else {
    predictor.root = solved.solution.root;
  }
  predictor.root.array().colwise() /= scale.array();
  fit.standard_errors = row_norms(predictor.full_root());
  complete(response, fit);
  return fit;
}

}  // namespace mathtool::stats
