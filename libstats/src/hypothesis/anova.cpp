#include "mathtool/stats/hypothesis/anova.hpp"

#include <cmath>

#include "mathtool/math/compensated_sum.hpp"
#include "mathtool/stats/distributions/f.hpp"
#include "noncentrality.hpp"
#include "significance.hpp"
#include "spread.hpp"
#include "variance_table.hpp"

namespace mathtool::stats {
namespace {

math::DoubleDouble grand_mean(std::span<const Moments> groups, double total) {
  // From the first group's mean: what is averaged are small differences.
  const math::DoubleDouble origin = groups.front().precise_mean();
  math::DoubleDouble sum;
  for (const Moments& group : groups) sum = sum + (group.precise_mean() - origin) * group.weight();
  return origin + sum / total;
}

}  // namespace

void complete_table(std::vector<AnovaRow>& table) {
  AnovaRow& residuals = table.back();
  for (AnovaRow& row : table) row.ms = row.df > 0 ? row.ss / row.df : not_a_number;
  if (!(residuals.df > 0)) return;
  for (AnovaRow& row : table) {
    if (&row == &residuals || !(row.df > 0)) continue;
    row.f = row.ms / residuals.ms;
    const F f(row.df, residuals.df);
    row.p_value = survival(f, row.f);
    row.log10_p = log_survival(f, row.f) / std::numbers::ln10;
  }
}

void set_f_test(TestResult& result, const AnovaRow& row, const AnovaRow& residuals, double level) {
  result.statistic_name = "F";
  result.alternative = Alternative::greater;
  result.statistic = row.f;
  result.df = {row.df, residuals.df};
  result.p_value = row.p_value;
  result.log10_p = row.log10_p;
  const Interval nc = noncentral_f_interval(row.f, row.df, residuals.df, level);
  result.effect_size.value = row.ss / (row.ss + residuals.ss);
  result.effect_size.ci = {nc.low / (nc.low + result.n), nc.high / (nc.high + result.n)};
}

Anova anova(std::span<const Moments> groups, double level) {
  require_level(level);
  require<InsufficientDataError>(
      groups.size() >= 2, "there {} {} group{}; an analysis of variance needs two at least",
      groups.size() == 1 ? "is" : "are", groups.size(), groups.size() == 1 ? "" : "s");
  math::CompensatedSum total, within, between;
  for (const Moments& group : groups) {
    require_values(group, 1);
    total += group.weight();
    within += group.squares();
  }
  const double n = total.value(), k = static_cast<double>(groups.size());
  require<InsufficientDataError>(n > k,
                                 "every group has one value: nothing shows how they scatter");
  require<InsufficientDataError>(within.value() > 0, "no group has values that differ");
  const math::DoubleDouble mean = grand_mean(groups, n);
  for (const Moments& group : groups) {
    const auto gap = static_cast<double>(group.precise_mean() - mean);
    between += group.weight() * gap * gap;
  }
  require<InsufficientDataError>(std::isfinite(between.value()),
                                 "the means are too far apart for their squares");
  Anova result{.table = {{.source = "groups", .df = k - 1, .ss = between.value()},
                         {.source = "residuals", .df = n - k, .ss = within.value()}}};
  complete_table(result.table);
  result.test = {.method = "one-way analysis of variance",
                 .null_hypothesis = "the means of all groups are equal",
                 .n = n};
  result.test.effect_size.name = "eta squared";
  set_f_test(result.test, result.table[0], result.table[1], level);
  result.test.estimate_name = "eta squared";
  result.test.estimate = result.test.effect_size.value;
  result.test.ci = result.test.effect_size.ci;
  return result;
}

}  // namespace mathtool::stats
