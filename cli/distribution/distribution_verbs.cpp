#include "cli/distribution/distribution_verbs.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

#include "mathtool/math/closest_match.hpp"

namespace mathtool::cli {
namespace {

using stats::AnyDistribution;
using Operand = DistributionVerb::Operand;

/// A function of the library as a verb.
template <auto function>
VerbValue at(const AnyDistribution& d, double x) {
  return function(d, x);
}

template <auto function>
VerbValue of(const AnyDistribution& d, double) {
  return function(d);
}

constexpr std::array verbs = {
    DistributionVerb{"pdf", Operand::value, "density, or the mass of a discrete one",
                     at<stats::pdf<AnyDistribution>>},
    DistributionVerb{"cdf", Operand::value, "P(X <= x)", at<stats::cdf<AnyDistribution>>},
    DistributionVerb{"survival", Operand::value, "P(X > x)", at<stats::survival<AnyDistribution>>},
    DistributionVerb{"quantile", Operand::probability, "smallest x with cdf >= p",
                     at<stats::quantile<AnyDistribution>>},
    DistributionVerb{"quantile_survival", Operand::probability, "smallest x with survival <= p",
                     at<stats::quantile_survival<AnyDistribution>>},
    DistributionVerb{"log_pdf", Operand::value, "natural logarithm of pdf",
                     at<stats::log_pdf<AnyDistribution>>},
    DistributionVerb{"log_cdf", Operand::value, "of cdf", at<stats::log_cdf<AnyDistribution>>},
    DistributionVerb{"log_survival", Operand::value, "of survival",
                     at<stats::log_survival<AnyDistribution>>},
    DistributionVerb{"hazard", Operand::value, "pdf / P(X >= x)",
                     at<stats::hazard<AnyDistribution>>},
    DistributionVerb{"mean", Operand::none, "E X", of<stats::mean<AnyDistribution>>},
    DistributionVerb{"variance", Operand::none, "E (X - mean)^2",
                     of<stats::variance<AnyDistribution>>},
    DistributionVerb{"sd", Operand::none, "sqrt(variance)", of<stats::sd<AnyDistribution>>},
    DistributionVerb{"skewness", Operand::none, "E (X - mean)^3 / sd^3",
                     of<stats::skewness<AnyDistribution>>},
    DistributionVerb{"kurtosis", Operand::none, "excess: E (X - mean)^4 / sd^4 - 3",
                     of<stats::kurtosis<AnyDistribution>>},
    DistributionVerb{"mode", Operand::none, "where pdf is highest",
                     of<stats::mode<AnyDistribution>>},
    DistributionVerb{"median", Operand::none, "quantile 0.5", of<stats::median<AnyDistribution>>},
    DistributionVerb{"entropy", Operand::none, "-E log pdf(X), in nats",
                     of<stats::entropy<AnyDistribution>>},
    DistributionVerb{"support", Operand::none, "[low, high]: where pdf > 0",
                     [](const AnyDistribution& d, double) -> VerbValue { return d.support(); }},
    DistributionVerb{"interval", Operand::level, "central interval of that probability",
                     at<stats::interval<AnyDistribution>>},
    DistributionVerb{"hdi", Operand::level, "shortest interval of that probability",
                     at<stats::hdi<AnyDistribution>>},
};

}  // namespace

std::span<const DistributionVerb> distribution_verbs() { return verbs; }

const DistributionVerb& find_distribution_verb(std::string_view name) {
  const auto found = std::ranges::find(verbs, name, &DistributionVerb::name);
  if (found != verbs.end()) return *found;
  std::vector<std::string> names{"sample", "info"};
  for (const DistributionVerb& verb : verbs) names.emplace_back(verb.name);
  throw DomainError(fmt::format("no verb '{}'{}; the verbs are {}", name, did_you_mean(name, names),
                                fmt::join(names, " ")));
}

VerbValue apply_verb(const DistributionVerb& verb, const AnyDistribution& d, double x) {
  require(!std::isnan(x) || verb.operand == Operand::none, "{}: its argument is not a number",
          verb.name);
  require((x >= 0 && x <= 1) || verb.operand != Operand::probability,
          "{}: a probability is between 0 and 1, got {}", verb.name, x);
  return verb.apply(d, x);
}

}  // namespace mathtool::cli
