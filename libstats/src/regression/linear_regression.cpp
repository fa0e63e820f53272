#include "mathtool/stats/regression/linear_regression.hpp"

#include <fmt/core.h>

#include <cmath>
#include <numbers>
#include <optional>

#include "mathtool/math/compensated_sum.hpp"
#include "mathtool/math/constants.hpp"
#include "mathtool/math/error.hpp"
#include "mathtool/stats/distributions/f.hpp"
#include "mathtool/stats/distributions/student_t.hpp"
#include "regression/fitted_predictor.hpp"
#include "regression/normal_equations.hpp"

namespace mathtool::stats {
namespace {

using math::CompensatedSum;
using math::DoubleDouble;

constexpr double least_sum = 1e-260;  // squares below lose digits
constexpr std::string_view overflow = "sums of squares overflow; change the units of the columns";
constexpr std::string_view underflow =
    "sums of squares underflow; change the units of the response";

/// Σ w (y − c)², c the mean or 0, to the last digits.
double sum_of_squares_about(const VecRef& y, const Vec& weights, bool about_mean) {
  CompensatedSum total, weight;
  const auto w = [&](Index i) { return weights.size() > 0 ? weights[i] : 1.0; };
  for (Index i = 0; i < y.size(); ++i) {
    const DoubleDouble term = math::two_product(w(i), y[i]);
    total += term.high;
    total += term.low;
    weight += w(i);
  }
  const DoubleDouble mean = about_mean ? total.exact() / weight.exact() : DoubleDouble{};
  CompensatedSum squares;
  for (Index i = 0; i < y.size(); ++i) {
    const DoubleDouble d = DoubleDouble{y[i]} - mean;
    const DoubleDouble square = d * d * w(i);
    if (!std::isfinite(square.high)) return infinity;
    squares += square.high;
    squares += square.low;
  }
  return squares.value();
}

/// Whether the y of weight above 0 differ, or are not 0: their squares may underflow.
bool has_spread(const VecRef& y, const Vec& weights, bool about_mean) {
  std::optional<double> first;
  if (!about_mean) first = 0.0;
  for (Index i = 0; i < y.size(); ++i) {
    if (weights.size() > 0 && !(weights[i] > 0)) continue;
    if (first && y[i] != *first) return true;
    first = y[i];
  }
  return false;
}

void require_spread(double tss, bool intercept) {
  require<InsufficientDataError>(tss > 0, "the response {}: there is nothing to explain",
                                 intercept ? "does not vary" : "is 0 in every row");
}

/// What follows from coefficients, sums of squares and n.
void complete(LinearRegression& fit) {
  const double n = fit.observations, rank = static_cast<double>(fit.rank());
  const double intercept = fit.predictor.intercept ? 1 : 0;
  fit.df_residual = n - rank;
  const bool free = fit.df_residual > 0;
  fit.residual_sd = free ? std::sqrt(fit.rss / fit.df_residual) : not_a_number;
  fit.r_squared = 1 - fit.rss / fit.tss;
  fit.adj_r_squared =
      free ? 1 - (fit.rss / fit.df_residual) / (fit.tss / (n - intercept)) : not_a_number;
  fit.f_df = rank - intercept;
  fit.f_statistic = fit.f_p_value = not_a_number;
  if (free && fit.f_df > 0) {
    fit.f_statistic = ((fit.tss - fit.rss) / fit.f_df) / (fit.rss / fit.df_residual);
    fit.f_p_value = std::isfinite(fit.f_statistic)
                        ? survival(F(fit.f_df, fit.df_residual), std::max(fit.f_statistic, 0.0))
                        : 0.0;
  }
  fit.log_likelihood = -n / 2 * (std::log(2 * std::numbers::pi) + std::log(fit.rss / n) + 1);
  fit.aic = -2 * fit.log_likelihood + 2 * (rank + 1);
  fit.bic = -2 * fit.log_likelihood + std::log(n) * (rank + 1);
  const bool sums = std::isfinite(fit.rss) && std::isfinite(fit.tss);
  const bool small = fit.tss < least_sum;
  if (!sums || small)
    fit.residual_sd = fit.r_squared = fit.adj_r_squared = fit.f_statistic = fit.f_p_value =
        fit.log_likelihood = fit.aic = fit.bic = not_a_number;
  if ((!sums || small || !fit.predictor.coefficients.allFinite()) &&
      fit.status == Status::converged) {
    fit.status = Status::not_finite;
    fit.reason =
        small  ? underflow
        : sums ? "a coefficient is beyond the range of a double; change the units of its column"
               : overflow;
  }
}

void set_standard_errors(LinearRegression& fit) {
  const Mat K = fit.predictor.full_root();
  fit.standard_errors = row_norms(K) * fit.residual_sd;
  for (const Index j : fit.aliased) fit.standard_errors[j] = not_a_number;
}

/// From the solution for the columns behind the intercept.
template <class T>
LinearRegression from_solution(const NormalSolution<T>& solution, bool intercept,
                               FunctionRef<T(Index)> mean, double weight, double tss) {
  const Index slopes = std::ssize(solution.coefficients), first = intercept ? 1 : 0;
  LinearRegression fit;
  LinearPredictor& predictor = fit.predictor;
  predictor.intercept = intercept;
  predictor.weight = weight;
  predictor.coefficients = predictor.centre = Vec::Zero(slopes + first);
  predictor.root = Mat::Zero(slopes + first, solution.root.cols());
  predictor.root.bottomRows(slopes) = solution.root;
  T constant = intercept ? mean(slopes) : T{};
  for (Index j = 0; j < slopes; ++j) {
    const T& b = solution.coefficients[static_cast<std::size_t>(j)];
    predictor.coefficients[j + first] = static_cast<double>(b);
    if (!intercept) continue;
    predictor.centre[j + first] = static_cast<double>(mean(j));
    constant = constant - b * mean(j);
  }
  if (intercept) {
    predictor.centre[0] = 1;
    predictor.coefficients[0] = static_cast<double>(constant);
  }
  for (const Index j : solution.dependent) fit.aliased.push_back(j + first);
  fit.observations = weight;
  fit.rss = static_cast<double>(solution.rss);
  fit.tss = tss;
  fit.least_distance = std::min(solution.least_distance, 25 * solution.distance_of_y);
  complete(fit);
  set_standard_errors(fit);
  return fit;
}

/// What is left to say where sums of squares leave the range of a double.
LinearRegression beyond_range(Index slopes, bool intercept, double weight,
                              std::string_view reason) {
  const Index p = slopes + (intercept ? 1 : 0);
  LinearRegression fit;
  fit.status = Status::not_finite;
  fit.reason = reason;
  fit.predictor.intercept = intercept;
  fit.predictor.weight = fit.observations = weight;
  fit.predictor.coefficients = fit.predictor.centre = fit.standard_errors =
      Vec::Constant(p, not_a_number);
  fit.predictor.root = Mat::Constant(p, slopes, not_a_number);
  fit.rss = fit.tss = not_a_number;
  complete(fit);
  return fit;
}

}  // namespace

std::string_view to_string(RegressionMethod method) {
  switch (method) {
    case RegressionMethod::normal_equations: return "normal equations";
    case RegressionMethod::doubled_normal_equations: return "normal equations in doubled precision";
    case RegressionMethod::qr: return "QR in doubled precision";
  }
  return "?";
}

double LinearRegression::p_value(Index j) const {
  const double t = predictor.coefficients[j] / standard_errors[j];
  if (std::isnan(t) || !(df_residual > 0)) return not_a_number;
  if (std::isinf(t)) return 0.0;
  return std::min(1.0, 2 * survival(StudentT(df_residual), std::abs(t)));
}

LinearRegression fit_linear(const MatRef& raw, std::span<const math::DesignTerm> products,
                            const VecRef& y, const Vec& weights,
                            const math::LeastSquaresOptions& options) {
  const bool intercept = !products.empty() && products[0].empty();
  const Index p = std::ssize(products);
  require<DimensionError>(weights.size() == 0 || weights.size() == y.size(),
                          "fit_linear: {} weights for {} rows", weights.size(), y.size());
  require_enough_rows(
      static_cast<double>(weights.size() > 0 ? (weights.array() > 0).count() : y.size()), p);
  if (weights.size() > 0) require_enough_weight(weights.sum(), p);
  math::LeastSquaresOptions how = options;
  how.weights = {weights.data(), static_cast<std::size_t>(weights.size())};
  math::LeastSquaresFit solved = math::least_squares(raw, products, y, how);

  LinearRegression fit;
  fit.method = RegressionMethod::qr;
  fit.aliased = solved.dependent;
  if (solved.status != Status::converged && solved.status != Status::suspicious) {
    fit.status = solved.status;
    fit.reason = solved.reason;
  }
  fit.predictor.coefficients = solved.coefficients;
  set_predictor(solved, expand_products(raw, products), weights, intercept, fit.predictor);
  fit.observations = fit.predictor.weight;
  fit.rss = solved.residual_sum_of_squares;
  fit.tss = sum_of_squares_about(y, weights, intercept);
  require_spread(has_spread(y, weights, intercept) ? 1.0 : 0.0, intercept);
  complete(fit);
  fit.standard_errors = row_norms(solved.inverse_root) * fit.residual_sd;
  for (const Index j : fit.aliased) fit.standard_errors[j] = not_a_number;
  return fit;
}

LinearRegression fit_linear(const Covariance& covariance, bool intercept) {
  const Index slopes = covariance.columns() - 1;
  const double n = covariance.weight();
  require_enough_rows(static_cast<double>(covariance.count()), slopes + (intercept ? 1 : 0));
  require_enough_weight(n, slopes + (intercept ? 1 : 0));
  if (!(n > 1)) require_spread(0, true);
  CovarianceEstimate estimate = covariance.estimate();
  Mat& G = estimate.matrix;
  G *= n - 1;
  const Vec about_zero = G.diagonal() + n * estimate.mean.cwiseAbs2();
  if (!intercept) G += n * estimate.mean * estimate.mean.transpose();
  const bool finite = G.allFinite() && about_zero.allFinite();
  // Means that are not 0 but whose squares are: so are the deviations, as far as a double tells.
  const bool small =
      ((about_zero.array() < least_sum) && (estimate.mean.array() != 0 || about_zero.array() > 0))
          .any();
  if (!finite || small) return beyond_range(slopes, intercept, n, finite ? underflow : overflow);
  require_spread(G(slopes, slopes), intercept);
  const auto solution = solve_normal_equations<double>(
      slopes, [&](Index i, Index j) { return G(i, j); }, [&](Index j) { return about_zero[j]; });
  LinearRegression fit = from_solution<double>(
      solution, intercept, [&](Index j) { return estimate.mean[j]; }, n, G(slopes, slopes));
  fit.method = RegressionMethod::normal_equations;
  return fit;
}

LinearRegression fit_linear(const DoubledGram& sums, bool intercept) {
  const Index first = intercept ? 1 : 0, slopes = sums.size() - 1 - first;
  require_enough_rows(static_cast<double>(sums.rows()), slopes + first);
  const auto gram = [&](Index i, Index j) {
    return intercept ? sums.centred(i + first, j + first) : sums.uncentred(i, j);
  };
  const double tss = gram(slopes, slopes).high;
  require_spread(tss, intercept);
  const auto solution = solve_normal_equations<DoubleDouble>(
      slopes, gram, [&](Index j) { return sums.uncentred(j + first, j + first).high; });
  LinearRegression fit = from_solution<DoubleDouble>(
      solution, intercept, [&](Index j) { return sums.mean(j + first); }, sums.weight(), tss);
  fit.method = RegressionMethod::doubled_normal_equations;
  return fit;
}

bool is_precise(const LinearRegression& fit) {
  if (!(fit.least_distance >= 0.1)) return false;
  if (!fit.predictor.intercept) return true;
  // What cancels in the intercept.
  const Vec parts = fit.predictor.centre.cwiseProduct(fit.predictor.coefficients);
  const double size = parts.tail(parts.size() - 1).cwiseAbs().sum();
  const double known = std::fmax(std::abs(fit.predictor.coefficients[0]), fit.standard_errors[0]);
  return size <= 1e4 * known;
}

}  // namespace mathtool::stats
