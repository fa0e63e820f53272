#pragma once

#include "mathtool/stats/hypothesis/anova.hpp"

namespace mathtool::stats {

/// Which sums of squares a table with unequal cells shows; of equal cells all are the same.
enum class SumsOfSquares {
  sequential,  ///< the first factor alone, the second beyond it, as R's aov: "type I"
  marginal     ///< each factor beyond the other, as Anova of R's package car: "type II"
};

struct TwoWayOptions {
  std::string first = "first", second = "second";  ///< names of the factors
  SumsOfSquares sums = SumsOfSquares::sequential;
  double level = 0.95;  ///< of intervals, in (0, 1)
};

/// Analysis of variance by two factors and their interaction, from the cells alone.
///     SS residual = Σ Σ (x − x̄ᵢⱼ)²,   SS interaction = Σ nᵢⱼ (x̄ᵢⱼ − x̂ᵢⱼ)²
/// with x̂ the least-squares fit of row and column effects to the cell means. `test` is that of the
/// interaction; where no cell has two values the model is additive and `test` that of `first`.
///
/// Shapes:  cells[i · columns + j]; empty ones are allowed and cost the interaction their df.
/// Throws:  InsufficientDataError where a factor has fewer than two levels, or nothing is left for
///          the residuals; DimensionError; DomainError.
/// Ref:     Scheffé, The Analysis of Variance (1959), ch. 4; Fox, Applied Regression Analysis
///          (2016), §8.2.
Anova two_way_anova(std::span<const Moments> cells, Index columns,
                    const TwoWayOptions& options = {});

}  // namespace mathtool::stats
