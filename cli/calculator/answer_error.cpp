// How far an answer can be trusted: the errors of the estimates in it, carried through to its end.

#include <cmath>
#include <limits>

#include "cli/calculator/calculator.hpp"
#include "cli/calculator/precise_formula.hpp"

namespace mathtool::cli {

using math::Expression;

double Calculator::use(const math::Estimate& estimate) {
  answer_.evaluations += estimate.evaluations;
  if (estimate.status != Status::converged && answer_.status == Status::converged) {
    answer_.status = estimate.status;
    answer_.reason = estimate.reason;
  }
  const std::size_t place = used_++;
  errors_.push_back(estimate.error);
  return moved_ == place && std::isfinite(estimate.error) ? estimate.value + estimate.error
                                                          : estimate.value;
}

/// To first order: the sum of what the value moves by when each estimate moves by its error.
void Calculator::estimate_error(const math::Statement& statement) {
  constexpr std::size_t most = 64;
  const auto shown = [](const Value& value) -> std::optional<Complex> {
    return value.is_number() ? std::optional(complex_number(value, "")) : std::nullopt;
  };
  const std::optional<Complex> value = shown(answer_.value);
  if (!value || errors_.size() > most) return;
  if (errors_.size() == 1 && statement.value.as<Expression::Call>() &&
      formula_functions().count(statement.value.as<Expression::Call>()->function) > 0) {
    answer_.error = errors_[0];
    return;
  }
  const Answer kept = answer_;
  const std::vector<double> errors = errors_;
  double sum = 0;
  for (std::size_t k = 0; k < errors.size() && std::isfinite(sum); ++k) {
    if (errors[k] == 0) continue;
    errors_.clear();
    used_ = 0;
    moved_ = k;
    try {
      const std::optional<Complex> other = shown(evaluate(statement.value, {}));
      sum += other ? std::abs(*other - *value) : std::numeric_limits<double>::infinity();
    } catch (const Error&) { sum = std::numeric_limits<double>::infinity(); }
    moved_.reset();
  }
  answer_ = kept;
  errors_ = errors;
  constexpr double rounding = 0x1p-52;
  answer_.error = sum + rounding * std::abs(*value);
}

/// A number that elementary functions make of numbers is computed again with 50 and 100 digits, so
/// that sin(pi) is 0 and 0.1 + 0.2 is 0.3.
void Calculator::round_correctly(const Expression& expression) {
  const auto* plain = answer_.value.as<double>();
  if (!plain || !std::isfinite(*plain)) return;
  try {
    const PreciseFormula formula(close(expression, {}, {}), {});
    const auto fifty = static_cast<double>(formula.at(std::span<const math::FiftyDigits>()));
    const auto hundred = static_cast<double>(formula.at(std::span<const math::HundredDigits>()));
    constexpr double noise = 1e-40, rounding = 0x1p-53;
    if (std::abs(fifty) < noise && std::abs(hundred) < noise * noise && std::abs(*plain) > noise) {
      answer_.value = 0.0;  // what is left of a cancellation
      answer_.error = 0.0;
    } else if (std::abs(fifty - hundred) <= rounding * std::abs(hundred)) {
      answer_.value = hundred;
      answer_.error = rounding * std::abs(hundred);
    }
  } catch (const Error&) {  // more than elementary functions of numbers
  }
}

}  // namespace mathtool::cli
