#pragma once

#include <memory>
#include <mutex>
#include <span>
#include <string>

#include "mathtool/stats/properties.hpp"
#include "mathtool/stats/verb.hpp"

namespace mathtool::stats {

namespace detail {
class AtomTable;
}

/// Any distribution of one variable, chosen when the program runs; a value that is cheap to copy.
/// It is itself a `UnivariateDistribution`, so that every function of this library takes it.
///
///     AnyDistribution d = parse_distribution("truncated(gamma(2.5), 0, 4)");
///     double p = survival(d, 3);
class AnyDistribution {
 public:
  template <class D>
  requires(!std::same_as<D, AnyDistribution> && UnivariateDistribution<D>)
      AnyDistribution(const D& d)
      : self_(std::make_shared<Model<D>>(d)) {}

  /// As a specification that `parse_distribution` reads: "gamma(2.5, 1)".
  std::string text() const { return self_->text(); }
  Interval support() const { return self_->support(); }
  bool discrete() const { return self_->discrete(); }
  Lattice lattice() const { return self_->lattice(); }

  Extended log_density(Extended x) const { return self_->log_density(x); }
  Tails tails(Extended x) const { return self_->tails(x); }
  Extended log_tail(Extended x, Tail tail) const { return self_->log_tail(x, tail); }
  Extended quantile(Extended p, Tail tail) const { return self_->quantile(p, tail); }
  double sample(math::Philox& random) const { return self_->sample(random); }
  /// Many variates: of discrete distributions by inversion, which is faster than one by one and not
  /// the same.
  void sample(math::Philox& random, std::span<double> out) const;

  /// Sums of n variates each, if the family has a way to draw them at less than n times the cost.
  bool sample_sums(math::Philox& random, std::size_t n, std::span<double> out) const {
    return self_->sample_sums(random, n, out);
  }

  /// The verb at each x by the formula of the family, if it has one for arrays.
  bool closed_form(Verb verb, std::span<const double> x, std::span<double> out) const {
    return self_->closed_form(verb, x, out);
  }

  double mean() const { return self_->mean(); }
  Extended variance() const { return self_->variance(); }
  double skewness() const { return self_->skewness(); }
  double kurtosis() const { return self_->kurtosis(); }
  double mode() const { return self_->mode(); }
  double entropy() const { return self_->entropy(); }

 private:
  struct Interface {
    virtual ~Interface() = default;
    virtual std::string text() const = 0;
    virtual Interval support() const = 0;
    virtual bool discrete() const = 0;
    virtual Lattice lattice() const = 0;
    virtual Extended log_density(Extended x) const = 0;
    virtual Tails tails(Extended x) const = 0;
    virtual Extended log_tail(Extended x, Tail tail) const = 0;
    virtual Extended quantile(Extended p, Tail tail) const = 0;
    virtual double sample(math::Philox& random) const = 0;
    virtual void sample(math::Philox& random, std::span<double> out) const = 0;
    virtual bool sample_sums(math::Philox& random, std::size_t n, std::span<double> out) const = 0;
    virtual bool closed_form(Verb verb, std::span<const double> x, std::span<double> out) const = 0;
    virtual double mean() const = 0;
    virtual Extended variance() const = 0;
    virtual double skewness() const = 0;
    virtual double kurtosis() const = 0;
    virtual double mode() const = 0;
    virtual double entropy() const = 0;

    mutable std::once_flag atoms_known;
    mutable std::shared_ptr<const detail::AtomTable> atoms;  ///< for samples, made when needed
  };

  template <class D>
  struct Model;

  std::shared_ptr<const Interface> self_;
};

namespace detail {

/// "name(a, b)".
std::string specification(std::string_view name, std::span<const double> values);

}  // namespace detail

template <class D>
struct AnyDistribution::Model final : Interface {
  explicit Model(const D& distribution) : d(distribution) {}

  std::string text() const override {
    if constexpr (requires { d.text(); })
      return d.text();
    else
      return detail::specification(D::name, d.values());
  }
  Interval support() const override { return d.support(); }
  bool discrete() const override { return is_discrete(d); }
  Lattice lattice() const override { return stats::lattice(d); }
  Extended log_density(Extended x) const override { return d.log_density(x); }
  Tails tails(Extended x) const override { return d.tails(x); }
  Extended log_tail(Extended x, Tail tail) const override {
    if constexpr (requires { d.log_tail(x, tail); })
      return d.log_tail(x, tail);
    else
      return std::log(d.tails(x)[tail]);
  }
  Extended quantile(Extended p, Tail tail) const override { return detail::quantile(d, p, tail); }
  double sample(math::Philox& random) const override { return stats::sample(d, random); }
  void sample(math::Philox& random, std::span<double> out) const override {
    if constexpr (requires { d.sample(random, out); })
      d.sample(random, out);
    else
      for (double& x : out) x = stats::sample(d, random);
  }
  bool sample_sums(math::Philox& random, std::size_t n, std::span<double> out) const override {
    if constexpr (requires { d.sample_sums(random, n, out); }) {
      d.sample_sums(random, n, out);
      return true;
    } else {
      return false;
    }
  }
  bool closed_form(Verb verb, std::span<const double> x, std::span<double> out) const override {
    if constexpr (requires { d.closed_form(verb, x, out); })
      return d.closed_form(verb, x, out);
    else
      return false;
  }
  double mean() const override { return stats::mean(d); }
  Extended variance() const override { return detail::variance(d); }
  double skewness() const override { return stats::skewness(d); }
  double kurtosis() const override { return stats::kurtosis(d); }
  double mode() const override { return stats::mode(d); }
  double entropy() const override { return stats::entropy(d); }

  D d;
};

}  // namespace mathtool::stats
