#include "arrays/closed_forms.hpp"
#include "arrays/elementwise.hpp"

namespace mathtool::stats {
namespace {

using namespace math::kernels;
using Place = Standardized;

/// exp(−|z|).
MATHTOOL_KERNEL double fall(Place place) {
  return exp(-std::abs(place.z), place.z < 0 ? place.rest : -place.rest);
}

MATHTOOL_KERNEL double logistic_density(Place place, double scale) {
  const double e = fall(place), value = e / (scale * ((1 + e) * (1 + e)));
  return place.z == place.z ? value : place.z;
}

MATHTOOL_KERNEL double logistic_log_density(Place place, double log_scale) {
  const double rest = place.z < 0 ? place.rest : -place.rest;
  return rest - std::abs(place.z) - 2 * log1p(fall(place)) - log_scale;
}

/// P(Z ≤ z), or with `sign` −1 P(Z > z).
MATHTOOL_KERNEL double logistic_tail(Place place, double sign) {
  const double e = fall(place), value = (sign * place.z < 0 ? e : 1.0) / (1 + e);
  return place.z == place.z ? value : place.z;
}

MATHTOOL_KERNEL double logistic_log_tail(Place place, double sign) {
  const double rest = place.z < 0 ? place.rest : -place.rest;
  const double shared = log1p(fall(place));
  const double value = (sign * place.z < 0 ? rest - std::abs(place.z) : 0.0) - shared;
  return place.z == place.z ? value : place.z;
}

/// log(p / (1 − p)), relative to itself also where it is near 0.
MATHTOOL_KERNEL double log_odds(double p) {
  const double other = 1 - p, odds = p / other;
  const double above = (2 * p - 1) / other;  // odds − 1, where 2p − 1 is exact
  const double lost = std::abs(p - 0.5) < 0.25 ? (above - (odds - 1)) / odds : 0.0;
  return log(odds) + lost;
}

template <class Standardizer>
MATHTOOL_KERNEL void evaluate_logistic(Verb verb, Standardizer place, std::span<const double> x,
                                       std::span<double> out) {
  const double scale = place.scale(), log_scale = std::log(scale);
  switch (verb) {
    case Verb::pdf: MATHTOOL_ELEMENTWISE(logistic_density(place.standardize(v), scale)) return;
    case Verb::log_pdf:
      MATHTOOL_ELEMENTWISE(logistic_log_density(place.standardize(v), log_scale))
      return;
    case Verb::cdf: MATHTOOL_ELEMENTWISE(logistic_tail(place.standardize(v), 1)) return;
    case Verb::survival: MATHTOOL_ELEMENTWISE(logistic_tail(place.standardize(v), -1)) return;
    case Verb::log_cdf: MATHTOOL_ELEMENTWISE(logistic_log_tail(place.standardize(v), 1)) return;
    case Verb::log_survival:
      MATHTOOL_ELEMENTWISE(logistic_log_tail(place.standardize(v), -1))
      return;
    case Verb::quantile: MATHTOOL_ELEMENTWISE(place.at(log_odds(v))) return;
    case Verb::quantile_survival: MATHTOOL_ELEMENTWISE(place.at(-log_odds(v))) return;
  }
}

}  // namespace

MATHTOOL_MULTIVERSION
void logistic_array(Verb verb, LocationScale place, std::span<const double> x,
                    std::span<double> out) {
  if (place.is_standard())
    evaluate_logistic(verb, StandardPlace(), x, out);
  else
    evaluate_logistic(verb, place, x, out);
}

}  // namespace mathtool::stats
