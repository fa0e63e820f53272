#include "mathtool/math/calculus/series.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <cmath>
#include <utility>
#include <vector>

#include "calculus/accelerate_track.hpp"
#include "calculus/condensation.hpp"
#include "calculus/readers.hpp"
#include "calculus/series_look.hpp"
#include "calculus/series_test.hpp"
#include "mathtool/math/calculus/precise_limits.hpp"
#include "mathtool/math/error.hpp"

namespace mathtool::math {
namespace {

using ReadTerm = FunctionRef<Sample(const FiftyDigits& k)>;

void check(double first, const SeriesOptions& options, const char* name) {
  require(std::abs(first) <= 0x1p53 && first == std::floor(first),
          "{}: the first index must be a whole number of at most 2^53, got {}", name, first);
  require(options.rel_tol > 0 && options.abs_tol > 0, "{}: tolerances must be > 0, got {} and {}",
          name, options.rel_tol, options.abs_tol);
  require(options.largest_index >= first + 256,
          "{}: largest_index must be >= first + 256 = {}, got {}", name, first + 256,
          options.largest_index);
}

struct PartialSums {
  std::vector<FiftyDigits> sums = {};
  std::vector<FiftyDigits> noise = {};
  FiftyDigits largest_term = 0;
  bool usable = true;  ///< every term was finite and had digits
};

PartialSums partial_sums(ReadTerm term, double first, int count, const StopToken& stop) {
  PartialSums partial;
  FiftyDigits sum = 0, noise = 0;
  for (int i = 0; i < count; ++i) {
    stop.check();
    const Sample sample = term(FiftyDigits(first) + i);
    partial.usable = partial.usable && !sample.lost && isfinite(sample.value);
    sum += sample.value;
    noise += sample.noise;
    partial.sums.push_back(sum);
    partial.noise.push_back(noise);
    partial.largest_term = std::max(partial.largest_term, FiftyDigits(abs(sample.value)));
  }
  return partial;
}

constexpr std::size_t latest_family = 3;

/// Partial sums from several starts on, and those at doubling indices.
std::vector<Family> families(const PartialSums& partial) {
  std::vector<Family> families;
  const std::size_t count = partial.sums.size();
  const auto add = [&](std::size_t start, auto&& next) {
    Family family;
    for (std::size_t i = start; i < count; i = next(i)) {
      family.values.push_back(partial.sums[i]);
      family.noise.push_back(partial.noise[i]);
    }
    families.push_back(std::move(family));
  };
  constexpr std::size_t members = 48;
  for (const std::size_t start :
       {std::size_t{0}, std::size_t{5}, std::size_t{16}, count - members}) {
    add(start, [&](std::size_t i) { return i + 1 < start + members ? i + 1 : count; });
    families.back().from = members / 4;
  }
  for (const std::size_t start : {3U, 4U}) add(start, [](std::size_t i) { return 2 * i + 1; });
  return families;
}

/// The verdict on an estimate of a sum of which the terms said nothing against convergence.
Settled judge_sum(const Consensus& consensus, const SeriesTest& test, const FiftyDigits& size,
                  const SeriesOptions& options) {
  if (!isfinite(consensus.best.error))
    return not_settled(Status::out_of_budget, "the partial sums follow no known pattern");
  Settled settled = settled_finite(consensus.best.value, consensus.best.error);
  const FiftyDigits tolerance = std::max(FiftyDigits(options.rel_tol * abs(settled.value)),
                                         FiftyDigits(options.abs_tol * size));
  const double value = static_cast<double>(settled.value);
  if (consensus.contradicted) {
    settled.status = Status::suspicious;
    settled.reason = fmt::format("estimates of the sum contradict one another near {:.6g}", value);
  } else if (settled.error > tolerance && !test.converges) {
    return not_settled(Status::suspicious, test.doubt);
  } else if (settled.error > tolerance) {
    settled.error += consensus.spread;
    settled.status = Status::out_of_budget;
    settled.reason = fmt::format("convergence is slow: {:.6g} is known to within {:.2g} only",
                                 value, static_cast<double>(settled.error));
  } else if (!test.converges) {
    settled.status = Status::suspicious;
    settled.reason = test.doubt;
  }
  if (settled.status != Status::converged) settled.verdict = Verdict::not_established;
  return settled;
}

/// What is known of a sum beyond its scale.
struct SumOptions {
  SeriesOptions series = {};
  bool in_double = false;
  FiftyDigits size = 0;  ///< below which an error counts as absolute; 0: that of the largest term
};

/// The last partial sums differ by rounding alone, after terms that fall like a high power.
bool stands_still(const PartialSums& partial) {
  const FiftyDigits last = partial.sums.back();
  const FiftyDigits before = partial.sums[partial.sums.size() * 3 / 4];
  return abs(last - before) <= 1e-30 * abs(last);
}

/// Estimates from terms around the thousandth contain that from the first ones.
bool later_terms_agree(const Terms& terms, const Settled& settled) {
  const int available = int(std::min(1024.0, terms.largest - terms.first + 1));
  const PartialSums partial = partial_sums(terms.read, terms.first, available, terms.stop);
  if (!partial.usable) return true;  // an overflow there says nothing of the first terms
  const Accelerated<FiftyDigits> late = accelerate({families(partial)[latest_family]}).best;
  return !(abs(late.value - settled.value) > 100 * late.error + settled.error);
}

/// `summed` becomes the number of terms that were added up.
Settled settle_terms(const Terms& terms, const SumOptions& options, int& summed) {
  const SeriesTest test = test_series(terms);
  if (test.diverges) return test.divergence;
  Settled settled;
  constexpr int few = 64, many = 1024;
  for (int count = few; count <= many; count *= many / few) {
    const int available = int(std::min(double(count), terms.largest - terms.first + 1));
    const PartialSums partial = partial_sums(terms.read, terms.first, available, terms.stop);
    summed = available;
    if (!partial.usable)
      return not_settled(Status::not_finite, "a term is not finite, or has lost all digits");
    const FiftyDigits size =
        options.size > 0 ? options.size : std::min(FiftyDigits(1), partial.largest_term);
    // Partial sums that converge like a power of the logarithm deceive every transform.
    std::vector<Family> known = families(partial);
    if (stands_still(partial)) known = {known[latest_family]};
    settled = test.condensations == 0
                  ? judge_sum(accelerate(known), test, size, options.series)
                  : not_settled(Status::out_of_budget, "the sum converges, but too slowly");
    const bool worth_condensing =
        test.keeps_sign && test.converges && test.condensations < 2 && terms.largest >= 0x1p60;
    const bool known_from_many = settled.verdict == Verdict::finite && count == many;
    if (settled.verdict != Verdict::finite && worth_condensing) {
      const Consensus condensed = condensed_sum(terms.read, terms.first);
      if (condensed.best.error < settled.error)
        settled = judge_sum(condensed, test, size, options.series);
    }
    if (settled.verdict == Verdict::finite && !known_from_many &&
        !later_terms_agree(terms, settled))
      settled =
          not_settled(Status::suspicious, "later terms do not follow the pattern of the first");
    if (settled.verdict == Verdict::finite || test.condensations > 0) break;
  }
  return settled;
}

Settled settle_series(ReadTerm term, double first, const SumOptions& options) {
  std::int64_t evaluations = 0;
  const auto counted = [&](const FiftyDigits& k) {
    options.series.stop.check();
    ++evaluations;
    return term(k);
  };
  const Terms terms{.read = counted,
                    .first = first,
                    .largest = options.series.largest_index,
                    .in_double = options.in_double,
                    .stop = options.series.stop};
  const int period = sign_period(terms);
  const bool long_enough = terms.largest - first >= 256.0 * period;
  Settled settled;
  int summed = 0;
  if (period > 1 && long_enough && !(period == 2 && alternate_and_fall(terms)) &&
      vanish_in_classes(terms, period)) {
    const auto group = [&](const FiftyDigits& j) { return grouped_term(terms, period, j); };
    Terms grouped = terms;
    grouped.read = group;
    grouped.first = 0;
    grouped.largest = std::floor((terms.largest - first + 1) / period) - 1;
    settled = settle_terms(grouped, options, summed);
    summed *= period;
  } else {
    settled = settle_terms(terms, options, summed);
  }
  if (settled.verdict == Verdict::finite && options.series.quick) {
    const std::string odd =
        odd_among_many(options.series.quick, terms, summed, abs(settled.value) <= settled.error);
    if (!odd.empty()) settled = not_settled(Status::suspicious, odd);
  }
  settled.evaluations = evaluations;
  return settled;
}

/// The product, from the sum of the logarithms of its factors and the sign of the first ones.
LimitEstimate settle_product(ReadTerm factor, ReadTerm logarithm, double first,
                             const SeriesOptions& options, bool in_double) {
  constexpr int signs_read = 1024;
  int sign = 1, last_change = 0;
  for (int i = 0; i < signs_read; ++i) {
    options.stop.check();
    const Sample sample = factor(FiftyDigits(first) + i);
    if (sample.value == 0 && !sample.lost) {
      Settled zero = settled_finite(0, 0);
      zero.evaluations = i + 1;
      return rounded(zero);
    }
    if (sample.value < 0) sign = -sign, last_change = i;
  }
  SeriesOptions of_logarithms = options;
  if (options.quick)
    of_logarithms.quick = [&](double k) { return std::log(std::abs(options.quick(k))); };
  Settled settled = settle_series(logarithm, first, {of_logarithms, in_double, 1});
  const bool keeps_sign = last_change < signs_read / 2;
  if (settled.verdict == Verdict::minus_infinity) {
    const std::int64_t evaluations = settled.evaluations;
    settled = settled_finite(0, 0);
    settled.evaluations = evaluations;
  } else if (!keeps_sign && settled.verdict != Verdict::not_established) {
    settled = settled_nowhere("the factors do not stop changing the sign of the product");
  } else if (settled.verdict == Verdict::plus_infinity) {
    settled = settled_infinite(sign, "the product grows beyond every bound");
  } else if (isfinite(settled.value)) {
    settled.value = sign * exp(settled.value);
    settled.error = abs(settled.value) * expm1(settled.error);
  }
  settled.evaluations += signs_read;
  return rounded(settled);
}

}  // namespace

LimitEstimate infinite_sum(FunctionRef<double(double)> term, double first,
                           const SeriesOptions& options) {
  check(first, options, "infinite_sum");
  const auto read = [&](const FiftyDigits& k) { return read_double(term, static_cast<double>(k)); };
  return rounded(settle_series(read, first, {options, true}));
}

LimitEstimate infinite_sum(const PreciseFunction& term, double first,
                           const SeriesOptions& options) {
  check(first, options, "infinite_sum");
  const auto read = [&](const FiftyDigits& k) { return read_precise(term, k, HundredDigits(k)); };
  return rounded(settle_series(read, first, {options, false}));
}

LimitEstimate infinite_product(FunctionRef<double(double)> factor, double first,
                               const SeriesOptions& options) {
  check(first, options, "infinite_product");
  const auto read = [&](const FiftyDigits& k) {
    return read_double(factor, static_cast<double>(k));
  };
  const auto logarithm = [&](const FiftyDigits& k) {
    const double value = std::abs(factor(static_cast<double>(k)));
    return Sample{std::log(value), 4 * std::numeric_limits<double>::epsilon()};
  };
  return settle_product(read, logarithm, first, options, true);
}

LimitEstimate infinite_product(const PreciseFunction& factor, double first,
                               const SeriesOptions& options) {
  check(first, options, "infinite_product");
  const auto read = [&](const FiftyDigits& k) { return read_precise(factor, k, HundredDigits(k)); };
  const auto in_fifty = [&](const FiftyDigits& k) {
    return FiftyDigits(log(abs(factor.fifty(k))));
  };
  const auto in_hundred = [&](const HundredDigits& k) {
    return HundredDigits(log(abs(factor.hundred(k))));
  };
  const auto read_logarithm = [&](const FiftyDigits& k) {
    return read_precise(PreciseFunction(in_fifty, in_hundred), k, HundredDigits(k));
  };
  return settle_product(read, read_logarithm, first, options, false);
}

}  // namespace mathtool::math
