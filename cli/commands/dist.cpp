#include "cli/command.hpp"
#include "cli/constant_expression.hpp"
#include "cli/distribution/distribution_report.hpp"
#include "cli/distribution/draw_count.hpp"
#include "cli/distribution/vector_distribution_report.hpp"
#include "cli/interrupt.hpp"
#include "cli/text_file.hpp"
#include "mathtool/math/error.hpp"
#include "mathtool/stats/distribution_family.hpp"
#include "mathtool/stats/distribution_model.hpp"

namespace mathtool::cli {
namespace {

struct Settings {
  std::string distribution, verb;
  std::vector<std::string> numbers;
};

GlobalOptions parse(const Invocation& invocation, Settings& settings) {
  Options options(invocation);
  options.operand(
      "SPEC", settings.distribution, false,
      "a distribution, as in 'gamma(2.5, scale=2)', or @MODEL that fitdist saved; none: "
      "a list of all");
  options.operand("VERB", settings.verb, false, "what to say of it; info if not given");
  options.operands("X...", settings.numbers, "where: numbers or expressions; for sample how many");
  return options.parse();
}

std::vector<double> draw(const stats::AnyDistribution& d, const Settings& settings,
                         const GlobalOptions& global) {
  std::vector<double> sample(draw_count(settings.numbers, 1, global));
  const StopToken stop = interrupt_token();
  math::Philox random(global.seed);
  for (std::size_t i = 0; i < sample.size(); ++i) {
    if (i % 4096 == 0) stop.check();
    sample[i] = stats::sample(d, random);
  }
  return sample;
}

std::vector<VerbRow> apply_to_numbers(const DistributionVerb& verb, const stats::AnyDistribution& d,
                                      const std::vector<std::string>& numbers) {
  if (verb.operand == DistributionVerb::Operand::none) {
    require(numbers.empty(), "{} stands alone, without '{}'", verb.name,
            numbers.empty() ? "" : numbers[0]);
    return {{.value = apply_verb(verb, d, 0)}};
  }
  require(!numbers.empty(), "{} needs a number, as in {} 0.95", verb.name, verb.name);
  std::vector<VerbRow> rows;
  for (const std::string& text : numbers) {
    const double x = constant_expression(text, "X");
    rows.push_back({text, x, apply_verb(verb, d, x)});
  }
  return rows;
}

/// A specification, or @FILE of a fit that was saved.
std::variant<stats::AnyDistribution, stats::AnyMultivariate> read_distribution(
    const std::string& text) {
  if (!text.starts_with('@')) return stats::parse_any_distribution(text);
  const std::string path = text.substr(1);
  return stats::distribution_from_json(read_text(path), path);
}

Exit run(const Invocation& invocation) {
  Settings settings;
  const GlobalOptions global = parse(invocation, settings);
  Report report{.command = "dist"};
  if (settings.distribution.empty() && settings.verb.empty()) {
    report_families(report);
    render(report, global);
    return Exit::done;
  }
  const auto parsed = read_distribution(settings.distribution);
  if (const auto* vectors = std::get_if<stats::AnyMultivariate>(&parsed)) {
    report_vector_distribution(*vectors, settings.verb, settings.numbers, global, report);
    render(report, global);
    return Exit::done;
  }
  const auto& d = std::get<stats::AnyDistribution>(parsed);
  if (settings.verb.empty() || settings.verb == "info") {
    require(settings.numbers.empty(), "info stands alone, without a number");
    report_info(d, report);
  } else if (settings.verb == "sample") {
    report.seed = global.seed;
    report_sample(draw(d, settings, global), report);
  } else {
    const DistributionVerb& verb = find_distribution_verb(settings.verb);
    report_verb(verb, d, apply_to_numbers(verb, d, settings.numbers), global.digits.value_or(15),
                report);
  }
  report.figure = [&] { return distribution_figure(d); };
  render(report, global);
  return Exit::done;
}

constexpr std::string_view explanation = R"(Examples:
  mathtool dist                                        all families with their parameters
  mathtool dist 'normal(0, 1)' cdf 1.96                0.975002104851780
  mathtool dist 't(df=5)' quantile 0.95 0.975 0.995    several at once
  mathtool dist 'binomial(10, 0.3)' survival 5         P(X > 5)
  mathtool dist normal log_survival 40                 where survival itself is 0
  mathtool dist 'truncated(gamma(2.5), 0, 4)' info --plot=g.svg
  mathtool dist 'mixture([0.3, 0.7], [normal(0,1), normal(4,2)])' hdi 0.9
  mathtool dist 'multivariate_normal([0, 1], [[2, 1], [1, 3]])' pdf '[0, 0]'
  mathtool dist 'poisson(4)' sample 1000 --seed 7 --csv > counts.csv

Verbs: pdf cdf survival quantile quantile_survival log_pdf log_cdf log_survival hazard, each at one
number or more; mean variance sd skewness kurtosis mode median entropy support; interval and hdi
with a level such as 0.95; sample with a count; info for all properties. Of a discrete distribution
pdf is the mass, cdf is P(X <= x), survival P(X > x). Both tails are computed natively: ask for
survival or quantile_survival instead of 1 minus something.
)";

}  // namespace

extern const Command dist;
const Command dist{.name = "dist",
                   .summary = "probabilities, quantiles, properties and samples of distributions",
                   .operands = "[SPEC] [VERB] [X...]",
                   .help = explanation,
                   .run = run,
                   .draws = true};

}  // namespace mathtool::cli
