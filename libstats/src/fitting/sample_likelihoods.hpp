#pragma once

#include <algorithm>
#include <cmath>
#include <numbers>
#include <vector>

#include "fitting/maximize_likelihood.hpp"
#include "fitting/weighted_mean.hpp"
#include "mathtool/math/constants.hpp"
#include "special/normal_tails.hpp"

namespace mathtool::stats {

// Each class is log f of its family, averaged over a sample, as a function of the parameters in
// numbers of any kind. These families have to look at every value.

class WeibullLikelihood {
 public:
  static constexpr std::string_view family = "weibull";
  static constexpr std::array parameters{SoughtParameter{"shape", Role::shape},
                                         SoughtParameter{"scale", Role::scale}};

  explicit WeibullLikelihood(const FrequencyTable& sample) : logs_(sample) {
    for (double& x : logs_.values) x = std::log(x);
    mean_ = mean_of(logs_, [](double x) { return x; });
  }

  // Moments of log x, which has a Gumbel distribution.
  std::vector<std::vector<double>> starts() const {
    const double sd =
        std::sqrt(mean_of(logs_, [&](double x) { return (x - mean_) * (x - mean_); }));
    const double shape = std::numbers::pi / std::sqrt(6.0) / sd;
    return {{shape, std::exp(mean_ + std::numbers::egamma / shape)}};
  }

  template <class S>
  S operator()(const std::array<S, 2>& at) const {
    const S& shape = at[0];
    const S log_scale = log(at[1]);
    const S energy = weighted_mean(logs_, [&](double x) { return exp(shape * (x - log_scale)); });
    return log(shape) - log_scale + (shape - 1) * (mean_ - log_scale) - energy;
  }

 private:
  FrequencyTable logs_;
  double mean_ = 0;
};

/// Families of a location and a scale: `Shape` gives log f of the standard one, and its spread.
template <class Shape>
class LocationScaleLikelihood {
 public:
  static constexpr std::string_view family = Shape::family;
  static constexpr std::array parameters{SoughtParameter{"location", Role::location},
                                         SoughtParameter{"scale", Role::scale}};

  explicit LocationScaleLikelihood(const FrequencyTable& sample) : sample_(sample) {}

  // The sample's middle half is from -1 to 1.
  std::vector<std::vector<double>> starts() const { return {{0, 1 / Shape::upper_quartile}}; }

  template <class S>
  S operator()(const std::array<S, 2>& at) const {
    const S& location = at[0];
    const S rate = 1 / at[1];
    return weighted_mean(sample_,
                         [&](double x) { return Shape::log_density((x - location) * rate); }) +
           log(rate);
  }

 private:
  const FrequencyTable& sample_;
};

struct LogisticShape {
  static constexpr std::string_view family = "logistic";
  static constexpr double upper_quartile = 1.0986122886681098;  // log 3
  template <class S>
  static S log_density(const S& z) {
    const S distance = z < 0 ? S(-z) : z;
    return -distance - 2 * log1p(exp(-distance));
  }
};

struct CauchyShape {
  static constexpr std::string_view family = "cauchy";
  static constexpr double upper_quartile = 1;
  template <class S>
  static S log_density(const S& z) {
    return -log1p(z * z) - std::log(std::numbers::pi);
  }
};

struct GumbelShape {
  static constexpr std::string_view family = "gumbel";
  static constexpr double upper_quartile = 0.8;  // half of what lies between the quartiles
  template <class S>
  static S log_density(const S& z) {
    return -z - exp(-z);
  }
};

using LogisticLikelihood = LocationScaleLikelihood<LogisticShape>;
using CauchyLikelihood = LocationScaleLikelihood<CauchyShape>;
using GumbelLikelihood = LocationScaleLikelihood<GumbelShape>;

/// log Φ(t), of numbers that carry derivatives.
inline double log_normal_cdf(double t) {
  if (t < -5) return static_cast<double>(log_normal_tail(t, Tail::lower));
  const double half = std::erfc(std::abs(t) / std::numbers::sqrt2) / 2;
  return t < 0 ? std::log(half) : std::log1p(-half);
}

template <math::Differentiable S>
S log_normal_cdf(const S& t) {
  return S::chain(
      t, [](const auto& v) { return log_normal_cdf(v); },
      [](const auto& v, const auto& y) {
        using std::exp;
        const double log_root_two_pi = std::log(2 * std::numbers::pi) / 2;
        return exp(-v * v / 2 - log_root_two_pi - y);
      });
}

class SkewNormalLikelihood {
 public:
  static constexpr std::string_view family = "skew_normal";
  static constexpr std::array parameters{SoughtParameter{"location", Role::location},
                                         SoughtParameter{"scale", Role::scale},
                                         SoughtParameter{"shape", Role::signed_shape}};

  explicit SkewNormalLikelihood(const FrequencyTable& sample) : sample_(sample) {}

  // The sample's moments, but never a shape of 0, where the likelihood is flat in it.
  std::vector<std::vector<double>> starts() const {
    const double mean = mean_of(sample_, [](double x) { return x; }),
                 sd = std::sqrt(mean_of(sample_, [&](double x) { return std::pow(x - mean, 2); })),
                 skewness =
                     mean_of(sample_, [&](double x) { return std::pow((x - mean) / sd, 3); });
    const double lean = std::pow(std::abs(skewness) * 2 / (4 - std::numbers::pi), 1 / 3.0),
                 pull = std::clamp(lean / std::hypot(1.0, lean), 0.4, 0.78),
                 delta = std::copysign(pull * std::sqrt(std::numbers::pi / 2), skewness),
                 scale = sd / std::sqrt(1 - pull * pull);
    return {{mean - scale * std::copysign(pull, skewness), scale,
             delta / std::sqrt(1 - delta * delta)}};
  }

  template <class S>
  S operator()(const std::array<S, 3>& at) const {
    const S& location = at[0];
    const S& shape = at[2];
    const S rate = 1 / at[1];
    const S mean = weighted_mean(sample_, [&](double x) {
      const S z = (x - location) * rate;
      return log_normal_cdf(S(shape * z)) - z * z / 2;
    });
    return mean + log(rate) + std::log(2 / std::numbers::pi) / 2;
  }

 private:
  const FrequencyTable& sample_;
};

class StudentTLikelihood {
 public:
  static constexpr std::string_view family = "student_t";
  static constexpr std::array parameters{SoughtParameter{"df", Role::shape}};

  explicit StudentTLikelihood(const FrequencyTable& sample) : sample_(sample) {}

  std::vector<std::vector<double>> starts() const { return {{1.0}, {8.0}}; }

  template <class S>
  S operator()(const std::array<S, 1>& at) const {
    const S& df = at[0];
    const S mean = weighted_mean(sample_, [&](double x) { return log1p((x * x) / df); });
    return lgamma(S((df + 1) / 2)) - lgamma(S(df / 2)) - log(df * std::numbers::pi) / 2 -
           (df + 1) / 2 * mean;
  }

 private:
  const FrequencyTable& sample_;
};

class FLikelihood {
 public:
  static constexpr std::string_view family = "f";
  static constexpr std::array parameters{SoughtParameter{"df1", Role::shape},
                                         SoughtParameter{"df2", Role::shape}};

  explicit FLikelihood(const FrequencyTable& sample)
      : sample_(sample), mean_log_(mean_of(sample, [](double x) { return std::log(x); })) {}

  std::vector<std::vector<double>> starts() const { return {{4.0, 8.0}}; }

  template <class S>
  S operator()(const std::array<S, 2>& at) const {
    const auto& [df1, df2] = at;
    const S ratio = df1 / df2, half1 = df1 / 2, half2 = df2 / 2, half = half1 + half2;
    const S mean = weighted_mean(sample_, [&](double x) { return log1p(ratio * x); });
    return lgamma(half) - lgamma(half1) - lgamma(half2) + half1 * log(ratio) +
           (half1 - 1) * mean_log_ - half * mean;
  }

 private:
  const FrequencyTable& sample_;
  double mean_log_;
};

}  // namespace mathtool::stats
