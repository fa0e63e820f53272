#include "selection.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdint>
#include <limits>

#include "mathtool/math/constants.hpp"
#include "ordered_key.hpp"

namespace mathtool::stats {
namespace {

constexpr double few = 32768;  // samples that are ordered rather than counted
constexpr int bin_bits = 16;

/// The numbers themselves; −0 becomes 0, which it equals.
struct Plain {
  double operator()(double x) const { return x + 0.0; }
};

struct Distance {
  double center;
  double operator()(double x) const { return std::abs(x - center); }
};

/// The numbers whose keys run from `first` to `first + width`.
struct Range {
  std::uint64_t first, width;
};

/// Some neighbouring ranks, all of which fall into a range.
struct Search {
  Range range;
  double below, samples;  ///< how many samples are less than it, and in it
  std::span<const double> ranks;
  double* found;  ///< as many as ranks
};

struct Weighted {
  std::uint64_t key;
  double weight;
};

/// What a search goes on with: a bin that one of its ranks falls into.
struct Lot {
  Search search;
  std::size_t bin;
  std::vector<Weighted> numbers = {};  ///< of a small one

  bool is_small() const { return search.samples <= few; }
};

bool less(const Weighted& a, const Weighted& b) { return a.key < b.key; }

/// Ends a search among the numbers of its range.
void order(std::vector<Weighted>& numbers, const Search& search) {
  const bool equal = std::all_of(numbers.begin(), numbers.end(), [&](const Weighted& x) {
    return x.weight == numbers.front().weight;
  });
  auto next = numbers.begin();
  if (!equal) std::sort(next, numbers.end(), less);
  double below = search.below;
  for (std::size_t i = 0; i < search.ranks.size(); ++i) {
    if (equal) {
      const double index = std::ceil((search.ranks[i] - below) / next->weight) - 1;
      const auto place = numbers.begin() + static_cast<std::ptrdiff_t>(index);
      std::nth_element(next, place, numbers.end(), less);
      next = place;
    } else {
      while (below + next->weight < search.ranks[i]) below += next++->weight;
    }
    search.found[i] = from_ordered_key(next->key);
  }
}

template <class Transform>
class Selection {
 public:
  Selection(std::span<const EqualWeights> parts, Transform transform)
      : parts_(parts), transform_(transform) {}

  std::vector<double> run(std::span<const double> ranks) const {
    const std::uint64_t first = ordered_key(-infinity), last = ordered_key(infinity);
    std::vector<double> found(ranks.size());
    double samples = 0.0;
    for (const EqualWeights& part : parts_)
      samples += part.weight * static_cast<double>(part.values.size());
    narrow({tighten({first, last - first}), 0.0, samples, ranks, found.data()});
    return found;
  }

 private:
  /// Counts the range in bins and goes on in those with a rank.
  void narrow(const Search& search) const {
    const Range range = search.range;
    if (range.width == 0) {
      std::fill_n(search.found, search.ranks.size(), from_ordered_key(range.first));
      return;
    }
    const int width_bits = static_cast<int>(std::bit_width(range.width));
    const int shift = search.samples <= few ? width_bits - 1 : std::max(0, width_bits - bin_bits);
    const std::vector<double> bins = count(range, shift);

    std::vector<Lot> lots;
    double below = search.below;
    std::size_t bin = 0;
    for (std::size_t i = 0; i < search.ranks.size();) {
      while (below + bins[bin] < search.ranks[i]) below += bins[bin++];
      std::size_t end = i + 1;
      while (end < search.ranks.size() && search.ranks[end] <= below + bins[bin]) ++end;
      const std::uint64_t offset = std::uint64_t{bin} << shift;
      const std::uint64_t width = (std::uint64_t{1} << shift) - 1;
      lots.push_back(
          {.search = {.range = {range.first + offset, std::min(width, range.width - offset)},
                      .below = below,
                      .samples = bins[bin],
                      .ranks = search.ranks.subspan(i, end - i),
                      .found = search.found + i},
           .bin = bin});
      i = end;
    }
    take_out_small(lots, range, shift);
    for (Lot& lot : lots) {
      if (lot.is_small()) {
        order(lot.numbers, lot.search);
      } else {
        lot.search.range = tighten(lot.search.range);
        narrow(lot.search);
      }
    }
  }

  std::vector<double> count(const Range& range, int shift) const {
    std::vector<double> bins((range.width >> shift) + 1);
    for_each_in(range,
                [&](std::uint64_t offset, double weight) { bins[offset >> shift] += weight; });
    return bins;
  }

  /// Takes the numbers of small bins out, of all in one reading.
  void take_out_small(std::vector<Lot>& lots, const Range& range, int shift) const {
    std::vector<std::uint32_t> lot_of_bin((range.width >> shift) + 1);  // from 1; 0 for none
    bool found = false;
    for (std::size_t i = 0; i < lots.size(); ++i) {
      if (!lots[i].is_small()) continue;
      lot_of_bin[lots[i].bin] = static_cast<std::uint32_t>(i + 1);
      found = true;
    }
    if (!found) return;
    for_each_in(range, [&](std::uint64_t offset, double weight) {
      if (const std::size_t lot = lot_of_bin[offset >> shift])
        lots[lot - 1].numbers.push_back({range.first + offset, weight});
    });
  }

  /// From the least to the greatest number in a range that has some. What lies outside wraps round
  /// to more than the width on either side, so that nothing has to be guessed.
  Range tighten(const Range& range) const {
    constexpr std::uint64_t most = std::numeric_limits<std::uint64_t>::max();
    std::uint64_t from_first = most, from_last = most;
    for (const EqualWeights& part : parts_)
      for (const double value : part.values) {
        const std::uint64_t offset = ordered_key(transform_(value)) - range.first;
        from_first = std::min(from_first, offset);
        from_last = std::min(from_last, range.width - offset);
      }
    return {range.first + from_first, range.width - from_last - from_first};
  }

  /// Calls `visit` with the offset from the range's first key, and the weight. One comparison that
  /// seldom changes its mind: two that do would cost a guess of the processor each.
  template <class Visit>
  void for_each_in(const Range& range, Visit&& visit) const {
    for (const EqualWeights& part : parts_)
      for (const double value : part.values) {
        const std::uint64_t offset = ordered_key(transform_(value)) - range.first;
        if (offset <= range.width) visit(offset, part.weight);
      }
  }

  std::span<const EqualWeights> parts_;
  Transform transform_;
};

}  // namespace

std::vector<double> select(std::span<const EqualWeights> parts, std::span<const double> ranks) {
  return Selection(parts, Plain{}).run(ranks);
}

std::vector<double> select_distances(std::span<const EqualWeights> parts, double center,
                                     std::span<const double> ranks) {
  return Selection(parts, Distance{center}).run(ranks);
}

}  // namespace mathtool::stats
