#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "cli/table_input.hpp"
#include "mathtool/math/expression/expression.hpp"

namespace mathtool::cli {

/// `response ~ model` of a nonlinear fit, before it meets a table.
struct FitFormula {
  std::string text = {};           ///< as written, without blanks around it
  std::string response_text = {};  ///< the left side
  math::Expression response, model;
  std::vector<std::string> notes = {};
};

/// Both sides are expressions as the calculator knows them.
/// Throws: math::FormulaError with the place of what cannot be read.
FitFormula parse_fit_formula(std::string_view text);

/// What the names of a formula stand for.
struct FitNames {
  std::vector<Index> columns = {};              ///< of the table, in its order
  std::vector<std::string> column_names = {};   ///< of those
  std::vector<std::string> model_columns = {};  ///< those that the right side names
  std::vector<std::string> parameters = {};     ///< in order of first appearance
};

/// Names that are columns stand for them; others are parameters, but for constants such as pi,
/// unless `started`, the names that --start gives, holds them.
/// Throws: DomainError where the left side names what is no column, for a formula without
///         parameters; DataError for a column of text, InsufficientDataError for one without
///         values.
FitNames resolve_names(const FitFormula& formula, const TableInput& input,
                       const std::vector<std::string>& started);

}  // namespace mathtool::cli
