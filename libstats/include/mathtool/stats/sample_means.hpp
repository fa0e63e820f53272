#pragma once

#include <cstdint>
#include <vector>

#include "mathtool/math/run_control.hpp"
#include "mathtool/stats/any_distribution.hpp"

namespace mathtool::stats {

struct SampleMeansOptions {
  std::int64_t samples = 10'000;  ///< means that are drawn, ≥ 2
  std::uint64_t seed = 0;
  int threads = 0;  ///< 0: all
  StopToken stop = {};
};

/// How the mean X̄ of n independent variates is distributed, from many of them.
struct SampleMeans {
  std::int64_t n = 0;
  double mean = 0, sd = 0, skewness = 0;  ///< of the means drawn
  double expected_mean = 0;               ///< E X
  double expected_sd = 0;                 ///< sd/√n
  /// sup |F(z) − Φ(z)| of z = (X̄ − E X) √n/sd: Kolmogorov and Smirnov's distance from the normal
  /// distribution, of which about 1/√samples is chance. NaN where E X or sd does not exist.
  double ks_distance = 0;
  /// The bound that it has for infinitely many means, min(1, 0.3328 (ρ + 0.429)/√n) with
  /// ρ = E |X − E X|³/sd³; infinite where that is, NaN where sd is 0.
  double berry_esseen = 0;
  std::vector<double> means = {};  ///< in ascending order
};

/// Draws the means of n variates of d: the law of large numbers and the central limit theorem to
/// look at. The same bits for any number of threads.
///
/// Pre:     n ≥ 1, samples ≥ 2.    Throws: DomainError; Stopped.
/// Cost:    n · samples variates.
/// Ref:     Shevtsova, On the absolute constants in the Berry-Esseen type inequalities for
///          identically distributed summands (2011).
SampleMeans sample_means(const AnyDistribution& d, std::int64_t n,
                         const SampleMeansOptions& options = {});

}  // namespace mathtool::stats
