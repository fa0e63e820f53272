#pragma once

#include <cstdint>
#include <span>

#include "mathtool/math/function_ref.hpp"
#include "mathtool/math/run_control.hpp"
#include "mathtool/math/types.hpp"
#include "mathtool/stats/hypothesis/test_result.hpp"

namespace mathtool::stats {

struct BootstrapOptions {
  std::int64_t samples = 2000;  ///< ≥ 20
  double level = 0.95;          ///< of the intervals, in (0, 1)
  std::uint64_t seed = 0;
  RunControl run = {};
};

struct [[nodiscard]] Bootstrap {
  double estimate = not_a_number;  ///< of the sample as it is
  double std_error = not_a_number;
  double bias = not_a_number;  ///< mean of the replicates − estimate
  Interval percentile = {not_a_number, not_a_number};
  Interval bca = {not_a_number, not_a_number};  ///< bias-corrected and accelerated
  std::int64_t samples = 0;                     ///< replicates that gave a number
};

/// The rows of each group that were drawn, as positions.
using DrawnRows = std::span<const std::span<const Index>>;

/// Intervals of any statistic by drawing rows with replacement, from each group as many as it has.
///     BCa: the quantiles Φ(z₀ + (z₀ ± z)/(1 − a (z₀ ± z))) of the replicates
/// with z₀ from the share of replicates below the estimate, and a from the jackknife.
///
/// Shapes:  sizes holds the number of rows of each group.
/// Throws:  DomainError; InsufficientDataError for an empty group, or a statistic that is NaN for
///          the sample or for half of the replicates; Stopped.
/// Cost:    samples + min(n, 1000) statistics, shared by threads; the result does not depend on
///          their number.
/// Ref:     Efron, Better bootstrap confidence intervals (1987); Davison & Hinkley, Bootstrap
///          Methods and their Application (1997), §5.3.
Bootstrap bootstrap(std::span<const Index> sizes, FunctionRef<double(DrawnRows)> statistic,
                    const BootstrapOptions& options = {});

}  // namespace mathtool::stats
