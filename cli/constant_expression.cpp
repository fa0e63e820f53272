#include "cli/constant_expression.hpp"

#include "mathtool/math/expression/block_evaluator.hpp"
#include "mathtool/math/expression/parse_expression.hpp"

namespace mathtool::cli {

double constant_expression(const std::string& text, std::string_view source) {
  const math::BlockEvaluator evaluator(math::parse_expression(text, {.source = source}).expression,
                                       {}, math::elementary_functions(), source);
  math::BlockEvaluator::Scratch scratch;
  double value = 0;
  evaluator.evaluate({}, {&value, 1}, scratch);
  return value;
}

}  // namespace mathtool::cli
