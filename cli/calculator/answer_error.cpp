// How far an answer can be trusted: the errors of the estimates in it, carried through to its end.

#include <fmt/core.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>
#include <optional>
#include <string_view>

#include "cli/calculator/calculator.hpp"
#include "cli/calculator/distribution_functions.hpp"
#include "cli/calculator/precise_formula.hpp"

namespace mathtool::cli {

using math::Expression;

double Calculator::use(const math::Estimate& estimate) {
  answer_.evaluations += estimate.evaluations;
  if (estimate.status != Status::converged && answer_.status == Status::converged) {
    answer_.status = estimate.status;
    answer_.reason = estimate.reason;
  }
  constexpr double useless = 1e-3;
  if (answer_.status == Status::converged && estimate.value != 0 &&
      estimate.error > useless * std::abs(estimate.value) && estimate.error > 1e-6) {
    answer_.status = Status::stalled;
    answer_.reason = fmt::format("an error of {:.2g} remains", estimate.error);
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
  const auto* call = statement.value.as<Expression::Call>();
  if (errors_.size() == 1 && call && formula_functions().count(call->function) > 0 &&
      distribution_place(call->function, call->arguments.size()) != 0) {
    answer_.error = errors_[0];
    return;
  }
  const Answer kept = answer_;
  const std::vector<double> errors = errors_;
  double sum = 0;
  for (std::size_t k = 0; k < errors.size() && std::isfinite(sum); ++k) {
    if (errors[k] == 0) continue;
    moved_ = k;
    try {
      const std::optional<Complex> other = shown(evaluate_again(statement.value));
      sum += other ? std::abs(*other - *value) : std::numeric_limits<double>::infinity();
    } catch (const Error&) { sum = std::numeric_limits<double>::infinity(); }
    moved_.reset();
  }
  answer_ = kept;
  errors_ = errors;
  constexpr double rounding = 0x1p-52;
  answer_.error = sum + rounding * std::abs(*value);
}

namespace {

/// Whether a call in the formula is of a kind.
bool has_call(const Expression& formula, const std::function<bool(const std::string&)>& of_kind) {
  const auto any = [&](const std::vector<Expression>& parts) {
    return std::any_of(parts.begin(), parts.end(),
                       [&](const Expression& part) { return has_call(part, of_kind); });
  };
  if (const auto* call = formula.as<Expression::Call>())
    return of_kind(call->function) || any(call->arguments);
  if (const auto* operation = formula.as<Expression::Operation>()) return any(operation->operands);
  if (const auto* matrix = formula.as<Expression::Matrix>())
    return std::any_of(matrix->rows.begin(), matrix->rows.end(), any);
  return false;
}

/// Functions of which infinity can be the answer: those that approach what they find, and the
/// verbs of distributions, as the variance of student_t(2).
bool takes_limits(const std::string& function) {
  constexpr std::string_view names[] = {"limit",   "sum",  "product", "integrate",
                                        "iterate", "cond", "order",   "principal_value"};
  return distribution_place(function, 1) == 0 ||
         std::find(std::begin(names), std::end(names), function) != std::end(names);
}

/// The entries of a number or a matrix that are no finite numbers.
struct Unbounded {
  bool undefined = false, infinite = false;
};

Unbounded unbounded(const Value& value) {
  Unbounded found;
  const auto look = [&](double x) {
    found.undefined = found.undefined || std::isnan(x);
    found.infinite = found.infinite || std::isinf(x);
  };
  if (const auto* x = value.as<double>()) look(*x);
  if (const auto* z = value.as<Complex>()) look(z->real()), look(z->imag());
  if (const auto* matrix = value.as<Mat>())
    for (const double x : matrix->reshaped()) look(x);
  if (const auto* matrix = value.as<ComplexMat>())
    for (const Complex& z : matrix->reshaped()) look(z.real()), look(z.imag());
  return found;
}

}  // namespace

/// Infinity is an answer where a limit was asked for or where it was written, and else an overflow.
void Calculator::refuse_unbounded(const Expression& formula) {
  const Unbounded found = unbounded(answer_.value);
  if (answer_.status != Status::converged || !(found.undefined || found.infinite)) return;
  Unbounded given{.undefined = contains(formula, "nan"), .infinite = contains(formula, "inf")};
  for (const auto& [name, value] : variables_) {
    const Unbounded known = unbounded(value);
    if (!(known.undefined || known.infinite) || !contains(formula, name)) continue;
    given.undefined = given.undefined || known.undefined;
    given.infinite = given.infinite || known.infinite;
  }
  if (found.undefined && !given.undefined)
    throw NotEstablished(Status::not_finite, "undefined, as 0/0 or inf - inf are");
  if (found.infinite && !given.infinite && !has_call(formula, takes_limits))
    throw NotEstablished(Status::not_finite, "a division by zero, or beyond the range of a double");
}

/// The largest angle of which a sine, cosine or tangent is taken.
double Calculator::largest_angle(const Expression& formula) {
  double largest = 0;
  const auto all = [&](const std::vector<Expression>& parts) {
    for (const Expression& part : parts) largest = std::max(largest, largest_angle(part));
  };
  if (const auto* call = formula.as<Expression::Call>()) {
    all(call->arguments);
    constexpr std::string_view periodic[] = {"sin", "cos", "tan"};
    if (std::find(std::begin(periodic), std::end(periodic), call->function) != std::end(periodic) &&
        call->arguments.size() == 1)
      largest = std::max(largest, std::abs(real_number(evaluate(call->arguments[0], {}), "")));
  } else if (const auto* operation = formula.as<Expression::Operation>()) {
    all(operation->operands);
  }
  return largest;
}

/// The value by 100 digits, where 50 digits give the same double.
std::optional<double> Calculator::precise_value(const Expression& expression) {
  constexpr double rounding = 0x1p-53, noise = 1e-40;
  constexpr double angle_of_fifty = 1e28, angle_of_hundred = 1e78;  // leave 20 digits
  const auto approximates = [](const std::string& name) {
    return formula_functions().count(name) > 0;
  };
  if (has_call(expression, approximates)) return {};
  try {
    const Expression closed = close(expression, {}, {});
    const double angle = largest_angle(closed);
    if (angle > angle_of_hundred) return {};
    const PreciseFormula formula(closed, {});
    const auto hundred = static_cast<double>(formula.at(std::span<const math::HundredDigits>()));
    if (angle > angle_of_fifty) return hundred;
    const auto fifty = static_cast<double>(formula.at(std::span<const math::FiftyDigits>()));
    if (std::abs(fifty) < noise && std::abs(hundred) < noise * noise) return 0.0;  // cancelled
    if (std::abs(fifty - hundred) <= rounding * std::abs(hundred)) return hundred;
  } catch (const Error&) {  // more than elementary functions of numbers
  }
  return {};
}

/// A number that elementary functions make of numbers is computed again with 50 and 100 digits, so
/// that sin(pi) is 0 and 0.1 + 0.2 is 0.3.
void Calculator::round_correctly(const Expression& expression) {
  constexpr double noise = 1e-40;
  const auto* plain = answer_.value.as<double>();
  if (!plain) return;
  const std::optional<double> value = precise_value(expression);
  if (!value || !std::isfinite(*value)) return;
  if (*value == 0 && std::abs(*plain) <= noise) return;  // truly as small as that
  answer_.value = *value;
  answer_.error = 0x1p-53 * std::abs(*value);
}

}  // namespace mathtool::cli
