#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "mathtool/math/function_ref.hpp"
#include "mathtool/math/linear_algebra/least_squares.hpp"
#include "mathtool/math/run_control.hpp"
#include "mathtool/math/status.hpp"
#include "mathtool/math/types.hpp"
#include "mathtool/stats/regression/doubled_gram.hpp"
#include "mathtool/stats/regression/linear_predictor.hpp"

namespace mathtool::stats {

/// What is taken for the distribution of the response, with the link that is natural to it.
enum class ResponseFamily {
  gaussian,  ///< mean η
  binomial,  ///< 0 or 1, of mean 1 / (1 + exp(−η))
  poisson    ///< counts, of mean exp(η)
};
std::string_view to_string(ResponseFamily family);
/// Throws: DomainError with the nearest name.
ResponseFamily parse_response_family(std::string_view word);

/// The mean for a value η of the linear predictor.
double response_mean(ResponseFamily family, double eta);

/// A generalised linear model with its natural link, fitted by maximum likelihood. Weights are
/// frequencies.
struct [[nodiscard]] GeneralizedRegression {
  ResponseFamily family = ResponseFamily::binomial;
  LinearPredictor predictor = {};  ///< its root is that of the inverse information
  Vec standard_errors = {};        ///< p; NaN where a column was left out
  std::vector<Index> aliased = {};
  double observations = 0.0, df_residual = 0.0;
  double deviance = 0.0, null_deviance = 0.0;  ///< twice what log L lacks to a perfect fit
  double log_likelihood = 0.0, aic = 0.0, bic = 0.0;
  int iterations = 0;
  /// `divergent`: the likelihood has no maximum, the reason names the column along which it grows;
  /// `out_of_budget`, `stalled`. The coefficients are the best seen.
  Status status = Status::out_of_budget;
  std::string reason = {};
  bool fractions = false;  ///< some counts are no whole numbers

  Index rank() const { return predictor.coefficients.size() - std::ssize(aliased); }
  double p_value(Index j) const;  ///< of b_j = 0, two-sided, by the normal distribution (Wald)
};

struct GeneralizedOptions {
  int max_iterations = 100;  ///< ≥ 1
  /// > 0: the last step, in standard errors, is at most the root of it.
  double tolerance = 1e-25;
  StopToken stop = {};
};

/// From rows in memory: each step of iteratively reweighted least squares is a QR in doubled
/// precision.
///
/// Shapes: as `fit_linear`.
/// Throws: InsufficientDataError for responses that the family cannot have, for a y without spread,
///         and for fewer rows than columns.
/// Cost:   n p² operations in doubled precision a step, about eight steps.
/// Ref:    McCullagh & Nelder, Generalized Linear Models (1989), §2.5; Albert & Anderson, On the
///         existence of maximum likelihood estimates in logistic regression models (1984).
GeneralizedRegression fit_generalized(ResponseFamily family, const MatRef& raw,
                                      std::span<const math::DesignTerm> products, const VecRef& y,
                                      const Vec& weights = {},
                                      const GeneralizedOptions& options = {});

/// Sums over rows at one point of the iteration, in standardised columns (x − centre) / scale.
class ScoringSums {
 public:
  struct Point {
    ResponseFamily family = ResponseFamily::binomial;
    Vec centre = {}, scale = {};  ///< p; 0 and 1 for the intercept and without one
    Vec b = {};                   ///< p, of standardised columns
    Vec step = {};                ///< p, how it came here from the point before
    bool doubled = false;         ///< whether sums are wanted in doubled precision
  };

  ScoringSums() = default;
  ScoringSums(const Point& point, std::span<const math::DesignTerm> products);

  /// Shapes: raw is n × raw columns, of which `products` make p. Throws: InsufficientDataError.
  void push(const RowMatRef& raw, std::span<const math::DesignTerm> products, const VecRef& y,
            const Vec& weights);
  void merge(const ScoringSums& other);

  std::int64_t rows = 0;
  double weight = 0.0;
  double deviance = 0.0;
  double largest_change = 0.0;  ///< of η by the step
  double sum_y = 0.0;
  double saturated = 0.0;  ///< log likelihood of a perfect fit
  double log_terms = 0.0;  ///< Σ w y log y
  Vec gradient = {};       ///< p
  Mat information = {};    ///< p × p, lower triangle
  bool fractions = false;  ///< among counts
  DoubledGram gram = {};  ///< of x − centre and the working residual, where doubled; then instead

 private:
  Point point_ = {};
};

/// The same from rows that are passed over once a step: `pass` gives the sums over all of them at a
/// point. `centre` and `scale` as in ScoringSums::Point.
/// Error: as of rows in memory: where columns are alike the sums are taken in doubled precision.
/// Cost:  np² a step, twenty times that where columns are alike.
GeneralizedRegression fit_generalized(ResponseFamily family, const Vec& centre, const Vec& scale,
                                      bool intercept,
                                      FunctionRef<ScoringSums(const ScoringSums::Point&)> pass,
                                      const GeneralizedOptions& options = {});

}  // namespace mathtool::stats
