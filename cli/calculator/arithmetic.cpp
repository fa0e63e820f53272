#include "cli/calculator/arithmetic.hpp"

#include <fmt/core.h>

#include <cmath>

#include "cli/calculator/exact_arithmetic.hpp"
#include "cli/calculator/matrix_arithmetic.hpp"
#include "cli/calculator/number_functions.hpp"

namespace mathtool::cli {
namespace {

using math::Operator;

bool finite(double x) { return std::isfinite(x); }
bool finite(const Complex& z) { return finite(z.real()) && finite(z.imag()); }

template <class T>
T divided(const T& x, const T& y) {
  if (y == T(0)) throw NotEstablished(Status::not_finite, "division by zero");
  return x / y;
}

double remainder(double x, double y) {
  if (y == 0) throw NotEstablished(Status::not_finite, "division by zero");
  return x - y * std::floor(x / y);
}

/// What overflows from numbers that do not.
template <class T>
T checked(const T& result, const T& x, const T& y) {
  if (!finite(result) && finite(x) && finite(y))
    throw NotEstablished(Status::not_finite,
                         "overflow: the result is beyond the range of a double");
  return result;
}

Value real_power(double x, double y) {
  if (x == 0 && y < 0) throw NotEstablished(Status::not_finite, "division by zero");
  if (x < 0 && y != std::floor(y)) return simplest(std::pow(Complex(x), y));
  return checked(std::pow(x, y), x, y);
}

Value real(Operator op, double x, double y) {
  switch (op) {
    case Operator::add: return checked(x + y, x, y);
    case Operator::subtract: return checked(x - y, x, y);
    case Operator::multiply: return checked(x * y, x, y);
    case Operator::divide: return checked(divided(x, y), x, y);
    case Operator::modulo: return remainder(x, y);
    default: return real_power(x, y);
  }
}

Value complex(Operator op, const Complex& x, const Complex& y) {
  switch (op) {
    case Operator::add: return simplest(x + y);
    case Operator::subtract: return simplest(x - y);
    case Operator::multiply: return simplest(checked(x * y, x, y));
    case Operator::divide: return simplest(checked(divided(x, y), x, y));
    case Operator::power: return simplest(checked(complex_power(x, y), x, y));
    default: throw DomainError("complex numbers have no remainder");
  }
}

int compare(const Value& a, const Value& b) {
  if (a.is<Rational>() && b.is<Rational>()) return a.as<Rational>()->compare(*b.as<Rational>());
  const double x = real_number(a, "what is compared"), y = real_number(b, "what is compared");
  return x < y ? -1 : x > y ? 1 : x == y ? 0 : 2;  // 2: a NaN, of which no comparison holds
}

bool equal(const Value& a, const Value& b) {
  if (a.is<std::string>() && b.is<std::string>())
    return *a.as<std::string>() == *b.as<std::string>();
  if (a.is<Rational>() && b.is<Rational>()) return *a.as<Rational>() == *b.as<Rational>();
  if (a.is_number() && b.is_number()) return complex_number(a, "") == complex_number(b, "");
  if (a.is_matrix() && b.is_matrix()) {
    const ComplexMat x = complex_matrix(a, ""), y = complex_matrix(b, "");
    return x.rows() == y.rows() && x.cols() == y.cols() && x == y;
  }
  throw DomainError(fmt::format("{} and {} cannot be compared", kind_of(a), kind_of(b)));
}

Value truth(bool holds) { return Rational(holds ? 1 : 0); }

Value compared(Operator op, const Value& a, const Value& b) {
  switch (op) {
    case Operator::equal: return truth(equal(a, b));
    case Operator::not_equal: return truth(!equal(a, b));
    case Operator::less: return truth(compare(a, b) == -1);
    case Operator::less_equal: return truth(std::abs(compare(a, b)) <= 1 && compare(a, b) <= 0);
    case Operator::greater: return truth(compare(a, b) == 1);
    default: return truth(compare(a, b) == 0 || compare(a, b) == 1);
  }
}

bool compares(Operator op) { return Operator::equal <= op && op <= Operator::greater_equal; }

/// For numbers, operations entry by entry are plain ones.
Operator for_numbers(Operator op) {
  switch (op) {
    case Operator::elementwise_multiply: return Operator::multiply;
    case Operator::elementwise_divide: return Operator::divide;
    case Operator::elementwise_power: return Operator::power;
    default: return op;
  }
}

}  // namespace

bool is_true(const Value& value) {
  const double x = real_number(value, "a condition");
  return x != 0 && !std::isnan(x);
}

Value calculate(Operator op, const Value& a, const Value& b) {
  if (op == Operator::logical_and) return truth(is_true(a) && is_true(b));
  if (op == Operator::logical_or) return truth(is_true(a) || is_true(b));
  if (compares(op)) return compared(op, a, b);
  if (op == Operator::equation)
    throw DomainError("an equation stands inside solve(f = g, x, a, b); to compare write ==");
  if (a.is_matrix() || b.is_matrix() || a.is<List>() || b.is<List>()) return matrices(op, a, b);
  require(a.is_number() && b.is_number(), "{} and {} do not go together in arithmetic", kind_of(a),
          kind_of(b));
  op = for_numbers(op);
  if (a.is<Rational>() && b.is<Rational>())
    if (auto result = exact(op, *a.as<Rational>(), *b.as<Rational>())) return *std::move(result);
  if (a.is<Complex>() || b.is<Complex>())
    return complex(op, complex_number(a, "an operand"), complex_number(b, "an operand"));
  return real(op, real_number(a, "an operand"), real_number(b, "an operand"));
}

Value calculate(Operator op, const Value& a) {
  switch (op) {
    case Operator::negate: return calculate(Operator::multiply, Rational(-1), a);
    case Operator::logical_not: return truth(!is_true(a));
    case Operator::factorial: return apply_function("factorial", {a});
    default: return transposed(a);
  }
}

}  // namespace mathtool::cli
