#include "mathtool/stats/accumulators/quantiles.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include "frequencies.hpp"
#include "mathtool/math/constants.hpp"
#include "mathtool/math/error.hpp"
#include "radix_sort.hpp"
#include "sample_position.hpp"
#include "selection.hpp"

namespace mathtool::stats {
namespace {

/// How much is sorted at a time: a sixteenth of the capacity, but no more than stays in cache.
std::size_t chunk_size(std::int64_t capacity) {
  return static_cast<std::size_t>(std::min<std::int64_t>(capacity / 32 * 2, 65536));
}

std::int64_t checked_capacity(std::int64_t capacity) {
  require(capacity >= Quantiles::least_capacity, "Quantiles: capacity must be >= {}, got {}",
          Quantiles::least_capacity, capacity);
  return capacity;
}

/// Up to 2⁵³ samples a double counts each.
double checked_weight(double weight) {
  require(weight <= 0x1p53, "Quantiles: the weights must sum to at most 2^53, got {}", weight);
  return weight;
}

}  // namespace

Quantiles::Quantiles(std::int64_t capacity) : capacity_(checked_capacity(capacity)) {}

void Quantiles::push(double x) { push(std::span<const double>(&x, 1)); }

void Quantiles::push(std::span<const double> samples) {
  bool found_nan = false;
  for (const double x : samples) found_nan |= std::isnan(x);
  has_nan_ |= found_nan;
  count_ += std::ssize(samples);
  weight_ += static_cast<double>(samples.size());
  if (!has_nan_) append(0, samples);
}

void Quantiles::push(double x, double weight) { push({&x, 1}, {&weight, 1}); }

void Quantiles::push(std::span<const double> samples, std::span<const double> weights) {
  require_frequencies("Quantiles", samples.size(), weights);
  double total = weight_;
  for (const double weight : weights) {
    require(weight == std::floor(weight), "Quantiles: weights must be whole numbers, got {}",
            weight);
    total = checked_weight(total + weight);
  }
  for (std::size_t i = 0; i < samples.size(); ++i) {
    // A frequency is a sum of powers of two, each of which a level stands for.
    auto bits = static_cast<std::uint64_t>(weights[i]);
    has_nan_ |= bits > 0 && std::isnan(samples[i]);
    for (std::size_t height = 0; bits > 0 && !has_nan_; ++height, bits /= 2)
      if (bits % 2 == 1) append(height, samples.subspan(i, 1));
  }
  weight_ = total;
  count_ += std::ssize(samples);
}

void Quantiles::merge(const Quantiles& other) {
  if (other.count_ == 0) return;
  if (&other == this) return merge(Quantiles(other));
  if (count_ == 0) {
    *this = other;
    return;
  }
  weight_ = checked_weight(weight_ + other.weight_);
  capacity_ = std::min(capacity_, other.capacity_);
  count_ += other.count_;
  over_ += other.over_;
  under_ += other.under_;
  has_nan_ |= other.has_nan_;
  for (std::size_t height = 0; height < other.levels_.size(); ++height)
    for (const std::vector<double>& chunk : other.levels_[height].chunks) append(height, chunk);
}

void Quantiles::limit(std::int64_t capacity) {
  capacity_ = std::min(capacity_, checked_capacity(capacity));
  while (kept_ > capacity_) thin();
}

/// Where the capacity is reached depends on the sequence of samples alone, not on how they come.
void Quantiles::append(std::size_t height, std::span<const double> values) {
  const std::size_t size = chunk_size(capacity_);
  while (!values.empty()) {
    while (kept_ >= capacity_) thin();
    if (levels_.size() <= height) levels_.resize(height + 1);
    Level& level = levels_[height];
    if (level.chunks.empty() || level.chunks.back().size() >= size) level.chunks.emplace_back();
    std::vector<double>& chunk = level.chunks.back();
    const std::size_t taken =
        std::min({values.size(), size - chunk.size(), static_cast<std::size_t>(capacity_ - kept_)});
    if (chunk.capacity() < chunk.size() + taken)
      chunk.reserve(std::min(size, std::max(2 * chunk.size(), chunk.size() + taken)));
    const auto end = values.begin() + static_cast<std::ptrdiff_t>(taken);
    chunk.insert(chunk.end(), values.begin(), end);
    level.size += static_cast<std::int64_t>(taken);
    kept_ += static_cast<std::int64_t>(taken);
    values = values.subspan(taken);
  }
}

/// Halves a chunk of the lowest level that holds its share of the capacity.
void Quantiles::thin() {
  const auto in_use = std::count_if(levels_.begin(), levels_.end(),
                                    [](const Level& level) { return level.size > 0; });
  const std::int64_t share = std::max<std::int64_t>(2, capacity_ / (in_use + 1));
  const auto fullest = std::find_if(levels_.begin(), levels_.end(),
                                    [&](const Level& level) { return level.size >= share; });
  const auto height = static_cast<std::size_t>(fullest - levels_.begin());

  std::vector<double> chunk = std::move(fullest->chunks.front());
  fullest->chunks.erase(fullest->chunks.begin());
  fullest->size -= std::ssize(chunk);
  kept_ -= std::ssize(chunk);
  const bool keep_larger = std::exchange(fullest->keeps_larger, !fullest->keeps_larger);
  (keep_larger ? under_ : over_) += std::ldexp(1.0, static_cast<int>(height));

  radix_sort(chunk);
  if (chunk.size() % 2 == 1) {
    append(height, std::span(chunk).last(1));
    chunk.pop_back();
  }
  for (std::size_t pair = 0; 2 * pair < chunk.size(); ++pair)
    chunk[pair] = chunk[2 * pair + (keep_larger ? 1 : 0)];
  chunk.resize(chunk.size() / 2);
  append(height + 1, chunk);
}

double Quantiles::rank_error() const {
  return weight_ > 0 ? std::min(1.0, std::max(over_, under_) / weight_) : 0.0;
}

double Quantiles::quantile(double p, int type) const { return quantiles({&p, 1}, type)[0]; }

std::vector<double> Quantiles::quantiles(std::span<const double> p, int type) const {
  std::vector<SamplePosition> positions;
  for (const double share : p) positions.push_back(sample_position(share, weight_, type));
  return values_at(positions, select);
}

double Quantiles::median_absolute_deviation(double center) const {
  const SamplePosition middle = sample_position(0.5, weight_, 7);
  return values_at({&middle, 1}, [center](auto parts, auto ranks) {
    return select_distances(parts, center, ranks);
  })[0];
}

template <class Select>
std::vector<double> Quantiles::values_at(std::span<const SamplePosition> positions,
                                         const Select& select_ranks) const {
  std::vector<double> values(positions.size(), not_a_number);
  if (has_nan_ || !(weight_ > 0)) return values;
  std::vector<EqualWeights> parts;
  for_each_part([&](std::span<const double> part, double weight) {
    parts.push_back({part, weight});
  });
  std::vector<double> ranks;
  for (const SamplePosition& position : positions)
    ranks.insert(ranks.end(), {position.low, position.high});
  std::sort(ranks.begin(), ranks.end());
  ranks.erase(std::unique(ranks.begin(), ranks.end()), ranks.end());
  const std::vector<double> found = select_ranks(parts, ranks);
  const auto at_rank = [&](double rank) {
    return found[static_cast<std::size_t>(std::lower_bound(ranks.begin(), ranks.end(), rank) -
                                          ranks.begin())];
  };
  std::transform(positions.begin(), positions.end(), values.begin(), [&](const auto& position) {
    const double low = at_rank(position.low), high = at_rank(position.high);
    if (position.fraction == 0 || low == high) return low;  // infinite ones have no difference
    return std::lerp(low, high, position.fraction);
  });
  return values;
}

void Quantiles::for_each_part(
    FunctionRef<void(std::span<const double> values, double weight)> visit) const {
  double weight = 1.0;
  for (const Level& level : levels_) {
    for (const std::vector<double>& chunk : level.chunks) visit(chunk, weight);
    weight *= 2;
  }
}

}  // namespace mathtool::stats
