#pragma once

#include <span>
#include <vector>

namespace mathtool::stats {

/// The law of total probability, over hypotheses h of which exactly one is true:
///     P(e) = Σ P(hᵢ) P(e | hᵢ)
/// Pre: as many finite likelihoods as priors, all ≥ 0, priors not all 0; their sum need not be 1.
/// Throws: DimensionError; DomainError.
double total_probability(std::span<const double> prior, std::span<const double> likelihood);

/// Bayes' theorem, what to believe after evidence e:
///     P(hᵢ | e) = P(hᵢ) P(e | hᵢ) / P(e)
/// Likelihoods may be densities, or anything in proportion to them.
/// Pre, Throws: as above; InsufficientDataError where e is impossible under every hypothesis.
/// Ref: Bayes (1763); Laplace, Théorie analytique des probabilités (1812), ch. VI.
std::vector<double> posterior(std::span<const double> prior, std::span<const double> likelihood);

}  // namespace mathtool::stats
