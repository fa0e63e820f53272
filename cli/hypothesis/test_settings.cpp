#include "cli/hypothesis/test_settings.hpp"

#include <fmt/format.h>

#include <cmath>
#include <utility>

#include "cli/constant_expression.hpp"
#include "cli/hypothesis/test_kind.hpp"
#include "mathtool/math/error.hpp"

namespace mathtool::cli {
namespace {

double number_of(const std::string& text, const char* option) {
  const double value = constant_expression(text, option);
  require(std::isfinite(value), "{} must be a finite number, got '{}'", option, text);
  return value;
}

std::int64_t repetitions(const std::string& text, const char* option, double least) {
  if (text.empty()) return 0;
  const double value = number_of(text, option);
  require(value == std::floor(value) && value >= least && value <= 1e9,
          "{} must be a whole number from {} to 1e9, got '{}'", option, least, text);
  return static_cast<std::int64_t>(value);
}

stats::Alternative alternative_named(const std::string& word) {
  if (word == "less") return stats::Alternative::less;
  return word == "greater" ? stats::Alternative::greater : stats::Alternative::two_sided;
}

/// No option is passed over in silence.
void refuse_useless(const TestWords& words, const TestKind& kind) {
  const std::pair<const char*, bool> given[] = {{"by", !words.by.empty()},
                                                {"mu", !words.mu.empty()},
                                                {"alternative", words.alternative != "two-sided"},
                                                {"exact", words.exact},
                                                {"permutation", !words.permutations.empty()},
                                                {"bootstrap", !words.bootstraps.empty()},
                                                {"sigma", !words.sigma.empty()},
                                                {"distribution", !words.distribution.empty()},
                                                {"method", !words.method.empty()},
                                                {"center", !words.centre.empty()},
                                                {"success", !words.success.empty()},
                                                {"expected", !words.expected.empty()},
                                                {"sums", !words.sums.empty()},
                                                {"adjust", !words.adjust.empty()},
                                                {"no-continuity", words.no_continuity}};
  for (const auto& [option, is_given] : given)
    require(!is_given || kind.can(option), "test {} has no use for --{}; leave it out{}", kind.name,
            option,
            std::string_view(option) == "by" && kind.name == "wilcoxon"
                ? ", or compare groups by mann-whitney"
            : std::string_view(option) == "by" ? ", or test each group with -g"
                                               : "");
}

}  // namespace

void TestWords::declare(Options& options) {
  std::string kinds;
  for (const TestKind& each : test_kinds())
    kinds += fmt::format("{}{}", kinds.empty() ? "" : " ", each.name);
  options.operand("KIND", kind, true, kinds);
  options.value("--by", "COLUMN[,COLUMN]", by, "the groups that are compared");
  options.value("--mu", "VALUE", mu,
                "what the hypothesis says: mean, median, difference, ratio, probability");
  options.choice("--alternative", {"two-sided", "less", "greater"}, alternative,
                 "on which side the truth may lie");
  options.value("--alpha", "P", alpha, "of the verdict; intervals cover 1 - P");
  options.flag("--exact", exact, "count, however many values there are, and with ties");
  options.value("--permutation", "N", permutations, "p-value by N random arrangements");
  options.value("--bootstrap", "N", bootstraps,
                "interval by N samples drawn again: BCa, and percentile in JSON");
  options.value("--fail-if", "EXPR", fail_if,
                "exit 5 if this is true: 'p_value < 0.05 && abs(effect_size) > 0.2'");
  options.value("--sigma", "SD", sigma, "z: the standard deviation, known beforehand");
  options.value("--distribution", "SPEC", distribution,
                "ks: as in 'exponential(2)'; else normal with the sample's mean and sd");
  options.value("--method", "pearson|spearman|kendall", method, "cor: of values or of ranks");
  options.value("--center", "median|mean", centre, "levene: what deviations are taken from");
  options.value("--success", "LEVEL", success, "prop, binom: what counts; else the last level");
  options.value("--expected", "LEVEL:P,...", expected, "chisq-fit: probabilities or proportions");
  options.value("--sums", "sequential|marginal", sums, "anova2: squares of type I or II");
  options.value("--adjust", "tukey|holm|bh", adjust, "anova: how pairs of groups are compared");
  options.flag("--no-continuity", no_continuity, "without the correction for continuity");
  table.declare(options);
  table.declare_groups(options);
}

TestSettings read_settings(const TestWords& words, const GlobalOptions& global) {
  TestSettings settings{.kind = &find_test_kind(words.kind)};
  refuse_useless(words, *settings.kind);
  const auto one_of = [](const std::string& word, const char* option,
                         std::initializer_list<std::string_view> words_allowed) {
    bool found = word.empty();
    for (const std::string_view each : words_allowed) found = found || each == word;
    require(found, "{} must be {}, got '{}'", option, fmt::join(words_allowed, " or "), word);
  };
  one_of(words.method, "--method", {"pearson", "spearman", "kendall"});
  one_of(words.centre, "--center", {"median", "mean"});
  one_of(words.sums, "--sums", {"sequential", "marginal"});
  one_of(words.adjust, "--adjust", {"tukey", "holm", "bh"});
  require(words.table.missing == "drop" || words.table.missing == "error",
          "a test takes the values that are there: --missing drop or error");
  if (!words.mu.empty()) settings.mu = number_of(words.mu, "--mu");
  if (!words.sigma.empty()) settings.sigma = number_of(words.sigma, "--sigma");
  settings.alternative = alternative_named(words.alternative);
  settings.alpha = number_of(words.alpha, "--alpha");
  require(settings.alpha > 0 && settings.alpha < 1, "--alpha must be between 0 and 1, got '{}'",
          words.alpha);
  settings.exact = words.exact;
  settings.continuity = !words.no_continuity;
  settings.permutations = repetitions(words.permutations, "--permutation", 1);
  settings.bootstraps = repetitions(words.bootstraps, "--bootstrap", 20);
  require(!settings.exact || settings.permutations == 0,
          "--exact and --permutation exclude each other; give one of them");
  settings.distribution = words.distribution;
  if (!words.method.empty()) settings.method = words.method;
  settings.by_means = words.centre == "mean";
  settings.success = words.success;
  settings.expected = words.expected;
  settings.marginal = words.sums == "marginal";
  settings.adjust = words.adjust;
  settings.seed = global.seed;
  return settings;
}

}  // namespace mathtool::cli
