#pragma once

#include <span>

#include "mathtool/stats/any_distribution.hpp"
#include "mathtool/stats/hypothesis/mann_whitney.hpp"
#include "mathtool/stats/hypothesis/test_result.hpp"

namespace mathtool::stats {

struct KolmogorovOptions {
  /// automatic: exact below 100 values without ties, and for two samples with m n < 10000, as R
  RankMethod method = RankMethod::automatic;
  /// of the distribution functions: greater where that of x lies above
  Alternative alternative = Alternative::two_sided;
};

/// Kolmogorov and Smirnov's test that a sample comes from a distribution known beforehand.
///     D = max |Fₙ(x) − F(x)|
/// Exact p-values are those of the distribution `ks`, else Kolmogorov's limit law is used.
///
/// Pre:     no NaN; F is continuous. Parameters estimated from the sample make p too large.
/// Throws:  InsufficientDataError for no value; DomainError for a discrete distribution.
/// Ref:     Kolmogorov (1933); Smirnov (1948); Simard & L'Ecuyer (2011).
TestResult kolmogorov_smirnov_test(std::span<const double> x, const AnyDistribution& distribution,
                                   const KolmogorovOptions& options = {});

/// Smirnov's test that two samples come from one distribution: D = max |F(x) − G(x)| of theirs.
/// Exact p-values count the paths through a lattice, given the ties.
///
/// Throws:  InsufficientDataError for an empty sample; where counting takes too long.
/// Cost:    O(n log n); exact O(m n).
/// Ref:     Hodges, The significance probability of the Smirnov two-sample test (1957); Schröer &
///          Trenkler, Exact and randomization distributions of Kolmogorov-Smirnov tests (1995).
TestResult kolmogorov_smirnov_test(std::span<const double> x, std::span<const double> y,
                                   const KolmogorovOptions& options = {});

}  // namespace mathtool::stats
