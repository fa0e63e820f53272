#pragma once

#include <Eigen/Core>
#include <memory>
#include <string>

#include "mathtool/stats/distribution.hpp"

namespace mathtool::stats {

using Point = Eigen::Ref<const Eigen::VectorXd>;

/// A distribution of vectors. Pre: points have its dimension.
template <class D>
concept MultivariateDistribution = std::copyable<D> &&
    requires(const D& d, const Eigen::VectorXd& x, math::Philox& random) {
  { d.dimension() } -> std::same_as<Eigen::Index>;
  { d.log_density(x) } -> std::same_as<Extended>;
  { d.mean() } -> std::same_as<Eigen::VectorXd>;
  { d.covariance() } -> std::same_as<Eigen::MatrixXd>;
  { d.entropy() } -> std::same_as<double>;
  { d.sample(random) } -> std::same_as<Eigen::VectorXd>;
  { d.text() } -> std::same_as<std::string>;
};

/// Density at x, or the mass of a discrete distribution: 0 outside the support, NaN where a
/// coordinate is.
/// Throws: DimensionError where x has another dimension; DomainError where there is no density.
template <MultivariateDistribution D>
double log_pdf(const D& d, Point x) {
  require<DimensionError>(x.size() == d.dimension(), "{} takes vectors of {} numbers, got {}",
                          d.text(), d.dimension(), x.size());
  return x.hasNaN() ? not_a_number : static_cast<double>(d.log_density(x));
}

template <MultivariateDistribution D>
double pdf(const D& d, Point x) {
  require<DimensionError>(x.size() == d.dimension(), "{} takes vectors of {} numbers, got {}",
                          d.text(), d.dimension(), x.size());
  return x.hasNaN() ? not_a_number : static_cast<double>(std::exp(d.log_density(x)));
}

/// Any distribution of vectors, chosen when the program runs; a value that is cheap to copy.
class AnyMultivariate {
 public:
  template <class D>
  requires(!std::same_as<D, AnyMultivariate> && MultivariateDistribution<D>)
      AnyMultivariate(const D& d)
      : self_(std::make_shared<Model<D>>(d)) {}

  /// As a specification: "multinomial(10, [0.5, 0.5])".
  std::string text() const { return self_->text(); }
  bool discrete() const { return self_->discrete(); }
  Eigen::Index dimension() const { return self_->dimension(); }
  Extended log_density(Point x) const { return self_->log_density(x); }
  Eigen::VectorXd mean() const { return self_->mean(); }
  Eigen::MatrixXd covariance() const { return self_->covariance(); }
  double entropy() const { return self_->entropy(); }
  Eigen::VectorXd sample(math::Philox& random) const { return self_->sample(random); }

 private:
  struct Interface {
    virtual ~Interface() = default;
    virtual std::string text() const = 0;
    virtual bool discrete() const = 0;
    virtual Eigen::Index dimension() const = 0;
    virtual Extended log_density(Point x) const = 0;
    virtual Eigen::VectorXd mean() const = 0;
    virtual Eigen::MatrixXd covariance() const = 0;
    virtual double entropy() const = 0;
    virtual Eigen::VectorXd sample(math::Philox& random) const = 0;
  };

  template <class D>
  struct Model final : Interface {
    explicit Model(const D& distribution) : d(distribution) {}

    std::string text() const override { return d.text(); }
    bool discrete() const override {
      if constexpr (requires { D::discrete; })
        return D::discrete;
      else
        return false;
    }
    Eigen::Index dimension() const override { return d.dimension(); }
    Extended log_density(Point x) const override { return d.log_density(x); }
    Eigen::VectorXd mean() const override { return d.mean(); }
    Eigen::MatrixXd covariance() const override { return d.covariance(); }
    double entropy() const override { return d.entropy(); }
    Eigen::VectorXd sample(math::Philox& random) const override { return d.sample(random); }

    D d;
  };

  std::shared_ptr<const Interface> self_;
};

}  // namespace mathtool::stats
