#include "calculus/series_look.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <cmath>
#include <utility>
#include <vector>

namespace mathtool::math {
namespace {

constexpr int many = 100'000;
constexpr int repetition = 24;     // places after which any known pattern of signs repeats
constexpr int neighbourhood = 64;  // terms whose largest bounds the next ones without a pattern

/// A term between two of its class lies between them, but for a quarter of their size.
template <class T>
bool in_line(const T& before, const T& here, const T& after) {
  const T size = std::max(T(abs(before)), T(abs(after)));
  return !(abs(here - (before + after) / 2) > abs(before - after) + size / 4);
}

/// Without a pattern: no more than four times the largest of those before.
bool within(double largest_before, double here) { return !(std::abs(here) > 4 * largest_before); }

class ManyTerms {
 public:
  ManyTerms(FunctionRef<double(double k)> quick, const Terms& terms)
      : quick_(quick), terms_(terms) {
    const double available = std::min<double>(many, terms.largest - terms.first + 1);
    values_.reserve(static_cast<std::size_t>(std::max(0.0, available)));
    for (double i = 0; i < available; ++i) {
      terms.stop.check();
      values_.push_back(quick(terms.first + i));
    }
  }

  std::size_t size() const { return values_.size(); }
  bool all_zero() const {
    return std::all_of(values_.begin(), values_.end(), [](double value) { return value == 0; });
  }
  double index(std::size_t i) const { return terms_.first + static_cast<double>(i); }

  /// The index of the first from `summed` on that is out of line, if any.
  std::optional<double> odd(std::size_t summed, bool patterned) const {
    constexpr int most_false = 32;  // beyond, doubles are noise
    int false_alarms = 0;
    double largest = 0, largest_before = 0;
    for (std::size_t i = repetition; i + repetition < size() && false_alarms < most_false; ++i) {
      if (i % neighbourhood == 0) largest_before = std::exchange(largest, 0.0);
      const double here = values_[i], bound = std::max(largest, largest_before);
      if (std::isfinite(here)) largest = std::max(largest, std::abs(here));
      if (i < summed) continue;
      const bool regular = patterned
                               ? in_line(values_[i - repetition], here, values_[i + repetition])
                               : within(bound, here);
      const bool usual = !std::isinf(here) && regular;
      if (usual) continue;
      if (confirmed(i, patterned, bound)) return index(i);
      ++false_alarms;
    }
    return false_alarms < most_false ? far_out(std::max(largest, largest_before)) : std::nullopt;
  }

 private:
  /// A term of ever larger index that exceeds what came last.
  std::optional<double> far_out(double largest_before) const {
    for (double k = index(size()); k <= std::min(terms_.largest, 1e15);
         k = std::floor(1.7 * k) + 1) {
      const double value = quick_(k);
      if (!std::isfinite(value) || within(largest_before, value)) continue;
      const Sample sample = terms_.read(k);
      if (!sample.lost && !within(largest_before, static_cast<double>(sample.value))) return k;
    }
    return std::nullopt;
  }

  Sample read(std::size_t i) const { return terms_.read(FiftyDigits(index(i))); }

  bool confirmed(std::size_t i, bool patterned, double bound) const {
    const Sample here = read(i);
    if (here.lost) return false;
    if (!isfinite(here.value)) return true;
    if (!patterned) return !within(bound, static_cast<double>(here.value));
    const Sample before = read(i - repetition), after = read(i + repetition);
    return !before.lost && !after.lost && !in_line(before.value, here.value, after.value);
  }

  FunctionRef<double(double k)> quick_;
  const Terms& terms_;
  std::vector<double> values_;
};

}  // namespace

std::string odd_among_many(FunctionRef<double(double k)> quick, const Terms& terms, int summed,
                           bool sum_is_zero) {
  const ManyTerms all(quick, terms);
  if (sum_is_zero && all.all_zero())
    return fmt::format("none of the {} looked at changes anything; one further on may", all.size());
  const auto odd = all.odd(static_cast<std::size_t>(summed), sign_period(terms) != 0);
  return odd ? fmt::format("that at k = {} does not follow the pattern of the others", *odd) : "";
}

}  // namespace mathtool::math
