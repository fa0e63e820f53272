#include "calculus/series_test.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <cmath>

#include "calculus/whole_numbers.hpp"

namespace mathtool::math {
namespace {

using ReadTerm = FunctionRef<Sample(const FiftyDigits& k)>;

/// The sign of terms that are to come: +1, −1, or 0 when they change it.
int common_sign(ReadTerm term, double from, double largest) {
  int sign = 0;
  for (double k = from; k <= std::min(largest, 1e12); k = std::floor(1.7 * k) + 1) {
    const FiftyDigits value = term(k).value;
    if (value == 0) continue;
    const int now = value > 0 ? 1 : -1;
    if (sign * now < 0) return 0;
    sign = now;
  }
  return sign;
}

/// Late partial sums reach as far up and down as early ones: they do not drift away.
bool sums_keep_apart(const Terms& terms) {
  constexpr int early = 256, late = 1024;
  FiftyDigits sum = 0, early_low = 0, early_high = 0, low = 0, high = 0;
  for (int i = 0; i < late && terms.first + i <= terms.largest; ++i) {
    const Sample sample = terms.read(FiftyDigits(terms.first) + i);
    if (sample.lost || !isfinite(sample.value)) return false;
    sum += sample.value;
    if (i < early) early_low = std::min(early_low, sum), early_high = std::max(early_high, sum);
    if (i == early) low = high = sum;
    if (i >= early) low = std::min(low, sum), high = std::max(high, sum);
  }
  const FiftyDigits slack = 0.1 * (early_high - early_low);
  return low <= early_low + slack && high >= early_high - slack;
}

/// Of 24 terms in a row; 1 where it would be 0.
FiftyDigits largest_size(ReadTerm term, double from) {
  FiftyDigits largest = 0;
  for (int i = 0; i < 24; ++i) {
    const FiftyDigits size = abs(term(FiftyDigits(from) + i).value);
    if (isfinite(size)) largest = std::max(largest, size);
  }
  return largest > 0 ? largest : FiftyDigits(1);
}

/// Each doubling of the index divides the terms by more than 2^10.
bool falls_fast(ReadTerm term, double from) {
  FiftyDigits before = abs(term(from).value);
  for (int i = 0; i < 3; ++i) {
    from *= 2;
    const FiftyDigits now = abs(term(from).value);
    if (!(1024 * now < before) && now != 0) return false;
    before = now;
  }
  return true;
}

SeriesTest diverging(Settled how) {
  SeriesTest test;
  test.diverges = true;
  test.divergence = std::move(how);
  return test;
}

/// Raabe's test of terms of one sign; `depth` counts condensations.
SeriesTest raabe(const Terms& terms, int sign, int depth) {
  const ReadTerm term = terms.read;
  const WholeNumbers numbers{
      .largest = terms.largest - 1, .in_double = terms.in_double, .stop = terms.stop};
  const Tolerances tolerances{1e-6, 1e-6};
  const auto ratio = [&](const FiftyDigits& k) {
    const Sample here = term(k), next = term(k + 1);
    Sample sample{k * (here.value / next.value - 1)};
    sample.noise = k * (here.noise / abs(here.value) + next.noise / abs(next.value));
    sample.lost = here.lost || next.lost || here.value == 0 || next.value == 0;
    return sample;
  };
  const Settled rho = settle_whole_numbers(ratio, numbers, tolerances);
  SeriesTest test;
  const bool finite = rho.verdict == Verdict::finite;
  if (rho.verdict == Verdict::plus_infinity || (finite && rho.value - rho.error > 1)) {
    test.converges = true;
    test.condensations = depth;
    return test;
  }
  const auto unbounded = [&](const std::string& why) {
    return diverging(settled_infinite(sign, "the sum grows beyond every bound: " + why));
  };
  if (rho.verdict == Verdict::minus_infinity || (finite && rho.value + rho.error < 1))
    return unbounded(fmt::format("Raabe's limit is {:.4g} < 1", static_cast<double>(rho.value)));
  test.doubt = "Raabe's test does not tell whether the terms fall fast enough";
  if (!finite) return test;

  const auto times_index = [&](const FiftyDigits& k) {
    Sample sample = term(k);
    sample.value *= k, sample.noise *= k;
    return sample;
  };
  const Settled level = settle_whole_numbers(times_index, numbers, tolerances);
  if (level.verdict == Verdict::plus_infinity || level.verdict == Verdict::minus_infinity ||
      (level.verdict == Verdict::finite && abs(level.value) > level.error))
    return unbounded("the terms do not fall faster than 1/k");
  if (depth == 2 || terms.in_double || level.verdict != Verdict::finite) return test;

  const double largest_exponent = std::min(std::log2(terms.largest), 4e8);
  if (largest_exponent < 64) return test;
  const auto condense = [&](const FiftyDigits& j) {
    const FiftyDigits k = ldexp(FiftyDigits(1), static_cast<int>(j));
    Sample sample = term(k);
    sample.value *= k, sample.noise *= k;
    return sample;
  };
  const Terms condensed{.read = condense, .largest = largest_exponent, .stop = terms.stop};
  return raabe(condensed, sign, depth + 1);
}

}  // namespace

SeriesTest test_series(const Terms& terms) {
  const ReadTerm term = terms.read;
  const double from = std::max(terms.first, 0.0) + 32;
  const WholeNumbers numbers{
      .largest = terms.largest, .in_double = terms.in_double, .stop = terms.stop};
  const FiftyDigits unit = largest_size(term, from);
  const auto size = [&](const FiftyDigits& k) {
    Sample sample = term(k);
    sample.value = abs(sample.value) / unit, sample.noise /= unit;
    return sample;
  };
  SeriesTest test;
  if (falls_fast(term, from)) {
    test.converges = true;
    return test;
  }
  const Tolerances tolerances{1e-6, 1e-6};
  Settled last = settle_whole_numbers(size, numbers, tolerances);
  if (last.verdict == Verdict::not_established)
    last = settle_whole_numbers(term, numbers, tolerances);
  const int sign = common_sign(term, from, terms.largest);
  const bool vanish = last.verdict == Verdict::finite && last.value == 0;
  if (!vanish) {
    const bool established =
        last.verdict != Verdict::not_established && last.verdict != Verdict::undefined;
    if (established && sign != 0)
      return diverging(settled_infinite(sign, "the terms do not tend to 0"));
    if (established && sums_keep_apart(terms))
      return diverging(settled_nowhere("the terms do not tend to 0"));
    test.doubt = last.reason.empty() ? "the terms do not tend to 0, and their sums drift"
                                     : "it is not clear that the terms tend to 0: " + last.reason;
    return test;
  }
  if (sign != 0) {
    test = raabe(terms, sign, 0);
    test.keeps_sign = true;
    return test;
  }
  // Those that change sign without a pattern are judged by the agreement of the transforms alone,
  // as no simple test of terms exists.
  test.converges = alternate_and_fall(terms) || (!terms.in_double && sign_period(terms) == 0 &&
                                                 common_sign(term, from + 512, terms.largest) == 0);
  if (!test.converges) test.doubt = "the terms change sign without alternating and falling";
  return test;
}

}  // namespace mathtool::math
