// What the rounding of the numbers in a line, which were no doubles as written, does to its answer.

#include <fmt/core.h>

#include <cmath>
#include <limits>

#include "cli/calculator/calculator.hpp"
#include "mathtool/math/calculus/precise_function.hpp"

namespace mathtool::cli {
namespace {

using math::Expression;

/// Whether the decimal that was written lies between two doubles, as 0.1 does. A large number such
/// as 1e300 stands for its double.
bool is_rounded(const Expression::Number& number) {
  if (!std::isfinite(number.value) || number.value == std::floor(number.value)) return false;
  const std::string written =
      number.written.empty() ? fmt::format("{}", number.value) : number.written;
  return math::HundredDigits(written) != math::HundredDigits(number.value);
}

/// The formula with the next double in place of the rounded number that stands at `place`, counted
/// from 0; the count goes down by all that stand before.
Expression moved(const Expression& formula, int& place) {
  if (const auto* number = formula.as<Expression::Number>()) {
    if (!is_rounded(*number) || place-- != 0) return formula;
    return Expression(
        Expression::Number{std::nextafter(number->value, std::numeric_limits<double>::infinity())});
  }
  std::vector<Expression> parts = children(formula);
  if (parts.empty()) return formula;
  for (Expression& part : parts) part = moved(part, place);
  return with_children(formula, std::move(parts));
}

}  // namespace

/// A literal is off by half the distance of two doubles at most. Where that alone moves the answer
/// by far more than the answer was rounded by, it becomes its error.
void Calculator::allow_for_rounded_literals(const Expression& expression) {
  constexpr double noticed = 64 * 0x1p-53;
  constexpr int most = 64;
  const auto* plain = answer_.value.as<double>();
  if (!plain || answer_.error || !std::isfinite(*plain)) return;
  const Answer kept = answer_;
  const double value = *plain;
  double error = 0;
  for (int k = 0; k < most; ++k) {
    int place = k;
    const Expression other = moved(expression, place);
    if (place >= 0) break;  // there are no more
    try {
      const Value beside = evaluate_again(other);
      if (const auto* real = beside.as<double>()) error += std::abs(*real - value) / 2;
    } catch (const NotEstablished&) {  // the edge of a domain
    }
  }
  answer_ = kept;
  errors_.clear();
  if (error > noticed * std::abs(value)) answer_.error = error;
}

}  // namespace mathtool::cli
