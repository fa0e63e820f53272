#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

#include "mathtool/math/error.hpp"
#include "mathtool/math/expression/block_evaluator.hpp"
#include "mathtool/math/expression/parse_expression.hpp"

using namespace mathtool;

namespace {

constexpr double numbers[] = {-1.5, 0, 2, 3e300};
constexpr std::string_view texts[] = {"a", "", "b", "aa"};

void evaluate(const math::Expression& expression) {
  const std::vector<math::VariableType> variables{
      {"x"}, {"y"}, {"t", math::ValueType::text}, {"u", math::ValueType::text}};
  const math::BlockEvaluator evaluator(expression, variables);
  std::vector<math::ValueColumn> columns;
  for (const Index place : evaluator.used())
    if (place < 2)
      columns.push_back(math::NumberColumn{numbers});
    else
      columns.push_back(math::TextColumn{texts});
  double result[4];
  math::BlockEvaluator::Scratch scratch;
  evaluator.evaluate(columns, result, scratch);
}

}  // namespace

/// Refusals are errors of this project, on one line; whatever is read prints as text that reads as
/// the same tree. Whatever else happens is a finding.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  try {
    const auto parsed =
        math::parse_expression({reinterpret_cast<const char*>(bytes), size}, {.source = "fuzz"});
    const std::string printed = to_string(parsed.expression);
    if (!(math::parse_expression(printed).expression == parsed.expression)) std::abort();
    evaluate(parsed.expression);
  } catch (const Error& error) {
    if (std::string_view(error.what()).find('\n') != std::string_view::npos) std::abort();
  }
  return 0;
}
