#pragma once

#include <functional>
#include <string>
#include <vector>

#include "mathtool/math/types.hpp"

namespace mathtool::test {

/// A problem of minimisation whose answer is known.
struct Problem {
  std::string name = {};
  Vec start = {};
  std::vector<Vec> minimisers = {};  ///< all global ones
  double minimum = 0;                ///< f there
  double digits = 1e-12;             ///< to how much `minimum` is known, absolute
  std::function<double(const Vec& x, Vec& gradient)> f = {};
};

/// A dozen that every book has, from their usual starts.
/// Ref: Moré, Garbow & Hillstrom, Testing unconstrained optimization software (1981), numbers in
/// the
///      source; Surjanovic & Bingham, Virtual library of simulation experiments (2013).
const std::vector<Problem>& classical_problems();

const Problem& classical_problem(const std::string& name);

}  // namespace mathtool::test
