#pragma once

#include <string>
#include <vector>

#include "cli/distribution/distribution_verbs.hpp"
#include "cli/report.hpp"

namespace mathtool::cli {

/// A verb at one number, as it was written and as it was read.
struct VerbRow {
  std::string text = {};
  double x = 0;
  VerbValue value = 0.0;
};

/// Every family with its parameters and their standards, from the registry.
void report_families(Report& report);

/// `digits` are those of a single number for people.
void report_verb(const DistributionVerb& verb, const stats::AnyDistribution& d,
                 std::vector<VerbRow> rows, int digits, Report& report);
void report_sample(std::vector<double> sample, Report& report);
void report_info(const stats::AnyDistribution& d, Report& report);

/// Density or mass, and the distribution function, over all but a thousandth of either tail.
Figure distribution_figure(const stats::AnyDistribution& d);

}  // namespace mathtool::cli
