#pragma once

#include <array>
#include <vector>

#include "mathtool/stats/any_distribution.hpp"

namespace mathtool::stats {

/// One of several distributions, chosen with probabilities of their own, either all continuous or
/// all discrete. The weights are divided by their sum.
///     f(x) = ∑ wᵢ fᵢ(x)
/// Ref: McLachlan & Peel, Finite Mixture Models (2000), ch. 1.
class Mixture {
 public:
  static constexpr std::string_view name = "mixture";
  static constexpr std::string_view summary = "one of several distributions, chosen at random";
  static constexpr std::array parameters{Parameter{.name = "w",
                                                   .domain = Domain::positive,
                                                   .meaning = "weights of the components",
                                                   .form = Form::list},
                                         Parameter{.name = "D",
                                                   .domain = Domain::real,
                                                   .meaning = "components",
                                                   .form = Form::distributions}};

  Mixture(const std::vector<double>& weights, const std::vector<AnyDistribution>& components);

  std::string text() const;
  bool discrete() const { return components_.front().discrete(); }
  Lattice lattice() const { return lattice_; }
  Interval support() const { return support_; }
  Extended log_density(Extended x) const;
  Tails tails(Extended x) const;
  Extended log_tail(Extended x, Tail tail) const;
  Extended quantile(Extended p, Tail tail) const;
  double sample(math::Philox& random) const;

  double mean() const { return static_cast<double>(raw_mean()); }
  Extended variance() const { return central_moment(2); }
  double skewness() const;
  double kurtosis() const;
  double mode() const;
  double entropy() const;

 private:
  Extended raw_mean() const;
  Extended central_moment(int power) const;

  std::vector<double> given_;
  std::vector<AnyDistribution> components_;
  std::vector<Extended> weights_;
  Interval support_{};
  Lattice lattice_{};
};

}  // namespace mathtool::stats
