#include "cli/calculator/calculator.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <cmath>
#include <utility>

#include "cli/calculator/number_functions.hpp"
#include "cli/kept_memory.hpp"
#include "mathtool/math/expression/formula_error.hpp"

namespace mathtool::cli {

Calculator::Calculator(const CalculatorOptions& options) : options_(options) {}

Answer Calculator::run(const std::string& line) {
  const math::ParsedProgram program =
      math::parse_program(line, {.source = "",
                                 .implicit_multiplication = !options_.strict_multiplication,
                                 .calculator = true});
  answer_ = {.notes = program.notes};
  for (const math::Statement& statement : program.statements) {
    depth_ = 0;
    try {
      execute(statement);
    } catch (const NotEstablished& failure) {
      answer_.value = std::numeric_limits<double>::quiet_NaN();
      answer_.status = failure.status;
      answer_.reason = failure.what();
      break;
    } catch (const math::FormulaError& error) {
      throw math::FormulaError(error.what(), error.column, line);
    }
  }
  return std::exchange(answer_, {});
}

void Calculator::execute(const math::Statement& statement) {
  answer_.name = statement.name;
  answer_.definition.clear();
  answer_.error.reset();
  if (statement.defines_function) {
    require(!is_number_function(statement.name) && formula_functions().count(statement.name) == 0 &&
                value_functions().count(statement.name) == 0,
            "{} is a function of the calculator; choose another name", statement.name);
    functions_.insert_or_assign(statement.name,
                                UserFunction{statement.parameters, statement.value});
    std::string parameters;
    for (const std::string& parameter : statement.parameters)
      parameters += (parameters.empty() ? "" : ", ") + parameter;
    answer_.definition =
        fmt::format("{}({}) = {}", statement.name, parameters, to_string(statement.value));
    return;
  }
  first_stream_ = next_unused_stream_;
  columns_.clear();
  column_names_ = variables(statement.value);
  std::erase_if(column_names_, [](const std::string& name) { return !name.starts_with('@'); });
  try {
    answer_.value = evaluate_again(statement.value);
    if (errors_.empty()) {
      round_correctly(statement.value);
      allow_for_rounded_literals(statement.value);
    } else {
      estimate_error(statement);
    }
    refuse_unbounded(statement.value);
  } catch (const NotEstablished&) {  // log(10^1000): what overflowed on the way is finite at last
    const std::optional<double> value =
        errors_.empty() ? precise_value(statement.value) : std::nullopt;
    if (!value || !std::isfinite(*value)) throw;
    answer_.value = *value;
    answer_.error = 0x1p-53 * std::abs(*value);
  }
  variables_.insert_or_assign("ans", answer_.value);
  if (!statement.name.empty()) variables_.insert_or_assign(statement.name, answer_.value);
}

/// From the beginning: with the same random bits, and without the estimates of another time.
Value Calculator::evaluate_again(const math::Expression& statement) {
  errors_.clear();
  used_ = 0;
  stream_ = first_stream_;
  return evaluate(statement, {});
}

math::Philox Calculator::next_stream() {
  answer_.random = true;
  next_unused_stream_ = std::max(next_unused_stream_, stream_ + 1);
  return math::Philox(options_.seed, stream_++);
}

void Calculator::require_room(double rows, double columns) const {
  require_memory(rows * columns, options_.memory,
                 fmt::format("a matrix of {:.0f} x {:.0f}", rows, columns),
                 "allow more with --memory");
}

void Calculator::explain(std::vector<math::DerivationStep> steps) {
  if (moved_) return;
  for (math::DerivationStep& step : steps) answer_.steps.push_back(std::move(step));
}

}  // namespace mathtool::cli
