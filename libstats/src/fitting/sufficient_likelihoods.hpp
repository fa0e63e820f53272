#pragma once

#include <algorithm>
#include <cmath>
#include <numbers>
#include <vector>

#include "fitting/maximize_likelihood.hpp"
#include "fitting/weighted_mean.hpp"

namespace mathtool::stats {

using Starts = std::vector<std::vector<double>>;

inline double mean_log(const FrequencyTable& sample) {
  return mean_of(sample, [](double x) { return std::log(x); });
}

inline double sample_average(const FrequencyTable& sample) {
  return mean_of(sample, [](double x) { return x; });
}

/// A shape whose gamma distribution has log E X − E log X = gap, to a percent.
/// Ref: Minka, Estimating a gamma distribution (2002).
inline double gamma_shape_of(double gap) {
  return (3 - gap + std::sqrt((gap - 3) * (gap - 3) + 24 * gap)) / (12 * gap);
}

// Each class is log f of its family, averaged over a sample, as a function of the parameters in
// numbers of any kind. Of these families a few sums over the sample are all it needs.

class GammaLikelihood {
 public:
  static constexpr std::string_view family = "gamma";
  static constexpr std::array parameters{SoughtParameter{"shape", Role::shape},
                                         SoughtParameter{"scale", Role::scale}};

  explicit GammaLikelihood(const FrequencyTable& sample)
      : mean_(sample_average(sample)), mean_log_(mean_log(sample)) {}

  Starts starts() const {
    const double shape = gamma_shape_of(std::max(std::log(mean_) - mean_log_, 1e-14));
    return {{shape, mean_ / shape}};
  }

  template <class S>
  S operator()(const std::array<S, 2>& at) const {
    const auto& [shape, scale] = at;
    return (shape - 1) * mean_log_ - mean_ / scale - lgamma(shape) - shape * log(scale);
  }

 private:
  double mean_, mean_log_;
};

class InverseGammaLikelihood {
 public:
  static constexpr std::string_view family = "inverse_gamma";
  static constexpr std::array parameters{SoughtParameter{"shape", Role::shape},
                                         SoughtParameter{"scale", Role::scale}};

  explicit InverseGammaLikelihood(const FrequencyTable& sample)
      : mean_reciprocal_(mean_of(sample, [](double x) { return 1 / x; })),
        mean_log_(mean_log(sample)) {}

  Starts starts() const {
    const double shape = gamma_shape_of(std::max(std::log(mean_reciprocal_) + mean_log_, 1e-14));
    return {{shape, shape / mean_reciprocal_}};
  }

  template <class S>
  S operator()(const std::array<S, 2>& at) const {
    const auto& [shape, scale] = at;
    return shape * log(scale) - lgamma(shape) - (shape + 1) * mean_log_ - scale * mean_reciprocal_;
  }

 private:
  double mean_reciprocal_, mean_log_;
};

class BetaLikelihood {
 public:
  static constexpr std::string_view family = "beta";
  static constexpr std::array parameters{SoughtParameter{"a", Role::shape},
                                         SoughtParameter{"b", Role::shape}};

  explicit BetaLikelihood(const FrequencyTable& sample)
      : mean_(sample_average(sample)),
        mean_square_(mean_of(sample, [&](double x) { return (x - mean_) * (x - mean_); })),
        mean_log_(mean_log(sample)),
        mean_log_rest_(mean_of(sample, [](double x) { return std::log1p(-x); })) {}

  Starts starts() const {
    const double weight = mean_ * (1 - mean_) / mean_square_ - 1;
    return {{mean_ * weight, (1 - mean_) * weight}};
  }

  template <class S>
  S operator()(const std::array<S, 2>& at) const {
    const auto& [a, b] = at;
    return (a - 1) * mean_log_ + (b - 1) * mean_log_rest_ - lgamma(a) - lgamma(b) +
           lgamma(S(a + b));
  }

 private:
  double mean_, mean_square_, mean_log_, mean_log_rest_;
};

class ChiSquaredLikelihood {
 public:
  static constexpr std::string_view family = "chi_squared";
  static constexpr std::array parameters{SoughtParameter{"df", Role::shape}};

  explicit ChiSquaredLikelihood(const FrequencyTable& sample)
      : mean_(sample_average(sample)), mean_log_(mean_log(sample)) {}

  Starts starts() const { return {{mean_}}; }

  template <class S>
  S operator()(const std::array<S, 1>& at) const {
    const S half = at[0] / 2;
    return (half - 1) * mean_log_ - mean_ / 2 - half * std::numbers::ln2 - lgamma(half);
  }

 private:
  double mean_, mean_log_;
};

}  // namespace mathtool::stats
