#pragma once

#include <algorithm>
#include <cmath>
#include <vector>

#include "fitting/maximize_likelihood.hpp"
#include "fitting/weighted_mean.hpp"

namespace mathtool::stats {

/// log f of the negative binomial distribution, averaged over a sample, as a function of r and p in
/// numbers of any kind:
///     E [log Γ(r + K) − log Γ(r)] + r log p + E K log(1 − p) − E log K!
/// For counts that are not huge the first is Σ P(K > j) log(r + j), which does not cancel.
class NegativeBinomialLikelihood {
 public:
  static constexpr std::string_view family = "negative_binomial";
  static constexpr std::array parameters{SoughtParameter{"r", Role::shape},
                                         SoughtParameter{"p", Role::probability}};

  explicit NegativeBinomialLikelihood(const FrequencyTable& sample)
      : sample_(sample), mean_(mean_of(sample, [](double k) { return k; })) {
    if (sample.values.back() <= most_terms) count_exceeding();
  }

  std::vector<std::vector<double>> starts() const {
    const double variance = mean_of(sample_, [&](double k) { return (k - mean_) * (k - mean_); });
    const double r = variance > mean_ ? mean_ * mean_ / (variance - mean_) : 100 * mean_;
    return {{r, r / (r + mean_)}};
  }

  template <class S>
  S operator()(const std::array<S, 2>& at) const {
    const auto& [r, p] = at;
    return rising(r) + r * log(p) + mean_ * log1p(-p);
  }

 private:
  static constexpr double most_terms = 100'000;

  void count_exceeding() {
    double above = sample_.total;
    std::size_t i = 0;
    for (double j = 0; j < sample_.values.back(); ++j) {
      for (; i < sample_.size() && sample_.values[i] <= j; ++i) above -= sample_.frequencies[i];
      exceeding_.push_back(above / sample_.total);
    }
  }

  template <class S>
  S rising(const S& r) const {
    if (exceeding_.empty())
      return weighted_mean(sample_, [&](double k) { return lgamma(S(r + k)); }) - lgamma(r);
    return sum_by_halves(0, exceeding_.size(), [&](std::size_t j) {
      return exceeding_[j] * log(r + static_cast<double>(j));
    });
  }

  const FrequencyTable& sample_;
  double mean_;
  std::vector<double> exceeding_ = {};  ///< P(K > j) in the sample
};

}  // namespace mathtool::stats
