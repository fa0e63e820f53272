#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "cli/report.hpp"
#include "mathtool/stats/multivariate_distribution.hpp"

namespace mathtool::cli {

/// What `mathtool dist` says of a distribution of vectors: pdf and log_pdf at vectors such as
/// "[1, 2]", mean, variance (the covariance matrix), entropy, sample, info.
/// Throws: DomainError where there is no such verb, or a vector cannot be read.
void report_vector_distribution(const stats::AnyMultivariate& d, const std::string& verb,
                                const std::vector<std::string>& operands,
                                const GlobalOptions& global, Report& report);

}  // namespace mathtool::cli
