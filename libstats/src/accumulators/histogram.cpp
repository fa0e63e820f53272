#include "mathtool/stats/accumulators/histogram.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include "frequencies.hpp"
#include "mathtool/math/error.hpp"

namespace mathtool::stats {

Histogram::Histogram(std::vector<double> edges) : edges_(std::move(edges)) {
  require(edges_.size() >= 2, "Histogram: there must be >= 2 edges, got {}", edges_.size());
  for (const double edge : edges_)
    require(std::isfinite(edge), "Histogram: edges must be finite, got {}", edge);
  for (std::size_t i = 1; i < edges_.size(); ++i)
    require(edges_[i - 1] < edges_[i], "Histogram: edges must rise, got {} after {}", edges_[i],
            edges_[i - 1]);
  counts_.resize(edges_.size() - 1);
  bins_per_unit_ = static_cast<double>(counts_.size()) / (edges_.back() - edges_.front());
}

void Histogram::push(double x, double weight) { push({&x, 1}, {&weight, 1}); }

void Histogram::push(std::span<const double> samples) {
  require(!edges_.empty(), "Histogram: without edges it can count nothing");
  for (const double x : samples) add(x, 1.0);
  count_ += std::ssize(samples);
}

void Histogram::push(std::span<const double> samples, std::span<const double> weights) {
  require(!edges_.empty(), "Histogram: without edges it can count nothing");
  require_frequencies("Histogram", samples.size(), weights);
  for (std::size_t i = 0; i < samples.size(); ++i) add(samples[i], weights[i]);
  count_ += std::ssize(samples);
}

void Histogram::add(double x, double weight) {
  if (std::isnan(x)) {
    missing_ += weight;
  } else if (x < edges_.front()) {
    below_ += weight;
  } else if (x > edges_.back()) {
    above_ += weight;
  } else {
    counts_[bin_of(x)] += weight;
  }
}

std::size_t Histogram::bin_of(double x) const {
  const auto last = static_cast<double>(counts_.size() - 1);
  // Right for nearly all where the bins are equally wide; NaN, by a range that overflows, is
  // `last`.
  const auto guess =
      static_cast<std::size_t>(std::min(last, (x - edges_.front()) * bins_per_unit_));
  if (edges_[guess] <= x && x < edges_[guess + 1]) return guess;
  const auto upper = std::upper_bound(edges_.begin() + 1, edges_.end() - 1, x);
  return static_cast<std::size_t>(upper - edges_.begin() - 1);
}

void Histogram::merge(const Histogram& other) {
  if (other.edges_.empty()) return;
  if (edges_.empty()) {
    *this = other;
    return;
  }
  require(edges_ == other.edges_, "Histogram: merging {} bins with {} others", counts_.size(),
          other.counts_.size());
  for (std::size_t i = 0; i < counts_.size(); ++i) counts_[i] += other.counts_[i];
  count_ += other.count_;
  below_ += other.below_;
  above_ += other.above_;
  missing_ += other.missing_;
}

}  // namespace mathtool::stats
