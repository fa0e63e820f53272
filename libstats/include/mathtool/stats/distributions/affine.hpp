#pragma once

#include <array>

#include "mathtool/stats/any_distribution.hpp"

namespace mathtool::stats {

/// Y = shift + scale X, of which a negative scale turns the tails round. Of a discrete X the values
/// of Y lie on a lattice.
///     f(y) = f_D((y − shift)/scale) / |scale|
class Affine {
 public:
  static constexpr std::string_view name = "affine";
  static constexpr std::string_view summary = "shift + scale X of another distribution";
  static constexpr std::array parameters{Parameter{.name = "D",
                                                   .domain = Domain::real,
                                                   .meaning = "distribution of X",
                                                   .form = Form::distribution},
                                         Parameter{"shift", Domain::real, "what is added"},
                                         Parameter{"scale", Domain::real, "factor, not 0"}};

  Affine(const AnyDistribution& d, double shift, double scale);

  std::string text() const;
  bool discrete() const { return d_.discrete(); }
  Lattice lattice() const;
  Interval support() const;
  Extended log_density(Extended y) const;
  Tails tails(Extended y) const;
  Extended log_tail(Extended y, Tail tail) const;
  Extended quantile(Extended p, Tail tail) const;
  double sample(math::Philox& random) const { return forward(d_.sample(random)); }

  double mean() const { return shift_ + scale_ * d_.mean(); }
  Extended variance() const { return Extended(scale_) * scale_ * d_.variance(); }
  double skewness() const { return scale_ > 0 ? d_.skewness() : -d_.skewness(); }
  double kurtosis() const { return d_.kurtosis(); }
  double mode() const { return forward(d_.mode()); }
  double entropy() const { return d_.entropy() + (discrete() ? 0 : std::log(std::abs(scale_))); }

 private:
  double forward(double x) const;
  /// The x of y, or of the atom of X `before` places lower.
  Extended back(Extended y, int before = 0) const;
  Tail turned(Tail tail) const { return scale_ > 0 ? tail : opposite(tail); }

  AnyDistribution d_;
  double shift_, scale_;
};

}  // namespace mathtool::stats
