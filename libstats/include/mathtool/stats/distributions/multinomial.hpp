#pragma once

#include <array>
#include <vector>

#include "mathtool/stats/distributions/binomial.hpp"
#include "mathtool/stats/multivariate_distribution.hpp"

namespace mathtool::stats {

/// Multinomial distribution: how often each outcome occurs in independent trials.
///     f(k) = n! ∏ pᵢ^kᵢ/kᵢ!,   ∑ kᵢ = n
/// The probabilities must sum to 1 within 1e-9 and are divided by their sum.
/// Ref: Johnson, Kotz & Balakrishnan, Discrete Multivariate Distributions, ch. 35.
class Multinomial {
 public:
  static constexpr std::string_view name = "multinomial";
  static constexpr std::string_view summary = "counts of each outcome in independent trials";
  static constexpr bool discrete = true;
  static constexpr std::array parameters{Parameter{"n", Domain::count, "number of trials"},
                                         Parameter{.name = "p",
                                                   .domain = Domain::probability,
                                                   .meaning = "probability of each outcome",
                                                   .form = Form::list}};

  Multinomial(double n, const std::vector<double>& p);

  std::string text() const;
  Eigen::Index dimension() const { return static_cast<Eigen::Index>(p_.size()); }
  Eigen::VectorXd mean() const;
  Eigen::MatrixXd covariance() const;
  Extended log_density(Point k) const;
  double entropy() const;
  Eigen::VectorXd sample(math::Philox& random) const;

  /// How often one outcome occurs, counted from 0. Pre: outcome < dimension().
  Binomial marginal(Eigen::Index outcome) const;

 private:
  double n_;
  std::vector<double> given_;
  std::vector<Extended> p_;
};

}  // namespace mathtool::stats
