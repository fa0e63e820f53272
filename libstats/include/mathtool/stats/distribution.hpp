#pragma once

#include <algorithm>
#include <cmath>
#include <concepts>
#include <limits>
#include <string_view>

#include "mathtool/math/constants.hpp"
#include "mathtool/math/function_ref.hpp"
#include "mathtool/math/random/uniform.hpp"
#include "mathtool/stats/parameter.hpp"

namespace mathtool::stats {

/// The numbers in which a distribution computes before its answer is rounded to a double. An
/// exponent of −690 known to 53 bits leaves 13 digits of a density of 1e-300; known to 64, all 16.
using Extended = long double;
static_assert(std::numeric_limits<Extended>::digits >= 64, "needs long double of 64 bits or more");

struct Interval {
  double low, high;
};

enum class Tail { lower, upper };

constexpr Tail opposite(Tail tail) { return tail == Tail::lower ? Tail::upper : Tail::lower; }

/// P(X ≤ x) and P(X > x), each to its own last bit: the smaller one is computed, the other is what
/// it leaves of 1.
struct Tails {
  Extended below, above;

  Extended operator[](Tail tail) const { return tail == Tail::lower ? below : above; }
};

/// Where the atoms of a discrete distribution lie: offset + step · k for whole k. Pre: step > 0.
struct Lattice {
  double offset = 0, step = 1;

  bool operator==(const Lattice&) const = default;

  double at(double k) const {
    return static_cast<double>(offset + static_cast<Extended>(step) * k);
  }

  /// The k of the last atom that is not above x.
  double index(double x) const {
    if (std::isinf(x)) return x;
    if (contains(x)) return static_cast<double>(std::round(place(x)));
    const auto k = static_cast<double>(std::floor(place(x)));
    return at(k) > x ? k - 1 : k;
  }

  /// An atom that no double holds exactly, as in steps of 0.1, is known by any of its neighbours.
  bool contains(double x) const {
    const Extended k = std::round(place(x)), atom = offset + step * k;
    if (atom == static_cast<double>(atom)) return x == atom;
    const Extended slack = 4e-16L * (std::abs(static_cast<Extended>(offset)) + std::abs(x));
    return std::abs(x - atom) <= std::min(slack, step / 4.0L);
  }

 private:
  Extended place(double x) const { return (static_cast<Extended>(x) - offset) / step; }
};

/// What an author must write: a name, a parameter table, the support (the closure of where the
/// density is positive), log-density and tails within it. Everything else is derived, unless the
/// type has something better under the name of the verb. Discrete distributions say so: `static
/// constexpr bool discrete = true`; their density is the mass, and they live on whole numbers,
/// unless they bring a `lattice()`. They are asked for densities and tails at its points only.
/// For arrays a type may bring `bool closed_form(Verb, std::span<const double> x, std::span<double>
/// out) const`, which answers false for what it has no formula for, and `void sample(math::Philox&,
/// std::span<double> out) const`, which draws the same as one by one. Where the sum of n variates
/// costs less than its terms: `void sample_sums(math::Philox&, std::size_t n, std::span<double>
/// out) const`.
template <class D>
concept UnivariateDistribution = std::copyable<D> && requires(const D& d, Extended x) {
  { d.support() } -> std::same_as<Interval>;
  { d.log_density(x) } -> std::same_as<Extended>;
  { d.tails(x) } -> std::same_as<Tails>;
};

template <UnivariateDistribution D>
bool is_discrete(const D& d) {
  if constexpr (requires {
                  { d.discrete() } -> std::same_as<bool>;
                })
    return d.discrete();
  else if constexpr (requires { D::discrete; })
    return D::discrete;
  else
    return false;
}

/// Of a discrete distribution.
template <class D>
Lattice lattice(const D& d) {
  if constexpr (requires { d.lattice(); })
    return d.lattice();
  else
    return {};
}

namespace detail {

/// The last place not above x where there can be mass.
template <class D>
double atom_below(const D& d, double x) {
  if (!is_discrete(d) || std::isinf(x)) return x;
  const Lattice atoms = lattice(d);
  return atoms.at(atoms.index(x));
}

/// In the support: for a discrete distribution a point of its lattice.
template <class D>
bool has_density(const D& d, double x) {
  if (!std::isfinite(x) || (is_discrete(d) && !lattice(d).contains(x))) return false;
  const auto [low, high] = d.support();
  const double place = atom_below(d, x);
  return low <= place && place <= high;
}

template <class D>
Tails tails(const D& d, Extended x) {
  const auto [low, high] = d.support();
  if (is_discrete(d)) x = atom_below(d, static_cast<double>(x));
  if (x < low || x == -infinity) return {0, 1};
  if (x >= high) return {1, 0};
  return d.tails(x);
}

/// Whether anything of the support lies beyond x.
template <class D>
bool has_room(const D& d, Extended x, Tail tail) {
  return tail == Tail::lower ? x > d.support().low : x < d.support().high;
}

/// The logarithm of a tail, which may be too small for any number.
template <class D>
Extended log_tail(const D& d, Extended x, Tail tail) {
  if (is_discrete(d)) x = atom_below(d, static_cast<double>(x));
  const Tails both = tails(d, x);
  const Extended other = both[opposite(tail)];
  if (both[tail] >= 0.5L) return std::log1p(-other);
  if constexpr (requires { d.log_tail(x, tail); })
    if (both[tail] < std::numeric_limits<Extended>::min() && other == 1 && has_room(d, x, tail))
      return d.log_tail(x, tail);
  return std::log(both[tail]);
}

/// A distribution as the searches and quadratures see it, which are compiled once. A view: for
/// parameters only.
struct DistributionView {
  FunctionRef<Tails(double)> tails;
  FunctionRef<Extended(double)> log_density;
  Interval support;
  double start;  ///< where to look first
  bool discrete;
  Lattice lattice;
};

/// The x at which the tail is p: the smallest with P(X ≤ x) ≥ p, or with P(X > x) ≤ p.
/// Pre: 0 < p < 1.    Cost: some ten tails, a few hundred at the very most.
double search_quantile(const DistributionView& distribution, Extended p, Tail tail);

template <class D>
double first_look(const D& d) {
  if constexpr (requires { d.mean(); })
    if (const double mean = d.mean(); std::isfinite(mean)) return mean;
  return 0.0;
}

/// Calls `use` with a view of d.
template <class D, class Use>
auto with_view(const D& d, const Use& use) {
  return use(DistributionView{[&](double x) { return tails(d, x); },
                              [&](double x) { return d.log_density(x); }, d.support(),
                              first_look(d), is_discrete(d), lattice(d)});
}

template <class D>
Extended quantile(const D& d, Extended p, Tail tail) {
  if (!(p >= 0 && p <= 1)) return not_a_number;
  const auto [low, high] = d.support();
  if (p == 0) return tail == Tail::lower ? low : high;
  if (p == 1) return tail == Tail::lower ? high : low;
  if constexpr (requires { d.quantile(p, tail); })
    return d.quantile(p, tail);
  else
    return with_view(d,
                     [&](const DistributionView& view) { return search_quantile(view, p, tail); });
}

}  // namespace detail

/// Density at x, or the mass of a discrete distribution: 0 outside the support, NaN for NaN. No
/// evaluation throws.
/// Error:   below 1e-14 relative, in this function and those that follow, for every distribution
///          that does not say otherwise.
template <UnivariateDistribution D>
double pdf(const D& d, double x) {
  if (std::isnan(x)) return x;
  if (!detail::has_density(d, x)) return 0.0;
  return static_cast<double>(std::exp(d.log_density(detail::atom_below(d, x))));
}

template <UnivariateDistribution D>
double log_pdf(const D& d, double x) {
  if (std::isnan(x)) return x;
  if (!detail::has_density(d, x)) return -infinity;
  return static_cast<double>(d.log_density(detail::atom_below(d, x)));
}

/// P(X ≤ x).
template <UnivariateDistribution D>
double cdf(const D& d, double x) {
  return std::isnan(x) ? x : static_cast<double>(detail::tails(d, x).below);
}

/// P(X > x), not 1 minus anything.
template <UnivariateDistribution D>
double survival(const D& d, double x) {
  return std::isnan(x) ? x : static_cast<double>(detail::tails(d, x).above);
}

template <UnivariateDistribution D>
double log_cdf(const D& d, double x) {
  return std::isnan(x) ? x : static_cast<double>(detail::log_tail(d, x, Tail::lower));
}

template <UnivariateDistribution D>
double log_survival(const D& d, double x) {
  return std::isnan(x) ? x : static_cast<double>(detail::log_tail(d, x, Tail::upper));
}

/// The rate of dying at x of those who live: pdf / P(X > x), of a discrete distribution pdf /
/// P(X ≥ x). NaN where nobody lives.
template <UnivariateDistribution D>
double hazard(const D& d, double x) {
  if (std::isnan(x) || x > d.support().high) return not_a_number;
  if (!detail::has_density(d, x)) return 0.0;
  x = detail::atom_below(d, x);
  const double before = is_discrete(d) ? lattice(d).at(lattice(d).index(x) - 1) : x;
  return static_cast<double>(std::exp(d.log_density(x) - detail::log_tail(d, before, Tail::upper)));
}

/// The smallest x with P(X ≤ x) ≥ p; NaN unless 0 ≤ p ≤ 1.
template <UnivariateDistribution D>
double quantile(const D& d, double p) {
  return static_cast<double>(detail::quantile(d, p, Tail::lower));
}

/// The smallest x with P(X > x) ≤ p, for p too small to be taken from 1.
template <UnivariateDistribution D>
double quantile_survival(const D& d, double p) {
  return static_cast<double>(detail::quantile(d, p, Tail::upper));
}

/// One variate; by inversion unless the type brings a sampler. Platforms agree bit by bit.
template <UnivariateDistribution D>
double sample(const D& d, math::Philox& random) {
  if constexpr (requires { d.sample(random); })
    return d.sample(random);
  else
    return quantile(d, math::uniform(random));
}

}  // namespace mathtool::stats
