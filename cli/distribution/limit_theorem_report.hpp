#pragma once

#include "cli/command.hpp"
#include "cli/report.hpp"
#include "mathtool/stats/sample_means.hpp"

namespace mathtool::cli {

/// One row for each n, as both commands have it; the figure shows the means of every n: as they are
/// for the law of large numbers, standardized beside the normal density for the central limit
/// theorem.
enum class LimitTheorem { large_numbers, central_limit };

void report_sample_means(LimitTheorem theorem, const stats::AnyDistribution& d,
                         std::vector<stats::SampleMeans> rows, Report& report);

/// The command `clt` or `lln`, which differ in their figure alone.
Exit run_limit_theorem(const Invocation& invocation, LimitTheorem theorem);

}  // namespace mathtool::cli
