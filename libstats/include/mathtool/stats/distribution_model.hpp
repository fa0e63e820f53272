#pragma once

#include <string>
#include <string_view>

#include "mathtool/stats/distribution_fit.hpp"

namespace mathtool::stats {

/// A fitted distribution as JSON text: format "mathtool-distribution", version "1.0", the
/// variable's name, family, parameters with standard errors (null where there are none),
/// log-likelihood and number of observations. Numbers are written to read back as the same doubles.
/// Pre:     the fit has a distribution.     Throws: DataError for a name that is not UTF-8.
std::string to_json(const DistributionFit& fit, std::string_view variable);

/// The distribution that `to_json` of this or any earlier version wrote.
/// Throws: DataError, with `source` in front, for text that is no JSON, another format, a newer
///         version, an unknown family, and parameters that it cannot have.
AnyDistribution distribution_from_json(std::string_view text, std::string_view source = "model");

}  // namespace mathtool::stats
