#pragma once

#include <string>
#include <utility>

#include "mathtool/math/error.hpp"

namespace mathtool::math {

/// A formula that cannot be read or has no meaning, and the place in its text.
struct FormulaError : DomainError {
  FormulaError(const std::string& message, int where, std::string formula = {})
      : DomainError(message), column(where), text(std::move(formula)) {}

  int column;        ///< in characters, counted from 1; 0: unknown
  std::string text;  ///< the whole formula, if known
};

/// The text and a caret under the place, on two lines, cut to what stands around it; empty where
/// either is unknown.
std::string caret_text(const FormulaError& error);

}  // namespace mathtool::math
