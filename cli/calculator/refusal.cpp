#include "cli/calculator/refusal.hpp"

#include <fmt/core.h>

#include "mathtool/math/error.hpp"
#include "mathtool/math/expression/formula_error.hpp"

namespace mathtool::cli {

void refuse(const math::Expression& expression, const std::string& message) {
  const int column = expression.column();
  throw math::FormulaError(column == 0 ? message : fmt::format("column {}: {}", column, message),
                           column);
}

void require_count(const std::string& function, std::size_t count, int least, int most) {
  const bool fits =
      count >= static_cast<std::size_t>(least) && count <= static_cast<std::size_t>(most);
  const std::string wanted =
      least == most ? fmt::format("{}", least) : fmt::format("{} to {}", least, most);
  require(fits, "{} takes {} argument{}, got {}; see the examples in mathtool calc --help",
          function, wanted, most == 1 ? "" : "s", count);
}

}  // namespace mathtool::cli
