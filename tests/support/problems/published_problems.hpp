#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "mathtool/math/types.hpp"
#include "mathtool/opt/expression_objective.hpp"

namespace mathtool::test {

/// A problem of a published collection, its formula over x1, ..., xn.
struct PublishedProblem {
  std::string id = {}, name = {}, formula = {};
  Vec start = {};           ///< of local problems
  Vec low = {}, high = {};  ///< of global ones
  double minimum = 0;
  double local_minimum = 0;  ///< another one that was published too, else the same

  opt::ExpressionObjective objective() const;
};

/// The problems of `optimization/more_garbow_hillstrom.json`.
/// Ref: Moré, Garbow & Hillstrom, Testing unconstrained optimization software (1981).
std::vector<PublishedProblem> more_garbow_hillstrom(const std::filesystem::path& data);

/// The problems of `optimization/global.json`: functions of many minima over a box.
std::vector<PublishedProblem> global_problems(const std::filesystem::path& data);

/// The digits of a minimum that was found: −log₁₀ of the error relative to the published one, at
/// most 15; where that is 0, 6 for an error of 1e-10 and one more for each tenth of it.
double minimum_digits(double found, double published);

}  // namespace mathtool::test
