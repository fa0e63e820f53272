#pragma once

#include <span>
#include <vector>

#include "mathtool/math/types.hpp"
#include "mathtool/stats/regression/linear_predictor.hpp"

namespace mathtool::stats {

/// How much the spread of a term's coefficients is inflated by its relation to the other terms.
struct VarianceInflation {
  Index term = 0;
  Index df = 0;      ///< coefficients of the term
  double value = 0;  ///< 1 where unrelated; of one coefficient 1 / (1 − R²) by the other columns
};

/// The variance inflation factor of each term, generalised where it has several coefficients:
///     det V_tt · det (V⁻¹)_tt,   V the covariance of all coefficients but the intercept
///
/// Pre:  the fit has an intercept.    Throws: DomainError.
/// `term_of` gives for each column its term, as `Design::term_of`; columns left out do not count.
/// Ref:  Fox & Monette, Generalized collinearity diagnostics (1992).
std::vector<VarianceInflation> variance_inflation(const LinearPredictor& predictor,
                                                  std::span<const Index> term_of);

}  // namespace mathtool::stats
