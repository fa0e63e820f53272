#include "mathtool/stats/expectation.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "mathtool/math/calculus/integrate.hpp"
#include "mathtool/math/constants.hpp"

namespace mathtool::stats::detail {
namespace {

constexpr double negligible = 1e-40;
constexpr std::int64_t most_terms = 200'000;
constexpr double crowded_tail = 0.1;

Extended term(const DistributionView& d, FunctionRef<double(double)> g, double k) {
  const double x = d.lattice.at(k);
  const Extended mass = std::exp(d.log_density(x));
  return mass == 0 ? 0 : mass * g(x);
}

/// From the middle of the distribution outwards, until what is left of a tail no longer counts.
math::Estimate sum_of_terms(const DistributionView& d, FunctionRef<double(double)> g, double middle,
                            double low, double high) {
  math::Estimate result{.value = 0, .error = 0, .evaluations = 0, .status = Status::converged};
  Extended sum = 0, magnitude = 0;
  double first_beyond = not_a_number;
  const auto outwards = [&](double k, double step, Tail tail) {
    for (int i = 1; low <= k && k <= high; k += step, ++i) {
      const Extended next = term(d, g, k);
      sum += next;
      magnitude += std::abs(next);
      if (std::isnan(first_beyond) && !std::isfinite(static_cast<double>(sum)))
        first_beyond = d.lattice.at(k);
      if (++result.evaluations >= most_terms) {
        result.status = Status::out_of_budget;
        result.reason =
            fmt::format("more than {} values have a noticeable probability", most_terms);
        return;
      }
      if (i % 64 != 0) continue;
      // Beyond the middle the terms of a mean of any polynomial fall like those of a geometric row.
      const Extended left = d.tails(d.lattice.at(k))[tail];
      if (left == 0 || (left < negligible && std::abs(next) * 64 < negligible * magnitude)) return;
    }
  };
  outwards(middle, 1, Tail::upper);
  outwards(middle - 1, -1, Tail::lower);
  result.value = static_cast<double>(sum);
  result.error = static_cast<double>(magnitude) * 1e-15;
  if (!std::isfinite(result.value)) {
    result.status = Status::not_finite;
    result.reason = fmt::format("the sum is not finite from its term at x = {} on", first_beyond);
  }
  return result;
}

/// Of many terms: only every 2ᵐ-th, and the sum of all from those with 2ᵐ, 2ᵐ⁻¹, …, by the powers
/// of the squared step that Euler and Maclaurin's formula has (Romberg's way, but to a step of 1).
math::Estimate sum_by_steps(const DistributionView& d, FunctionRef<double(double)> g, double low,
                            double high) {
  constexpr std::size_t orders = 8;
  math::Estimate result{.value = 0, .error = 0, .evaluations = 2, .status = Status::out_of_budget};
  double step = std::exp2(std::floor(std::log2((high - low) / 64)));
  const double last = low + step * std::floor((high - low) / step);
  const Extended ends = (term(d, g, low) + term(d, g, last)) / 2;
  Extended points = 0, magnitude = std::abs(ends);
  const auto add = [&](double first, double by) {
    for (double k = first; k < last; k += by, ++result.evaluations) {
      const Extended next = term(d, g, k);
      points += next;
      magnitude += std::abs(next);
    }
  };
  add(low + step, step);
  std::vector<Extended> row{step * (points + ends)};
  while (step > 1 && result.evaluations < most_terms && result.status != Status::converged) {
    add(low + step / 2, step);
    step /= 2;
    // Neville's scheme in the squared step, at a step of 1.
    std::vector<Extended> next{step * (points + ends)};
    for (std::size_t j = 0; j < std::min(row.size(), orders); ++j) {
      const Extended fine = static_cast<Extended>(step) * step;
      const Extended coarse = std::ldexp(fine, 2 * static_cast<int>(j) + 2);
      next.push_back(next[j] + (next[j] - row[j]) * (1 - fine) / (fine - coarse));
    }
    const Extended change = std::abs(next.back() - row.back()), size = step * magnitude;
    if (step == 1 || (next.size() > 3 && change <= 1e-13L * size))
      result.status = Status::converged;
    row = next;
    result.value = static_cast<double>(row.back() + ends);
    result.error = static_cast<double>((step == 1 ? 0 : change) + 1e-15L * size);
  }
  if (last < high) {  // what did not fill a step
    const math::Estimate rest = high - last < 1000 ? sum_of_terms(d, g, last + 1, last + 1, high)
                                                   : sum_by_steps(d, g, last + 1, high);
    result.value += rest.value;
    result.error += rest.error;
    result.evaluations += rest.evaluations;
    if (rest.status != Status::converged) result.status = rest.status;
  }
  if (result.status != Status::converged)
    result.reason =
        fmt::format("{} of {} terms were not enough", result.evaluations, high - low + 1);
  return result;
}

math::Estimate sum_over_support(const DistributionView& d, FunctionRef<double(double)> g) {
  const auto index = [&](Extended p, Tail tail) {
    return d.lattice.index(search_quantile(d, p, tail));
  };
  const double low = d.lattice.index(d.support.low), high = d.lattice.index(d.support.high);
  const double first = std::max(low, index(negligible, Tail::lower));
  const double last = std::min(high, index(negligible, Tail::upper));
  if (last - first < static_cast<double>(most_terms) / 10)
    return sum_of_terms(d, g, index(0.5L, Tail::lower), low, high);
  return sum_by_steps(d, g, first, last);
}

/// Whether the density grows towards an end of the support beside which doubles are too coarse for
/// it. At 0 they are only where much lies below the smallest of them.
bool crowded(const DistributionView& d, double end, Tail tail) {
  if (std::isinf(end)) return false;
  if (end == 0) return std::abs(search_quantile(d, 1e-20L, tail)) < 1e-300;
  const double inside = std::nextafter(end, tail == Tail::lower ? infinity : -infinity);
  constexpr Extended tenfold = 2.3L;
  return d.log_density(inside) > d.log_density(search_quantile(d, 0.1L, tail)) + tenfold;
}

/// The share of a tail with a crowded end: 0.1, or what lies about 0 where that is more.
double crowded_share(const DistributionView& d, double end, Tail side) {
  constexpr double near = 1e-290;
  if (end != 0) return crowded_tail;
  return std::max(crowded_tail,
                  static_cast<double>(d.tails(side == Tail::lower ? near : -near)[side]));
}

/// ∫ g(x) f(x) dx over a tail of probability p as ∫ g(quantile(u)) du. There g may well be 0.
math::Estimate over_probabilities(const DistributionView& d, FunctionRef<double(double)> g,
                                  double p, Tail tail) {
  const double first = std::nextafter(d.support.low, infinity);
  const double last = std::nextafter(d.support.high, -infinity);
  math::Estimate result = math::integrate(
      [&](double u) { return g(std::clamp(search_quantile(d, u, tail), first, last)); }, 0, p,
      {.zero_scan = 200});
  if (result.status == Status::suspicious && result.value == 0) result.status = Status::converged;
  return result;
}

/// A power of two near the width of the distribution, 1 unless that is a number of extreme size, on
/// which no quadrature would choose its points well.
double unit_of(const DistributionView& d) {
  const double width =
      search_quantile(d, 0.25L, Tail::upper) - search_quantile(d, 0.25L, Tail::lower);
  if (!(width > 0 && std::isfinite(width))) return 1;
  constexpr double range = 64, most = 15;
  return std::exp2(range * std::clamp(std::round(std::log2(width) / range), -most, most));
}

void add(const math::Estimate& part, math::Estimate& sum) {
  sum.value += part.value;
  sum.error += part.error;
  sum.evaluations += part.evaluations;
  if (sum.status == Status::converged && part.status != Status::converged) {
    sum.status = part.status;
    sum.reason = part.reason;
  }
}

}  // namespace

math::Estimate expectation(const DistributionView& d, FunctionRef<double(double)> g) {
  if (d.discrete) return sum_over_support(d, g);
  const double unit = unit_of(d);
  std::vector<double> breaks;
  for (const Extended p : {1e-12L, 1e-4L, 0.1L, 0.5L}) {
    breaks.push_back(search_quantile(d, p, Tail::lower) / unit);
    breaks.push_back(search_quantile(d, p, Tail::upper) / unit);
  }
  std::ranges::sort(breaks);
  const auto weighted = [&](double place) {
    const double x = place * unit;
    if (!std::isfinite(x)) return 0.0;
    const Extended density = std::exp(d.log_density(x)) * unit;
    if (density == 0) return 0.0;
    const double value = g(x);
    return value == 0 ? 0.0 : static_cast<double>(density * value);
  };
  double low = d.support.low, high = d.support.high;
  math::Estimate sum{.value = 0, .error = 0, .status = Status::converged};
  if (crowded(d, low, Tail::lower)) {
    const double share = crowded_share(d, low, Tail::lower);
    add(over_probabilities(d, g, share, Tail::lower), sum);
    if (share > crowded_tail) {  // no integral over x tells the rest from what lies below
      add(over_probabilities(d, g, 1 - share, Tail::upper), sum);
      return sum;
    }
    low = search_quantile(d, share, Tail::lower);
  }
  if (crowded(d, high, Tail::upper)) {
    const double share = crowded_share(d, high, Tail::upper);
    add(over_probabilities(d, g, share, Tail::upper), sum);
    if (share > crowded_tail) {
      add(over_probabilities(d, g, 1 - share, Tail::lower), sum);
      return sum;
    }
    high = search_quantile(d, share, Tail::upper);
  }
  add(math::integrate(weighted, low / unit, high / unit, {.breaks = breaks}), sum);
  return sum;
}

}  // namespace mathtool::stats::detail
