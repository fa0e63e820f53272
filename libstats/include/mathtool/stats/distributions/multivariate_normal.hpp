#pragma once

#include <array>
#include <span>
#include <vector>

#include "mathtool/stats/multivariate_distribution.hpp"

namespace mathtool::stats {

/// Normal distribution of vectors.
///     f(x) = exp(−½ (x − mean)ᵀ C⁻¹ (x − mean)) / √((2π)ᵈ det C)
/// C may be singular: then the distribution lives on a plane, has no density, and its entropy is
/// −∞; the rest holds.
/// Cost: d³/3 once, d² for a density or a variate.
/// Ref:  Mardia, Kent & Bibby, Multivariate Analysis, ch. 3.
class MultivariateNormal {
 public:
  static constexpr std::string_view name = "multivariate_normal";
  static constexpr std::string_view summary = "vectors whose linear combinations are normal";
  static constexpr std::array parameters{
      Parameter{
          .name = "mean", .domain = Domain::real, .meaning = "mean vector", .form = Form::list},
      Parameter{.name = "cov",
                .domain = Domain::real,
                .meaning = "covariance matrix by rows",
                .form = Form::matrix}};

  MultivariateNormal(const std::vector<double>& mean,
                     const std::vector<std::vector<double>>& covariance);
  MultivariateNormal(const Eigen::VectorXd& mean, const Eigen::MatrixXd& covariance);

  std::string text() const;
  Eigen::Index dimension() const { return mean_.size(); }
  Eigen::VectorXd mean() const { return mean_; }
  Eigen::MatrixXd covariance() const { return covariance_; }
  Eigen::Index rank() const { return rank_; }

  /// Throws: DomainError where the covariance is singular.
  Extended log_density(Point x) const;
  double entropy() const;
  Eigen::VectorXd sample(math::Philox& random) const;

  /// Of the coordinates in `kept`, counted from 0, in their order.
  MultivariateNormal marginal(std::span<const Eigen::Index> kept) const;

  /// Of the other coordinates, given that those in `known` have these values.
  /// Throws: DomainError where the covariance of the known ones is singular.
  MultivariateNormal conditional(std::span<const Eigen::Index> known, Point values) const;

 private:
  using Matrix = Eigen::Matrix<Extended, Eigen::Dynamic, Eigen::Dynamic>;
  using Vector = Eigen::Matrix<Extended, Eigen::Dynamic, 1>;

  void factorise();
  void check(std::span<const Eigen::Index> coordinates) const;
  /// L⁻¹ of what stands in the order of the pivots.
  Vector whiten(const Vector& deviations) const;

  Eigen::VectorXd mean_;
  Eigen::MatrixXd covariance_;
  // Of the correlation matrix: rows `order_` of it are factor_ factor_ᵀ.
  std::vector<Eigen::Index> order_;
  Matrix factor_;
  Vector sd_;
  Eigen::Index rank_ = 0;
};

}  // namespace mathtool::stats
