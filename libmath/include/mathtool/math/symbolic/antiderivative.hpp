#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "mathtool/math/expression/expression.hpp"
#include "mathtool/math/expression/function_table.hpp"
#include "mathtool/math/run_control.hpp"
#include "mathtool/math/symbolic/differentiate.hpp"

namespace mathtool::math {

struct AntiderivativeOptions {
  bool explain = false;  ///< fill `steps`
  StopToken stop = {};
};

struct Antiderivative {
  std::optional<Expression> value = {};    ///< without the constant; none: not found
  std::vector<DerivationStep> steps = {};  ///< from the whole to its parts, as they were taken
  std::string reason = {};                 ///< why there is no value
};

/// ∫ f dx as a formula, simplified, by the rules of a textbook: linearity, tables, substitution,
/// parts, partial fractions, reduction of trigonometric functions and of roots of quadratics. All
/// other variables are constants, taken to be positive.
///
/// Returns: what differentiates back to f: at random points, computed with 50 digits, the two agree
///          to 30, or there is no value. That none is found does not mean that there is none. An
///          answer with tan(x/2) or sign may jump where f does not: it is one on each side.
/// Throws:  Stopped.
/// Cost:    milliseconds; less than a second whatever f is.
/// Ref:     Bronstein, Symbolic Integration I (2005), chapters 2 and 5.
Antiderivative antiderivative(const Expression& f, std::string_view x,
                              const FunctionTable& functions = elementary_functions(),
                              const AntiderivativeOptions& options = {});

}  // namespace mathtool::math
