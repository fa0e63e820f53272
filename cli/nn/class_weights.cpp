#include "cli/nn/class_weights.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <cmath>

#include "cli/first_few.hpp"
#include "cli/named_values.hpp"
#include "mathtool/math/closest_match.hpp"
#include "mathtool/math/error.hpp"

namespace mathtool::cli {
namespace {

/// A product of two is still a float.
constexpr double most_weight = 1e12;

std::vector<double> balanced_weights(std::span<const std::string> classes,
                                     std::span<const Index> labels) {
  std::vector<double> counts(classes.size(), 0);
  for (const Index label : labels) ++counts[static_cast<std::size_t>(label)];
  const double share = static_cast<double>(labels.size()) / static_cast<double>(classes.size());
  for (double& count : counts) count = count > 0 ? share / count : 0;
  return counts;
}

}  // namespace

std::vector<double> class_weights(const std::string& text, std::span<const std::string> classes,
                                  std::span<const Index> labels) {
  if (text == "balanced") return balanced_weights(classes, labels);
  require(text.find('=') != std::string::npos,
          "--class-weights takes 'balanced' or CLASS=WEIGHT,..., got '{}'", text);
  const std::vector<std::string> names(classes.begin(), classes.end());
  std::vector<double> weights(classes.size(), 1.0);
  for (const NamedValue& given : named_values({text}, "--class-weights")) {
    const auto found = std::ranges::find(names, given.name);
    require(found != names.end(), "--class-weights: there is no class '{}'{}; there are {}",
            given.name, did_you_mean(given.name, names), first_few(names));
    require(given.value >= 0 && given.value <= most_weight,
            "--class-weights: the weight of '{}' must be in [0, {}], got {}", given.name,
            most_weight, given.value);
    weights[static_cast<std::size_t>(found - names.begin())] = given.value;
  }
  require(std::ranges::any_of(weights, [](double weight) { return weight > 0; }),
          "--class-weights: all weights are 0; nothing would count");
  return weights;
}

}  // namespace mathtool::cli
