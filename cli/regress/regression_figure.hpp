#pragma once

#include <vector>

#include "cli/figure.hpp"
#include "cli/regress/regression_fit.hpp"

namespace mathtool::cli {

/// Residuals of at most some thousand rows, evenly spaced.
struct ResidualSample {
  std::vector<double> fitted = {}, residual = {};
  std::vector<double> standardized = {};  ///< by their own standard deviation
};

/// One more pass over the rows. Of other families than the gaussian, residuals are those of the
/// deviance.
ResidualSample sample_residuals(const RegressionFit& fit, ModelRows& rows);

/// Residuals against fitted values and their quantiles against the normal; of a penalised fit the
/// path of its coefficients, and the error along it where cross-validation has been.
Figure regression_figure(const RegressionFit& fit, const ResidualSample& sample);

}  // namespace mathtool::cli
