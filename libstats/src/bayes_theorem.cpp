#include "mathtool/stats/bayes_theorem.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "mathtool/math/error.hpp"
#include "mathtool/stats/distribution.hpp"

namespace mathtool::stats {
namespace {

void require_masses(std::span<const double> values, std::string_view what) {
  for (const double value : values)
    require(value >= 0 && std::isfinite(value), "a {} must be finite and >= 0, got {}", what,
            value);
}

/// P(hᵢ) P(e | hᵢ).
std::vector<Extended> joint_probabilities(std::span<const double> prior,
                                          std::span<const double> likelihood) {
  require<DimensionError>(prior.size() == likelihood.size(), "{} priors, but {} likelihoods",
                          prior.size(), likelihood.size());
  require_masses(prior, "prior");
  require_masses(likelihood, "likelihood");
  const Extended sum = std::accumulate(prior.begin(), prior.end(), Extended(0));
  require(sum > 0, "no hypothesis has a prior above 0");
  std::vector<Extended> joint(prior.size());
  for (std::size_t i = 0; i < joint.size(); ++i) joint[i] = prior[i] / sum * likelihood[i];
  return joint;
}

}  // namespace

double total_probability(std::span<const double> prior, std::span<const double> likelihood) {
  const std::vector<Extended> joint = joint_probabilities(prior, likelihood);
  return static_cast<double>(std::accumulate(joint.begin(), joint.end(), Extended(0)));
}

std::vector<double> posterior(std::span<const double> prior, std::span<const double> likelihood) {
  const std::vector<Extended> joint = joint_probabilities(prior, likelihood);
  const Extended evidence = std::accumulate(joint.begin(), joint.end(), Extended(0));
  require<InsufficientDataError>(evidence > 0,
                                 "the evidence is impossible under every hypothesis, so nothing "
                                 "follows from it");
  std::vector<double> result;
  for (const Extended p : joint) result.push_back(static_cast<double>(p / evidence));
  return result;
}

}  // namespace mathtool::stats
