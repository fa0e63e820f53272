#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

#include "mathtool/math/error.hpp"
#include "mathtool/stats/design.hpp"
#include "mathtool/stats/formula.hpp"
#include "mathtool/stats/model_frame.hpp"

using namespace mathtool;
using namespace mathtool::stats;

namespace {

const std::vector<FormulaColumn> columns = {
    {"y"}, {"x"}, {"z"}, {"a b"}, {"c.d"}, {"log(x)"}, {"\u00e9"}, {"g", true}, {"h", true}};

std::vector<std::vector<std::string>> levels_of(const ModelFrame& frame) {
  return {frame.factors().size(), {"1", "2", "3"}};
}

/// What a fit makes of a formula up to its design, in rows of whole numbers and of levels.
void design_of(const ModelFrame& frame) {
  if (Design::count_columns(frame, levels_of(frame)) > 2000) return;
  const Design design(frame, levels_of(frame));
  if (static_cast<double>(design.columns()) != Design::count_columns(frame, levels_of(frame)))
    std::abort();
  RowMat numbers(3, std::ssize(frame.numbers()));
  for (Index i = 0; i < numbers.rows(); ++i)
    for (Index j = 0; j < numbers.cols(); ++j) numbers(i, j) = static_cast<double>((i + j) % 3 + 1);
  const std::vector<std::string_view> texts(3 * frame.texts().size(), "2");
  const DesignRows rows = design.evaluate({numbers, texts});
  if (design.expand(rows.raw).rows() != rows.y.size()) std::abort();
}

}  // namespace

/// The language of models: refusals are errors of this project, on one short line; what is read is
/// written as a formula that reads as the same model, which is how models are saved.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  try {
    const Formula formula = parse_formula({reinterpret_cast<const char*>(bytes), size});
    const ModelFrame frame(formula, columns);
    const ModelFrame again(parse_formula(frame.formula()), columns);
    if (again.formula() != frame.formula() || again.numbers() != frame.numbers()) std::abort();
    design_of(frame);
  } catch (const Error& error) {
    const std::string_view message = error.what();
    if (message.find('\n') != std::string_view::npos || message.size() > 1000) std::abort();
  }
  return 0;
}
