#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "mathtool/math/function_ref.hpp"
#include "mathtool/math/run_control.hpp"
#include "mathtool/stats/hypothesis/test_result.hpp"

namespace mathtool::stats {

struct PermutationOptions {
  std::int64_t permutations = 9999;                  ///< ≥ 1
  Alternative alternative = Alternative::two_sided;  ///< of the statistic; two-sided: by |·|
  std::uint64_t seed = 0;
  RunControl run = {};
};

struct [[nodiscard]] PermutationTest {
  double statistic = not_a_number;  ///< of the sample as it is
  double p_value = not_a_number;    ///< (1 + those at least as extreme) / (1 + permutations)
  double std_error = not_a_number;  ///< of the p-value, by chance
  std::int64_t permutations = 0;
};

/// A sample taken apart into groups: one span each.
using GroupedValues = std::span<const std::span<const double>>;

/// How often a statistic is as extreme where values are dealt to the groups at random.
///
/// Throws:  DomainError; InsufficientDataError for no value; Stopped.
/// Cost:    as many statistics as permutations, shared by threads; the result does not depend on
///          their number.
/// Ref:     Phipson & Smyth, Permutation p-values should never be zero (2010).
PermutationTest permute_groups(std::span<const std::vector<double>> groups,
                               FunctionRef<double(GroupedValues)> statistic,
                               const PermutationOptions& options = {});

/// The same where each value, a difference from the hypothesis, gets its sign at random.
PermutationTest flip_signs(std::span<const double> differences,
                           FunctionRef<double(std::span<const double>)> statistic,
                           const PermutationOptions& options = {});

/// The same where y is put in random order against x.
PermutationTest permute_pairs(
    std::span<const double> x, std::span<const double> y,
    FunctionRef<double(std::span<const double>, std::span<const double>)> statistic,
    const PermutationOptions& options = {});

}  // namespace mathtool::stats
