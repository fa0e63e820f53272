#pragma once

#include "cli/calculator/bound_formula.hpp"
#include "mathtool/math/calculus/precise_function.hpp"

namespace mathtool::cli {

/// A formula over numbers of 50 and of 100 digits.
struct PreciseFormula {
  PreciseFormula(const math::Expression& formula, std::span<const std::string> variables)
      : fifty(formula, variables), hundred(formula, variables) {}

  template <class T>
  T at(std::span<const T> x) const {
    if constexpr (std::is_same_v<T, math::FiftyDigits>)
      return fifty.run(x, fifty_stack);
    else
      return hundred.run(x, hundred_stack);
  }
  math::FiftyDigits operator()(const math::FiftyDigits& x) const { return at(std::span(&x, 1)); }
  math::HundredDigits operator()(const math::HundredDigits& x) const {
    return at(std::span(&x, 1));
  }

  math::ScalarProgram<math::FiftyDigits> fifty;
  math::ScalarProgram<math::HundredDigits> hundred;
  mutable std::vector<math::FiftyDigits> fifty_stack = {};
  mutable std::vector<math::HundredDigits> hundred_stack = {};
};

}  // namespace mathtool::cli
