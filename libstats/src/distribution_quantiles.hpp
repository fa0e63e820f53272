#pragma once

/// The few quantiles that the analyses need, asked of Boost in one place. Pre: 0 < p < 1, degrees
/// of freedom and shapes > 0.
namespace mathtool::stats {

double normal_quantile(double p);
double chi_squared_quantile(double df, double p);
double beta_quantile(double a, double b, double p);

}  // namespace mathtool::stats
