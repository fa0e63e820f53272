#include "cli/calculator/refusal.hpp"

#include <fmt/core.h>

#include "cli/calculator/calculator.hpp"
#include "cli/calculator/number_functions.hpp"
#include "cli/distribution/distribution_formula.hpp"
#include "mathtool/math/error.hpp"

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

std::string in_own_words(const std::string& function, const std::string& message) {
  constexpr std::string_view letters = "abcdefghijklmnopqrstuvwxyz_";
  const std::size_t end = message.find_first_not_of(letters);
  if (end == 0 || end == std::string::npos || message.compare(end, 2, ": ") != 0) return message;
  const std::string name = message.substr(0, end);
  const bool distribution = names_distribution(math::Expression(math::Expression::Variable{name}));
  if (is_number_function(name) || formula_functions().count(name) > 0 ||
      value_functions().count(name) > 0 || distribution)
    return message;
  return function + message.substr(end);
}

}  // namespace mathtool::cli
