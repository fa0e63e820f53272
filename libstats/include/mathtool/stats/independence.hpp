#pragma once

#include "mathtool/stats/joint_table.hpp"

namespace mathtool::stats {

/// How far the variables of a joint table are from being independent. With p the probability of a
/// combination of levels, q = P(x₁) ⋯ P(x_k) the product of its marginals and n the total:
struct Independence {
  double largest_difference = 0;  ///< max |p − q| over all combinations; 0 where independent
  double mutual_information = 0;  ///< Σ p log(p / q) in nats; of more than two variables also
                                  ///< called total correlation
  double chi_squared = 0;  ///< n Σ (p − q)² / q, Pearson's statistic where masses are counts
  double df = 0;           ///< Π levels − 1 − Σ (levels − 1), of levels that occur
  double p_value = 0;      ///< P(χ² > chi_squared); NaN where df is 0
  double smallest_expected = 0;  ///< n min q; below about 5 the p value is rough
};

/// All of them, without going through the combinations that no cell names.
///
/// Pre:  two variables or more.    Throws: DomainError.
/// Cost: O(cells · variables · log) time.
/// Ref:  Pearson (1900); Agresti, Categorical Data Analysis (2002), §3.2; Watanabe, Information
///       theoretical analysis of multivariate correlation (1960).
Independence independence(const JointTable& table);

}  // namespace mathtool::stats
