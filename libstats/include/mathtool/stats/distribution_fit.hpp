#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "mathtool/math/run_control.hpp"
#include "mathtool/math/status.hpp"
#include "mathtool/stats/distribution_family.hpp"
#include "mathtool/stats/frequency_table.hpp"

namespace mathtool::stats {

/// A parameter that is known beforehand.
struct FixedParameter {
  std::string name;
  double value;
};

struct FitOptions {
  std::vector<FixedParameter> fixed = {};  ///< held at these values, the others are estimated
  StopToken stop = {};
};

struct FittedParameter {
  std::string name = {};
  double estimate = not_a_number;
  double std_error = not_a_number;  ///< NaN where fixed and where the theory has none
  bool fixed = false;
};

/// A distribution of one family that was fitted to a sample.
struct [[nodiscard]] DistributionFit {
  std::string family = {};
  std::vector<FittedParameter> parameters = {};
  double observations = 0;  ///< sum of the frequencies
  double log_likelihood = not_a_number;
  double aic = not_a_number;      ///< 2 k − 2 log L with k parameters that are not fixed
  double bic = not_a_number;      ///< k log n − 2 log L
  double ks = not_a_number;       ///< max |Fₙ(x) − F(x)|
  double p_value = not_a_number;  ///< of `ks`; NaN of discrete families and for odd frequencies
  Status status = Status::converged;
  std::string reason = {};
  std::optional<AnyDistribution> distribution = {};  ///< none where there is no estimate
};

/// The distribution of a family under which a sample is likeliest.
///     maximise  log L = Σ wᵢ log f(xᵢ; θ)   over the parameters θ that are not fixed
///     std_error = √ diag(−∂² log L/∂θ²)⁻¹,   the observed information of the free parameters
/// The p-value is that of Kolmogorov and Smirnov's test of a distribution known beforehand; as the
/// parameters were estimated from the same sample, it is too large.
///
/// Throws:  DomainError for a family that is not in `fittable_families`, for fixed parameters that
///          it has not or cannot have; InsufficientDataError for fewer than two different values
///          and for values outside the family's support; Stopped.
/// Returns: `divergent` where the likelihood has no maximum: it grows without bound, or towards a
///          limit that is another family; `stalled`, `out_of_budget` with the best point seen.
/// Error:   estimates to about 1e-9 relative, or what rounding leaves of the curvature.
/// Cost:    O(n) for n different values: two passes where there are sufficient statistics, else
///          some ten.
/// Ref:     Johnson, Kotz & Balakrishnan, Continuous Univariate Distributions (1994, 1995).
DistributionFit fit_distribution(const DistributionFamily& family, const FrequencyTable& sample,
                                 const FitOptions& options = {});
DistributionFit fit_distribution(const DistributionFamily& family, std::span<const double> x,
                                 const FitOptions& options = {});

/// Which families to try.
enum class FamilyChoice {
  automatic,   ///< discrete ones for whole numbers that are not negative, else continuous ones
  continuous,  ///< all that are quickly fitted
  discrete     ///< all
};

std::vector<const DistributionFamily*> families_to_try(const FrequencyTable& sample,
                                                       FamilyChoice choice);

/// All that `fit_distribution` takes.
std::vector<const DistributionFamily*> fittable_families();

/// Best first: what converged by the criterion of Akaike, then what did not.
void rank_fits(std::vector<DistributionFit>& fits);

}  // namespace mathtool::stats
