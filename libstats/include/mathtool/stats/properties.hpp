#pragma once

#include "mathtool/stats/expectation.hpp"

namespace mathtool::stats {

namespace detail {

/// E (X − centre)ᵏ; NaN where it does not exist.
Extended moment(const DistributionView& distribution, double centre, int power);
double entropy(const DistributionView& distribution);
double mode(const DistributionView& distribution);
Interval hdi(const DistributionView& distribution, double level);

template <class D>
Extended moment(const D& d, double centre, int power) {
  return with_view(d, [&](const DistributionView& v) { return moment(v, centre, power); });
}

}  // namespace detail

/// Infinite or NaN where it does not exist, as those below.
template <UnivariateDistribution D>
double mean(const D& d) {
  if constexpr (requires { d.mean(); })
    return d.mean();
  else {
    const double middle = quantile(d, 0.5);
    return static_cast<double>(middle + detail::moment(d, middle, 1));
  }
}

namespace detail {

/// Types give it as Extended: the square of a deviation of 1e200 or 1e-200 is not a double.
template <class D>
Extended variance(const D& d) {
  if constexpr (requires { d.variance(); })
    return d.variance();
  else
    return moment(d, mean(d), 2);
}

}  // namespace detail

template <UnivariateDistribution D>
double variance(const D& d) {
  return static_cast<double>(detail::variance(d));
}

/// Standard deviation, √variance.
template <UnivariateDistribution D>
double sd(const D& d) {
  return static_cast<double>(std::sqrt(detail::variance(d)));
}

/// E (X − mean)³ / sd³.
template <UnivariateDistribution D>
double skewness(const D& d) {
  if constexpr (requires { d.skewness(); })
    return d.skewness();
  else
    return static_cast<double>(detail::moment(d, mean(d), 3) / std::pow(detail::variance(d), 1.5L));
}

/// Excess kurtosis, E (X − mean)⁴ / sd⁴ − 3: 0 of the normal distribution.
template <UnivariateDistribution D>
double kurtosis(const D& d) {
  if constexpr (requires { d.kurtosis(); })
    return d.kurtosis();
  else
    return static_cast<double>(detail::moment(d, mean(d), 4) / std::pow(detail::variance(d), 2) -
                               3);
}

/// Where density or mass is highest; the lowest of several such places.
template <UnivariateDistribution D>
double mode(const D& d) {
  if constexpr (requires { d.mode(); })
    return d.mode();
  else
    return detail::with_view(d, [](const auto& view) { return detail::mode(view); });
}

template <UnivariateDistribution D>
double median(const D& d) {
  return quantile(d, 0.5);
}

/// −E log f(X) in nats: differential entropy, or Shannon's of a discrete distribution.
template <UnivariateDistribution D>
double entropy(const D& d) {
  if constexpr (requires { d.entropy(); })
    return d.entropy();
  else
    return detail::with_view(d, [](const auto& view) { return detail::entropy(view); });
}

/// The central interval of probability `level`: as much below as above it, at most (1 − level)/2.
/// Pre: 0 < level < 1.    Throws: DomainError.
template <UnivariateDistribution D>
Interval interval(const D& d, double level) {
  require(level > 0 && level < 1, "interval: the level must be between 0 and 1, got {}", level);
  return {quantile(d, (1 - level) / 2), quantile_survival(d, (1 - level) / 2)};
}

/// The highest-density interval: the shortest that has probability `level`, of a discrete
/// distribution at least that. One interval also where there are several modes; the lowest of those
/// that are as short.
/// Pre: 0 < level < 1.    Throws: DomainError.
template <UnivariateDistribution D>
Interval hdi(const D& d, double level) {
  require(level > 0 && level < 1, "hdi: the level must be between 0 and 1, got {}", level);
  return detail::with_view(d, [&](const auto& view) { return detail::hdi(view, level); });
}

}  // namespace mathtool::stats
