#pragma once

#include <string>
#include <vector>

#include "cli/report.hpp"
#include "mathtool/stats/component_rule.hpp"
#include "mathtool/stats/pca.hpp"

namespace mathtool::cli {

// What a fit leaves to be said, added to the notes of a report.

/// That columns in large units dominate, where standard deviations are more than 10 to 1 apart.
void note_scales(const Vec& sd, const std::vector<std::string>& names, Report& report);

/// That there are fewer components than were asked for or than the table could have.
void note_rank(const stats::Pca& pca, const stats::ComponentRule& rule, Report& report);

/// That where eigenvalues were squared before they were compared, the directions of the small ones
/// are blurred.
void note_precision(const stats::Pca& pca, Report& report);

}  // namespace mathtool::cli
