#pragma once

#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "mathtool/math/expression/block_evaluator.hpp"

namespace mathtool::math {

/// An expression as a list of steps. Each fills one register, a strip of so many rows, from others.
struct StripProgram {
  struct LoadColumn {
    std::size_t column;  ///< position in `used`
  };
  using TextOperand = std::variant<std::string, LoadColumn>;
  struct CompareTexts {
    Operator op;
    TextOperand left, right;
  };
  struct Apply {
    Kernel kernel;
    std::vector<std::size_t> arguments;  ///< registers, none of them the result
  };
  struct Step {
    std::variant<LoadColumn, CompareTexts, Apply> action;
    std::size_t result;  ///< register
  };

  struct Constant {
    double value;
    std::size_t result;  ///< register that holds it all the time
  };

  std::vector<Constant> constants = {};
  std::vector<Step> steps = {};
  std::size_t registers = 0, result = 0;
  std::vector<Index> used = {};  ///< variables that are read, ascending
};

/// Throws: DomainError as documented at BlockEvaluator.
StripProgram compile(const Expression& expression, std::span<const VariableType> variables,
                     const FunctionTable& functions, std::string_view source);

}  // namespace mathtool::math
