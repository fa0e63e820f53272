#include "cli/fit/fit_formula.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "cli/first_few.hpp"
#include "cli/input_report.hpp"
#include "cli/nesting.hpp"
#include "mathtool/math/closest_match.hpp"
#include "mathtool/math/error.hpp"
#include "mathtool/math/expression/formula_error.hpp"
#include "mathtool/math/expression/parse_expression.hpp"
#include "mathtool/math/expression/special_functions.hpp"

namespace mathtool::cli {
namespace {

constexpr std::string_view fit_blanks = " \t\r\n";

std::string without_blanks_around(std::string_view text) {
  const std::size_t first = text.find_first_not_of(fit_blanks);
  if (first == std::string_view::npos) return {};
  return std::string(text.substr(first, text.find_last_not_of(fit_blanks) - first + 1));
}

/// Places of '~' outside of quotes.
std::vector<std::size_t> tildes(std::string_view text) {
  std::vector<std::size_t> places;
  Nesting nesting;
  for (std::size_t i = 0; i < text.size(); ++i) {
    nesting.step(text[i]);
    if (text[i] == '~' && !nesting.quoted()) places.push_back(i);
  }
  return places;
}

/// Characters, not bytes, as columns of messages are counted.
int column_of(std::string_view text, std::size_t place) {
  const auto before = text.substr(0, place);
  return 1 + static_cast<int>(std::count_if(before.begin(), before.end(), [](char c) {
           return (static_cast<unsigned char>(c) & 0xC0) != 0x80;
         }));
}

[[noreturn]] void fail_at(std::string_view text, std::size_t place, const std::string& complaint) {
  const int column = column_of(text, place);
  throw math::FormulaError(fmt::format("formula: column {}: {}", column, complaint), column,
                           std::string(text));
}

bool has_text(const math::Expression& expression) {
  if (expression.as<math::Expression::Text>()) return true;
  for (const math::Expression& part : children(expression))
    if (has_text(part)) return true;
  return false;
}

}  // namespace

FitFormula parse_fit_formula(std::string_view text) {
  const std::vector<std::size_t> places = tildes(text);
  if (places.size() != 1)
    fail_at(text, places.empty() ? 0 : places[1],
            places.empty() ? "a formula reads 'response ~ model', as in y ~ a*exp(-b*x)"
                           : "a second '~'");
  const std::string_view left = text.substr(0, places[0]), right = text.substr(places[0] + 1);
  if (without_blanks_around(left).empty()) fail_at(text, 0, "there is no response in front of '~'");
  if (without_blanks_around(right).empty())
    fail_at(text, places[0], "there is no model behind '~'");
  const auto read = [&](const std::string& side) {
    try {
      return math::parse_expression(side, {.source = "formula"});
    } catch (const math::FormulaError& error) {
      // The message ends in what was read: it is one side only.
      std::string message = error.what();
      const bool plain = std::none_of(text.begin(), text.end(), [](unsigned char c) {
        return c < 0x20 || c == 0x7F;  // what a message escapes
      });
      if (plain && message.ends_with('"' + side + '"'))
        message.replace(message.size() - side.size() - 1, side.size(), text);
      throw math::FormulaError(message, error.column, std::string(text));
    }
  };
  math::ParsedExpression response = read(std::string(left));
  // Blanks in place of the left side keep the places in messages.
  math::ParsedExpression model = read(
      std::string(static_cast<std::size_t>(column_of(text, places[0])), ' ') + std::string(right));
  for (const math::Expression* side : {&response.expression, &model.expression})
    require(!has_text(*side), "formula: a text in quotes; a fit computes with numbers");
  FitFormula formula{.text = without_blanks_around(text),
                     .response_text = without_blanks_around(left),
                     .response = response.expression,
                     .model = model.expression,
                     .notes = std::move(response.notes)};
  formula.notes.insert(formula.notes.end(), model.notes.begin(), model.notes.end());
  return formula;
}

FitNames resolve_names(const FitFormula& formula, const TableInput& input,
                       const std::vector<std::string>& started) {
  const data::TableSchema& schema = input.reader.schema();
  const std::vector<std::string> all = schema.names();
  const auto is_column = [&](const std::string& name) {
    return std::find(all.begin(), all.end(), name) != all.end();
  };
  const auto is_constant = [](const std::string& name) {
    const auto& constants = math::special_functions().constants;
    return constants.find(name) != constants.end();
  };
  FitNames names;
  std::vector<std::string> used;
  for (const std::string& name : variables(formula.response)) {
    if (is_column(name))
      used.push_back(name);
    else
      require(is_constant(name),
              "the left side of the formula names '{}', which is no column{}; parameters stand on "
              "the right",
              name, did_you_mean(name, all));
  }
  require(!used.empty(), "the left side of the formula names no column");
  for (const std::string& name : variables(formula.model)) {
    const bool start = std::find(started.begin(), started.end(), name) != started.end();
    require(!(start && is_column(name)),
            "--start gives '{}' a value, but it is a column; parameters need other names", name);
    if (is_column(name)) {
      used.push_back(name);
      names.model_columns.push_back(name);
    } else if (start || !is_constant(name)) {
      names.parameters.push_back(name);
    }
  }
  for (Index j = 0; j < std::ssize(all); ++j) {
    const std::string& name = all[static_cast<std::size_t>(j)];
    if (std::find(used.begin(), used.end(), name) == used.end()) continue;
    const data::Column& column = schema.columns[static_cast<std::size_t>(j)];
    if (column.type == data::ColumnType::text) {
      const std::string fault = fmt::format("{}: column '{}' is {}; a fit computes with numbers",
                                            input.reader.name(), name, why_skipped(column, schema));
      require<InsufficientDataError>(column.sample_present > 0, "{}", fault);
      throw DataError(fault);
    }
    names.columns.push_back(j);
    names.column_names.push_back(name);
  }
  require(!names.parameters.empty(),
          "the formula has no parameter: all its names are columns or constants; 'mathtool "
          "regress' gives columns coefficients by itself");
  return names;
}

}  // namespace mathtool::cli
