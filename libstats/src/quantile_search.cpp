#include <algorithm>
#include <bit>
#include <cstdint>

#include "mathtool/stats/distribution.hpp"

namespace mathtool::stats::detail {
namespace {

/// The doubles in their order, numbered: half way between two numbers is half way between their
/// exponents, so that halving ends after 64 steps wherever the quantile lies.
std::int64_t rank(double x) {
  const auto bits = std::bit_cast<std::int64_t>(x);
  return bits >= 0 ? bits : std::numeric_limits<std::int64_t>::min() - bits;
}

double halfway(double a, double b) {
  const std::int64_t low = rank(a), high = rank(b);
  const std::int64_t middle = (low & high) + ((low ^ high) >> 1);
  return std::bit_cast<double>(middle >= 0 ? middle
                                           : std::numeric_limits<std::int64_t>::min() - middle);
}

/// How far x is beyond the quantile, as a logarithm, and Newton's step from there.
struct Look {
  Tails tails;
  Extended gap, step;
};

Look look(const DistributionView& d, double x, Extended p, Tail tail) {
  if (p > 0.5L) return look(d, x, 1 - p, opposite(tail));
  const Tails tails = d.tails(x);
  const int sign = tail == Tail::lower ? 1 : -1;
  const Extended gap = sign * (std::log(tails[tail]) - std::log(p));
  return {tails, gap, gap == 0 ? 0 : -gap * tails[tail] / std::exp(d.log_density(x))};
}

/// The upper one of two neighbours, unless the quantile lies beyond all doubles, or the lower one
/// is the end of the support, rounded up to where there already is mass enough.
double upper_neighbour(const DistributionView& d, double a, double b, Extended p, Tail tail) {
  constexpr double largest = std::numeric_limits<double>::max();
  if (a == d.support.low && look(d, a, p, tail).gap >= 0) return a;
  if (a == -largest && std::isinf(d.support.low) && look(d, a, p, tail).gap > 0) return -infinity;
  if (b == largest && std::isinf(d.support.high) && look(d, b, p, tail).gap < 0) return infinity;
  return b;
}

/// Newton's method on the logarithm of the tail, which is nearly straight far out, between two
/// points that enclose the quantile; halved where it does not get on.
double real_quantile(const DistributionView& d, Extended p, Tail tail) {
  double a = std::max(d.support.low, -std::numeric_limits<double>::max());
  double b = std::min(d.support.high, std::numeric_limits<double>::max());
  double x = a < d.start && d.start < b ? d.start : halfway(a, b);
  Extended last_gap = infinity;
  for (int halvings = 0; halvings < 70;) {
    const auto [tails, gap, step] = look(d, x, p, tail);
    const bool flat =
        gap == 0 && std::isinf(d.log_density(x));  // a gap in the support: to its left
    if (gap == 0 && !flat) return x;
    (gap >= 0 ? b : a) = x;
    const double middle = halfway(a, b);
    if (middle == a || middle == b) return upper_neighbour(d, a, b, p, tail);
    const Extended newton = x + step;
    const auto next = static_cast<double>(newton);
    if (!flat && std::abs(step) <= 2e-16L * std::abs(newton) && a <= next && next <= b) return next;
    const bool inside = !flat && a < next && next < b && std::abs(gap) < 0.5L * std::abs(last_gap);
    halvings += !inside;
    x = inside ? next : middle;
    last_gap = gap;
  }
  return b;
}

/// Half way between whole numbers, by their size where that differs much.
double whole_halfway(double a, double b) {
  if (a < 0 && b > 0) return 0;
  if (a < 0) return -whole_halfway(-b, -a);
  if (b > 16 * (a + 1)) return std::floor(std::sqrt(a + 1) * std::sqrt(b));
  return std::floor(a + (b - a) / 2);
}

/// The whole number before k, as doubles have them.
double before(double k) { return std::min(k - 1, std::nextafter(k, -infinity)); }

/// The same for the number of an atom on its lattice.
double whole_quantile(const DistributionView& d, Extended p, Tail tail) {
  // Rounded to a double, so that quantile(cdf(k)) is k.
  const auto target = static_cast<double>(p);
  constexpr double furthest = std::numeric_limits<double>::max();
  const double low = std::max(d.lattice.index(d.support.low), -furthest);
  const double high = std::min(d.lattice.index(d.support.high), furthest);
  double a = before(low), b = high;  // reached at b, not at a
  double k = std::min(std::clamp(d.lattice.index(d.start), low, high), before(high));
  Extended last_gap = infinity;
  // 1100 halvings would do in any case: at first of the exponent, then of the difference.
  for (int halvings = 0; halvings < 1100 && a < k && k < b;) {
    const auto [tails, gap, step] = look(d, d.lattice.at(k), p, tail);
    const auto mass = static_cast<double>(tails[tail]);
    (tail == Tail::lower ? mass >= target : mass <= target) ? b = k : a = k;
    const auto newton = static_cast<double>(std::round(k + step / d.lattice.step));
    const bool steps = std::abs(gap) < 0.5L * std::abs(last_gap) && std::isfinite(newton);
    halvings += !steps;
    last_gap = gap;
    // Where Newton's method stays, the neighbour on the other side is the last question.
    const double other = b == k ? before(k) : -before(-k);
    k = steps ? (newton == k ? other : newton) : whole_halfway(std::max(a, low), b);
    if (-before(-a) < b) k = std::clamp(k, -before(-a), before(b));
  }
  return d.lattice.at(b);
}

}  // namespace

double search_quantile(const DistributionView& d, Extended p, Tail tail) {
  if (d.discrete) return whole_quantile(d, p, tail);
  if (p <= 0.5) return real_quantile(d, p, tail);
  return real_quantile(d, 1 - p, opposite(tail));
}

}  // namespace mathtool::stats::detail
