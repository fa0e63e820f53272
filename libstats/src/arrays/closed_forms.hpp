#pragma once

#include <span>

#include "arrays/location_scale.hpp"
#include "mathtool/stats/verb.hpp"

namespace mathtool::stats {

/// The families whose formulas are short enough for vectors. Pre: as in array_verbs.hpp.
void normal_array(Verb verb, LocationScale place, std::span<const double> x, std::span<double> out);
void logistic_array(Verb verb, LocationScale place, std::span<const double> x,
                    std::span<double> out);
void exponential_array(Verb verb, double rate, std::span<const double> x, std::span<double> out);
void uniform_array(Verb verb, double low, double high, std::span<const double> x,
                   std::span<double> out);

/// Densities made of powers, which multiply accurately where twice each exponent is a small whole
/// number; false where one is not. `factor` makes them densities.
///     gamma:      factor · tᵃ exp(−t),         t = x / scale ≥ 0
///     beta:       factor · xᵃ (1 − x)ᵇ,        0 ≤ x ≤ 1
///     Student t:  factor · (1 + x²/df)⁻ᵃ
bool gamma_density_array(double factor, double a, double scale, std::span<const double> x,
                         std::span<double> out);
bool beta_density_array(double factor, double a, double b, std::span<const double> x,
                        std::span<double> out);
bool student_t_density_array(double factor, double a, double df, std::span<const double> x,
                             std::span<double> out);

}  // namespace mathtool::stats
