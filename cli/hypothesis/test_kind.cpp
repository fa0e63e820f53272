#include "cli/hypothesis/test_kind.hpp"

#include <fmt/format.h>

#include <array>

#include "cli/hypothesis/count_tests.hpp"
#include "cli/hypothesis/mean_tests.hpp"
#include "cli/hypothesis/rank_tests.hpp"
#include "cli/hypothesis/rearrangement.hpp"
#include "cli/hypothesis/sample_tests.hpp"
#include "mathtool/math/closest_match.hpp"
#include "mathtool/math/error.hpp"

namespace mathtool::cli {
namespace {

using L = TestLayout;

constexpr std::array kinds{
    TestKind{.name = "z",
             .summary = "a mean or two, the standard deviation known",
             .layout = L::one_or_two,
             .takes = "by mu alternative sigma permutation bootstrap",
             .instead = "t",
             .run = run_z,
             .estimate = estimate_means,
             .permute = permute_means},
    TestKind{.name = "t",
             .summary = "a mean, or two by Welch's test",
             .layout = L::one_or_two,
             .takes = "by mu alternative permutation bootstrap",
             .checks_normality = true,
             .instead = "mann-whitney (two samples) or wilcoxon (one)",
             .run = run_t,
             .estimate = estimate_means,
             .permute = permute_means},
    TestKind{.name = "t-paired",
             .summary = "the mean difference of pairs",
             .layout = L::paired,
             .takes = "mu alternative permutation bootstrap",
             .checks_normality = true,
             .instead = "wilcoxon",
             .run = run_t_paired,
             .estimate = estimate_mean_difference,
             .permute = permute_means},
    TestKind{.name = "t-pooled",
             .summary = "two means, variances equal",
             .layout = L::two_samples,
             .takes = "by mu alternative permutation bootstrap",
             .checks_normality = true,
             .checks_variances = true,
             .instead = "t (Welch)",
             .run = run_t_pooled,
             .estimate = estimate_means,
             .permute = permute_means},
    TestKind{.name = "var",
             .summary = "two variances by their ratio",
             .layout = L::two_samples,
             .takes = "by mu alternative permutation bootstrap",
             .checks_normality = true,
             .instead = "levene",
             .run = run_var,
             .estimate = estimate_variance_ratio,
             .permute = permute_variances},
    TestKind{.name = "levene",
             .summary = "variances of groups, whatever the distribution",
             .layout = L::groups,
             .takes = "by center permutation",
             .keeps_all = true,
             .run = run_levene,
             .permute = permute_deviations},
    TestKind{.name = "bartlett",
             .summary = "variances of normal groups",
             .layout = L::groups,
             .takes = "by",
             .checks_normality = true,
             .instead = "levene",
             .run = run_bartlett},
    TestKind{.name = "chisq-fit",
             .summary = "counts against given probabilities",
             .layout = L::counted,
             .takes = "expected",
             .run = run_chisq_fit},
    TestKind{.name = "chisq",
             .summary = "independence of two variables",
             .layout = L::cross_counted,
             .takes = "by permutation no-continuity",
             .run = run_chisq,
             .permute = permute_counts},
    TestKind{.name = "fisher",
             .summary = "independence of two variables, exactly",
             .layout = L::cross_counted,
             .takes = "by mu alternative exact permutation",
             .run = run_fisher,
             .permute = permute_fisher},
    TestKind{.name = "prop",
             .summary = "a proportion, or those of groups",
             .layout = L::successes,
             .takes = "by mu alternative success no-continuity",
             .run = run_prop},
    TestKind{.name = "binom",
             .summary = "a probability, exactly",
             .layout = L::successes,
             .takes = "mu alternative success exact",
             .run = run_binom},
    TestKind{.name = "anova",
             .summary = "means of groups, with all pairs",
             .layout = L::groups,
             .takes = "by adjust permutation bootstrap",
             .checks_normality = true,
             .checks_variances = true,
             .instead = "kruskal",
             .run = run_anova,
             .estimate = estimate_eta_squared,
             .permute = permute_anova},
    TestKind{.name = "anova2",
             .summary = "means by two factors and their interaction",
             .layout = L::two_factors,
             .takes = "by sums",
             .run = run_anova2},
    TestKind{.name = "mann-whitney",
             .summary = "ranks of two samples",
             .layout = L::two_samples,
             .takes = "by mu alternative exact permutation bootstrap no-continuity",
             .keeps_all = true,
             .run = run_mann_whitney,
             .estimate = estimate_shift,
             .permute = permute_ranks},
    TestKind{.name = "wilcoxon",
             .summary = "signed ranks of values or of pairs",
             .layout = L::one_or_paired,
             .takes = "mu alternative exact permutation bootstrap no-continuity",
             .keeps_all = true,
             .run = run_wilcoxon,
             .estimate = estimate_pseudo_median,
             .permute = permute_signed_ranks},
    TestKind{.name = "kruskal",
             .summary = "ranks of several groups",
             .layout = L::groups,
             .takes = "by permutation bootstrap",
             .keeps_all = true,
             .run = run_kruskal,
             .estimate = estimate_epsilon_squared,
             .permute = permute_kruskal},
    TestKind{.name = "sign",
             .summary = "the median, by signs alone",
             .layout = L::one_or_paired,
             .takes = "mu alternative exact bootstrap",
             .keeps_all = true,
             .run = run_sign,
             .estimate = estimate_median},
    TestKind{.name = "runs",
             .summary = "whether the order of values is random",
             .layout = L::one_sample,
             .takes = "mu alternative exact",
             .keeps_all = true,
             .run = run_runs},
    TestKind{.name = "ks",
             .summary = "a sample against a distribution",
             .layout = L::one_sample,
             .takes = "distribution alternative exact",
             .keeps_all = true,
             .run = run_ks},
    TestKind{.name = "ks2",
             .summary = "two samples by their distribution functions",
             .layout = L::two_samples,
             .takes = "by alternative exact permutation",
             .keeps_all = true,
             .run = run_ks2,
             .permute = permute_distances},
    TestKind{.name = "anderson",
             .summary = "normality, with weight on the tails",
             .layout = L::one_sample,
             .keeps_all = true,
             .run = run_anderson},
    TestKind{.name = "shapiro",
             .summary = "normality, of up to 5000 values",
             .layout = L::one_sample,
             .keeps_all = true,
             .run = run_shapiro},
    TestKind{.name = "jarque-bera",
             .summary = "normality by skewness and kurtosis, of many values",
             .layout = L::one_sample,
             .run = run_jarque_bera},
    TestKind{.name = "cor",
             .summary = "correlation of two columns",
             .layout = L::paired,
             .takes = "alternative method permutation bootstrap",
             .checks_normality = true,
             .instead = "--method spearman",
             .run = run_cor,
             .estimate = estimate_correlation,
             .permute = permute_correlation},
};

}  // namespace

bool TestKind::can(std::string_view option) const {
  for (std::size_t begin = 0; begin < takes.size();) {
    const std::size_t end = std::min(takes.find(' ', begin), takes.size());
    if (takes.substr(begin, end - begin) == option) return true;
    begin = end + 1;
  }
  return false;
}

std::span<const TestKind> test_kinds() { return kinds; }

const TestKind& find_test_kind(std::string_view name) {
  std::vector<std::string> names;
  for (const TestKind& kind : kinds) {
    if (kind.name == name) return kind;
    names.emplace_back(kind.name);
  }
  throw DomainError(fmt::format("no test '{}'{}; the tests are {}", name,
                                did_you_mean(std::string(name), names), fmt::join(names, ", ")));
}

}  // namespace mathtool::cli
