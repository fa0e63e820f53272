#include "special/discrete_variates.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "mathtool/math/random/uniform.hpp"

namespace mathtool::stats {
namespace {

/// log k! − k log k + k.
double factorial_rest(double k) {
  static const std::array<double, 16> table = [] {
    std::array<double, 16> small{};
    double factorial = 1;
    for (int n = 1; n < 16; ++n) {
      factorial *= n;
      small[static_cast<std::size_t>(n)] = std::log(factorial) - n * std::log(n) + n;
    }
    return small;
  }();
  if (k < 16) return table[static_cast<std::size_t>(k)];
  const double inverse = 1 / k, square = inverse * inverse;
  return 0.9189385332046728 + std::log(k) / 2 +
         inverse * (1.0 / 12 - square * (1.0 / 360 - square * (1.0 / 1260 - square / 1680)));
}

/// k log(k/mean) − k + mean, of which `excess` is k − mean.
double deviance(double k, double mean, double excess) {
  if (k == 0) return mean;
  const double v = excess / (k + mean);
  if (std::abs(v) > 0.05) return k * std::log(k / mean) - excess;
  const double square = v * v;
  return excess * v +
         2 * k * v * square *
             (1.0 / 3 +
              square *
                  (1.0 / 5 +
                   square * (1.0 / 7 + square * (1.0 / 9 + square * (1.0 / 11 + square / 13)))));
}

}  // namespace

double poisson_variate(double mean, math::Philox& random) {
  if (mean < 10) {
    double mass = std::exp(-mean), k = 0, u = math::uniform(random);
    while (u > mass && mass > 0) {
      u -= mass;
      mass *= mean / ++k;
    }
    return k;
  }
  if (std::isinf(mean)) return mean;
  const double spread = std::sqrt(mean);
  const double b = 0.931 + 2.53 * spread, a = -0.059 + 0.02483 * b;
  const double inverse_alpha = 1.1239 + 1.1328 / (b - 3.4), plain = 0.9277 - 3.6224 / (b - 2);
  while (true) {
    const double u = math::uniform(random) - 0.5, v = math::uniform(random);
    const double us = 0.5 - std::abs(u);
    const double k = std::floor((2 * a / us + b) * u + mean + 0.43);
    if (us >= 0.07 && v <= plain) return k;
    if (k < 0 || (us < 0.013 && v > us)) continue;
    if (std::log(v * inverse_alpha / (a / (us * us) + b)) <=
        -deviance(k, mean, k - mean) - factorial_rest(k))
      return k;
  }
}

double binomial_variate(double trials, double p, math::Philox& random) {
  if (p > 0.5) return trials - binomial_variate(trials, 1 - p, random);
  const double mean = trials * p, q = 1 - p;
  if (mean < 10) {
    const double odds = p / q;
    double mass = std::exp(trials * std::log1p(-p)), k = 0, u = math::uniform(random);
    while (u > mass && k < trials && mass > 0) {
      u -= mass;
      mass *= odds * (trials - k) / (k + 1);
      ++k;
    }
    return k;
  }
  const double spread = std::sqrt(mean * q);
  const double b = 1.15 + 2.53 * spread, a = -0.0873 + 0.0248 * b + 0.01 * p, c = mean + 0.5;
  const double alpha = (2.83 + 5.1 / b) * spread, plain = 0.92 - 4.2 / b;
  const double mode = std::floor((trials + 1) * p);
  const auto log_mass = [&](double k) {
    const double excess = k - mean;
    return -factorial_rest(k) - factorial_rest(trials - k) - deviance(k, mean, excess) -
           deviance(trials - k, trials * q, -excess);
  };
  const double highest = log_mass(mode);
  while (true) {
    const double u = math::uniform(random) - 0.5, v = math::uniform(random);
    const double us = 0.5 - std::abs(u);
    const double k = std::floor((2 * a / us + b) * u + c);
    if (us >= 0.07 && v <= plain) return k;
    if (k < 0 || k > trials) continue;
    if (std::log(v * alpha / (a / (us * us) + b)) <= log_mass(k) - highest) return k;
  }
}

double hypergeometric_variate(double population, double successes, double draws,
                              math::Philox& random) {
  // Each of the four cells has the law of the others but for its place: the smallest one is drawn.
  if (successes > population / 2)
    return draws - hypergeometric_variate(population, population - successes, draws, random);
  if (draws > population / 2)
    return successes - hypergeometric_variate(population, successes, population - draws, random);
  const double share = successes / population, mean = draws * share;
  const double lowest = std::max(0.0, draws + successes - population);
  const double highest = std::min(draws, successes), others = population - successes;
  const auto log_mass = [&](double k) {
    const double excess = k - mean, rest = others - draws + k;
    return -factorial_rest(k) - factorial_rest(successes - k) - factorial_rest(draws - k) -
           factorial_rest(rest) - deviance(k, mean, excess) -
           deviance(successes - k, successes - mean, -excess) -
           deviance(draws - k, draws - mean, -excess) -
           deviance(rest, others - draws + mean, excess);
  };
  const double mode =
      std::clamp(std::floor((draws + 1) * ((successes + 1) / (population + 2))), lowest, highest);
  const double peak = log_mass(mode);
  const double variance = mean * (1 - share) * (population - draws) / std::max(1.0, population - 1);
  const double width = 1.7155277699214135 * std::sqrt(variance + 0.5) + 0.8989161620588988;
  while (true) {
    const double u = math::uniform(random), v = math::uniform(random);
    const double k = std::floor(mean + 0.5 + width * (v - 0.5) / u);
    if (k < lowest || k > highest) continue;
    const double log_ratio = log_mass(k) - peak;
    if (u * (4 - u) - 3 <= log_ratio) return k;  // a chord below 2 log u
    if (u * (u - log_ratio) < 1 && 2 * std::log(u) <= log_ratio) return k;
  }
}

}  // namespace mathtool::stats
