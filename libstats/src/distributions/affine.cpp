#include "mathtool/stats/distributions/affine.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace mathtool::stats {

Affine::Affine(const AnyDistribution& d, double shift, double scale)
    : d_(d), shift_(shift), scale_(scale) {
  require(std::isfinite(shift), "{}: shift must be finite, got {}", name, shift);
  require(std::isfinite(scale) && scale != 0, "{}: scale must be finite and not 0, got {}", name,
          scale);
}

std::string Affine::text() const {
  return fmt::format("{}({}, {}, {})", name, d_.text(), shift_, scale_);
}

Lattice Affine::lattice() const {
  const Lattice inner = d_.lattice();
  return {static_cast<double>(shift_ + static_cast<Extended>(scale_) * inner.offset),
          std::abs(scale_) * inner.step};
}

double Affine::forward(double x) const {
  if (discrete() && std::isfinite(x))
    return lattice().at(std::copysign(1.0, scale_) * d_.lattice().index(x));
  return static_cast<double>(shift_ + static_cast<Extended>(scale_) * x);
}

Extended Affine::back(Extended y, int before) const {
  if (discrete() && std::isfinite(y))
    return d_.lattice().at(std::copysign(1.0, scale_) * lattice().index(static_cast<double>(y)) -
                           before);
  return (y - shift_) / scale_;
}

Interval Affine::support() const {
  const auto [low, high] = d_.support();
  return scale_ > 0 ? Interval{forward(low), forward(high)} : Interval{forward(high), forward(low)};
}

Extended Affine::log_density(Extended y) const {
  const auto [low, high] = d_.support();
  const Extended x = std::clamp<Extended>(back(y), low, high);
  return d_.log_density(x) - (discrete() ? 0 : std::log(std::abs(static_cast<Extended>(scale_))));
}

// P(Y ≤ y) = P(X ≥ x) where the scale is negative.
Tails Affine::tails(Extended y) const {
  if (scale_ > 0) return detail::tails(d_, back(y));
  const Tails turned_round = detail::tails(d_, back(y, discrete() ? 1 : 0));
  return {turned_round.above, turned_round.below};
}

Extended Affine::log_tail(Extended y, Tail tail) const {
  return detail::log_tail(d_, back(y, discrete() && scale_ < 0 ? 1 : 0), turned(tail));
}

Extended Affine::quantile(Extended p, Tail tail) const {
  if (!discrete()) return shift_ + scale_ * detail::quantile(d_, p, turned(tail));
  if (scale_ > 0) return forward(static_cast<double>(detail::quantile(d_, p, tail)));
  return detail::with_view(*this, [&](detail::DistributionView view) {
    view.start = forward(static_cast<double>(detail::quantile(d_, p, turned(tail))));
    return detail::search_quantile(view, p, tail);
  });
}

}  // namespace mathtool::stats
