#include "mathtool/stats/hypothesis/levene.hpp"

#include <cmath>

#include "mathtool/stats/accumulators/moments.hpp"
#include "mathtool/stats/hypothesis/anova.hpp"
#include "mathtool/stats/sample_median.hpp"
#include "significance.hpp"
#include "spread.hpp"

namespace mathtool::stats {

TestResult levene_test(std::span<const std::vector<double>> groups, LeveneCentre centre,
                       double level) {
  require<InsufficientDataError>(groups.size() >= 2,
                                 "variances are compared between two groups at least, got {}",
                                 groups.size());
  std::vector<Moments> deviations;
  for (const std::vector<double>& group : groups) {
    Moments values;
    values.push(group);
    require_values(values, 1);
    const double middle = centre == LeveneCentre::median ? sample_median(group) : values.mean();
    Moments& distances = deviations.emplace_back();
    std::vector<double> from_middle;
    for (const double x : group) from_middle.push_back(std::abs(x - middle));
    distances.push(from_middle);
  }
  TestResult result = anova(deviations, level).test;
  result.method = centre == LeveneCentre::median
                      ? "Levene's test of equal variances, by medians (Brown and Forsythe)"
                      : "Levene's test of equal variances, by means";
  result.null_hypothesis = "the variances of all groups are equal";
  result.estimate_name = result.effect_size.name = "eta squared of deviations";
  return result;
}

}  // namespace mathtool::stats
