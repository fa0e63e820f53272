#include "mathtool/stats/properties.hpp"

#include <algorithm>
#include <array>
#include <vector>

namespace mathtool::stats::detail {
namespace {

/// The lowest point of a function with one valley, by golden section. Ref: Kiefer (1953).
double lowest_point(FunctionRef<Extended(double)> f, double a, double b) {
  constexpr double shrink = 0.6180339887498949;
  double c = b - shrink * (b - a), d = a + shrink * (b - a);
  Extended fc = f(c), fd = f(d);
  for (int i = 0; i < 100 && c < d; ++i) {
    if (fc <= fd) {
      b = d, d = c, fd = fc;
      c = b - shrink * (b - a);
      fc = f(c);
    } else {
      a = c, c = d, fc = fd;
      d = a + shrink * (b - a);
      fd = f(d);
    }
  }
  return (a + b) / 2;
}

double quantile(const DistributionView& d, Extended p, Tail tail) {
  if (p <= 0) return tail == Tail::lower ? d.support.low : d.support.high;
  if (p >= 1) return tail == Tail::lower ? d.support.high : d.support.low;
  return search_quantile(d, p, tail);
}

/// The shortest run of atoms with this much probability, of as short ones the likeliest: for each
/// last atom the nearest first one.
Interval run_of_few(const DistributionView& d, double low, double high, Extended level) {
  std::vector<Extended> masses;
  for (double k = low; k <= high; ++k) masses.push_back(std::exp(d.log_density(d.lattice.at(k))));
  Extended inside = 0, most = 0;
  std::size_t first = 0, length = masses.size(), best = 0;
  for (std::size_t last = 0; last < masses.size(); ++last) {
    inside += masses[last];
    for (; first < last && inside - masses[first] >= level; ++first) inside -= masses[first];
    const std::size_t count = last - first + 1;
    if (inside < level || count > length || (count == length && inside <= most * (1 + 1e-15L)))
      continue;
    length = count, best = first, most = inside;
  }
  const double start = low + static_cast<double>(best);
  return {d.lattice.at(start), d.lattice.at(start + static_cast<double>(length) - 1)};
}

/// The same for many atoms with one peak: where the next atom below would be as likely as the last.
Interval run_of_many(const DistributionView& d, double low, double high, Extended level) {
  const auto mass = [&](double k) {
    return low <= k && k <= high ? d.log_density(d.lattice.at(k)) : -Extended(infinity);
  };
  DistributionView near = d;
  const auto end = [&](double first) {
    const Tails before = d.tails(d.lattice.at(first - 1));
    const Extended above = before.above - level;
    if (above <= 0) return high;
    near.start = above < 0.5L ? search_quantile(near, above, Tail::upper)
                              : search_quantile(near, before.below + level, Tail::lower);
    return d.lattice.index(near.start);
  };
  double a = low, b = d.lattice.index(quantile(d, 1 - level, Tail::lower));
  while (a < b) {
    const double first = a + std::floor((b - a) / 2), last = end(first);
    (mass(first) < mass(last + 1) ? a : b) = mass(first) < mass(last + 1) ? first + 1 : first;
  }
  return {d.lattice.at(a), d.lattice.at(end(a))};
}

Interval whole_hdi(const DistributionView& d, Extended level) {
  constexpr Extended far = 1e-20L;
  const double low = d.lattice.index(quantile(d, far, Tail::lower));
  const double high = d.lattice.index(quantile(d, far, Tail::upper));
  return high - low < 20'000 ? run_of_few(d, low, high, level) : run_of_many(d, low, high, level);
}

}  // namespace

Extended moment(const DistributionView& d, double centre, int power) {
  if (power == 2 && std::isinf(centre)) return infinity;
  if (!std::isfinite(centre)) return not_a_number;
  // In units of its width: powers of x itself may be no doubles.
  const Extended low = quantile(d, 0.25L, Tail::lower), high = quantile(d, 0.25L, Tail::upper);
  const Extended unit = high > low ? high - low : 1;
  const math::Estimate result = expectation(d, [&](double x) {
    return static_cast<double>(std::pow((Extended(x) - centre) / unit, power));
  });
  if (result.status == Status::converged || result.status == Status::suspicious)
    return result.value * std::pow(unit, power);
  if (result.status != Status::divergent) return not_a_number;
  if (power % 2 == 0 || std::isfinite(d.support.low)) return infinity;
  return std::isfinite(d.support.high) ? -infinity : not_a_number;
}

double entropy(const DistributionView& d) {
  // Narrower than the distance between two doubles?
  if (!d.discrete && !(quantile(d, 0.25L, Tail::lower) < quantile(d, 0.25L, Tail::upper)))
    return not_a_number;
  // Each density is asked for as a weight and as a value: computed once.
  double last = not_a_number;
  Extended density = 0;
  const auto log_density = [&](double x) {
    if (x != last) density = d.log_density(x);
    last = x;
    return density;
  };
  DistributionView remembering = d;
  remembering.log_density = log_density;
  const math::Estimate result =
      expectation(remembering, [&](double x) { return static_cast<double>(-log_density(x)); });
  constexpr double digits = 1e-8;
  const bool known = result.status == Status::converged ||
                     result.error <= digits * std::max(1.0, std::abs(result.value));
  return known ? result.value : not_a_number;
}

double mode(const DistributionView& d) {
  const auto depth = [&](double x) { return -d.log_density(x); };
  // The best of many places evenly likely, then the valley about it.
  constexpr int places = 128;
  std::array<double, places + 1> at;
  DistributionView near = d;
  for (int i = 0; i <= places; ++i) {
    const Extended below = (i + Extended(1) / 1024) / (places + Extended(1) / 512);
    at[static_cast<std::size_t>(i)] = near.start = quantile(near, below, Tail::lower);
  }
  const auto best = static_cast<std::size_t>(std::ranges::min_element(at, {}, depth) - at.begin());
  double low = best == 0 ? d.support.low : at[best - 1];
  double high = best == places ? d.support.high : at[best + 1];
  if (std::isinf(low)) low = quantile(d, 1e-20L, Tail::lower);
  if (std::isinf(high)) high = quantile(d, 1e-20L, Tail::upper);
  if (d.discrete) {
    const auto whole = [&](double k) { return depth(d.lattice.at(std::round(k))); };
    double first = d.lattice.index(low), last = d.lattice.index(high);
    if (last - first > 2000) {
      const double middle = std::round(lowest_point(whole, first, last));
      first = std::max(first, middle - 1000), last = std::min(last, middle + 1000);
    }
    double found = first;
    for (double k = first; k <= last; ++k)
      if (whole(k) < whole(found)) found = k;
    return d.lattice.at(found);
  }
  double found = lowest_point(depth, low, high);
  for (const double end : {high, low})
    if (depth(end) <= depth(found)) found = end;
  return found;
}

Interval hdi(const DistributionView& d, double level) {
  if (d.discrete) return whole_hdi(d, level);
  // How much lies below: where the interval is shortest its ends are as likely, or one is the end
  // of the support.
  const Extended most = 1 - Extended(level);
  DistributionView near_low = d, near_high = d;  // each search starts where the last one ended
  const auto ends = [&](Extended below) {
    near_low.start = quantile(near_low, below, Tail::lower);
    near_high.start = quantile(near_high, most - below, Tail::upper);
    return Interval{near_low.start, near_high.start};
  };
  const auto length = [&](Extended below) {
    const auto [low, high] = ends(below);
    return Extended(high) - low;
  };
  constexpr int places = 64;
  Extended best = 0, shortest = infinity;
  for (int i = 0; i <= places; ++i)
    if (const Extended next = length(most * i / places); next < shortest * (1 - 1e-12L))
      best = most * i / places, shortest = next;
  Extended a = std::max<Extended>(0, best - most / places);
  Extended b = std::min(most, best + most / places);
  const auto density = [&](double x) {
    return std::isinf(x) ? -Extended(infinity) : d.log_density(x);
  };
  for (int i = 0; i < 64 && a < b; ++i) {
    const Extended middle = a + (b - a) / 2;
    const auto [low, high] = ends(middle);
    (density(low) < density(high) ? a : b) = middle;
  }
  if (a == 0) b = 0;  // it falls from the end of the support
  // A flat stretch, or a peak that is an end of the support.
  for (const Extended end : {best, Extended(0), most})
    if (length(end) < length(b) * (1 - 1e-13L)) b = end;
  return ends(b);
}

}  // namespace mathtool::stats::detail
