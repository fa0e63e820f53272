#pragma once

#include <array>

#include "mathtool/stats/any_distribution.hpp"

namespace mathtool::stats {

/// A distribution, given that low ≤ X ≤ high.
///     f(x) = f_D(x) / P(low ≤ X ≤ high)
/// Throws:  DomainError where that has no probability.
/// Error:   as of D, also far out in a tail of D; beyond 1e-4932 what the logarithm of D's tail
///          has lost, 1e-19 of its size.
/// Ref:     Johnson, Kotz & Balakrishnan, Continuous Univariate Distributions 1, section 10.1.
class Truncated {
 public:
  static constexpr std::string_view name = "truncated";
  static constexpr std::string_view summary = "a distribution, given that it lies within limits";
  static constexpr std::array parameters{
      Parameter{.name = "D",
                .domain = Domain::real,
                .meaning = "distribution that is truncated",
                .form = Form::distribution},
      Parameter{"low", Domain::bound, "the lowest value that is kept"},
      Parameter{"high", Domain::bound, "the highest value that is kept"}};

  Truncated(const AnyDistribution& d, double low, double high);

  std::string text() const;
  bool discrete() const { return d_.discrete(); }
  Lattice lattice() const { return d_.lattice(); }
  Interval support() const { return {first_, last_}; }
  Extended log_density(Extended x) const;
  Tails tails(Extended x) const;
  Extended log_tail(Extended x, Tail tail) const;
  Extended quantile(Extended p, Tail tail) const;
  double sample(math::Philox& random) const;

  double mode() const;

 private:
  /// P(a < X ≤ b) of D over exp(scale_).
  Extended mass(Extended a, Extended b) const;
  Extended short_mass(Extended a, Extended b) const;

  AnyDistribution d_;
  double low_, high_;
  double first_, last_;  ///< of the support
  double before_;        ///< P(before_ < X ≤ last_) is all there is
  Extended scale_ = 0;   ///< a logarithm; 0 unless numbers are too small for the masses
  Extended total_ = 1;
};

}  // namespace mathtool::stats
