#include "calculus/series_pattern.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "calculus/whole_numbers.hpp"

namespace mathtool::math {
namespace {

constexpr int longest_period = 24;

using Signs = std::array<int, longest_period>;

/// −1, 0 or 1; rounding around 0 counts as 0.
int sign_of(const Sample& sample) {
  if (abs(sample.value) <= sample.noise) return 0;
  return sample.value > 0 ? 1 : -1;
}

Signs signs_from(const Terms& terms, double block) {
  Signs signs;
  for (int i = 0; i < longest_period; ++i)
    signs[std::size_t(i)] = sign_of(terms.read(FiftyDigits(terms.first) + block + i));
  return signs;
}

/// Index distances from the first term at which patterns are read.
constexpr std::array<double, 4> blocks = {longest_period * 2.0, longest_period * 43.0,
                                          longest_period * 1'009.0, longest_period * 40'009.0};

}  // namespace

int sign_period(const Terms& terms) {
  Signs pattern{};
  for (const double block : blocks) {
    if (terms.first + block + longest_period > terms.largest) break;
    const Signs signs = signs_from(terms, block);
    const bool vanished = std::all_of(signs.begin(), signs.end(), [](int s) { return s == 0; });
    if (vanished) continue;
    if (pattern == Signs{}) pattern = signs;
    if (signs != pattern) return 0;
  }
  for (const int period : {1, 2, 3, 4, 6, 8, 12, 24})
    if (std::equal(pattern.begin() + period, pattern.end(), pattern.begin())) return period;
  return 0;
}

bool alternate_and_fall(const Terms& terms) {
  const double slack = terms.in_double ? 1e-12 : 0;
  const auto falls_after = [&](const FiftyDigits& k) {
    const FiftyDigits here = terms.read(k).value, next = terms.read(k + 1).value;
    return (here == 0 && next == 0) || (here * next < 0 && abs(next) <= (1 + slack) * abs(here));
  };
  const double from = terms.first + longest_period;
  for (int i = 0; i < 64; ++i)
    if (!falls_after(FiftyDigits(from) + i)) return false;
  const double last = std::min(terms.largest, terms.in_double ? 1e12 : 0x1p60);
  for (double k = from + 64; k + 2 <= last; k = std::floor(1.7 * k) + 1)
    if (!falls_after(FiftyDigits(k)) || !falls_after(FiftyDigits(k) + 1)) return false;
  return true;
}

bool vanish_in_classes(const Terms& terms, int period) {
  const WholeNumbers numbers{.largest = std::floor((terms.largest - terms.first) / period) - 1,
                             .in_double = terms.in_double,
                             .stop = terms.stop};
  for (int remainder = 0; remainder < period; ++remainder) {
    const auto place = [&](const FiftyDigits& j) {
      return FiftyDigits(FiftyDigits(terms.first) + j * period + remainder);
    };
    const bool zeros = std::all_of(blocks.begin(), blocks.end(), [&](double block) {
      return terms.first + block + period > terms.largest ||
             sign_of(terms.read(place(FiftyDigits(block) / period))) == 0;
    });
    if (zeros) continue;
    const auto size = [&](const FiftyDigits& j) {
      Sample sample = terms.read(place(j));
      sample.value = abs(sample.value);
      return sample;
    };
    const Settled last = settle_whole_numbers(size, numbers, {1e-6, 1e-6});
    if (last.verdict != Verdict::finite || last.value != 0) return false;
  }
  return true;
}

Sample grouped_term(const Terms& terms, int period, const FiftyDigits& j) {
  Sample sum;
  for (int i = 0; i < period; ++i) {
    const Sample sample = terms.read(FiftyDigits(terms.first) + j * period + i);
    sum.value += sample.value;
    sum.noise += sample.noise;
    sum.lost = sum.lost || sample.lost;
  }
  if (abs(sum.value) <= sum.noise) sum.value = 0;
  return sum;
}

}  // namespace mathtool::math
