#include "coefficient.hpp"

#include <fmt/format.h>

#include <cmath>
#include <string>

#include "../expression/lexer.hpp"

namespace mathtool::math {
namespace {

constexpr unsigned most_bits = 4096;  // of a number worth writing out

unsigned bits(const Integer& number) {
  return number == 0 ? 0 : boost::multiprecision::msb(abs(number)) + 1;
}

/// The root where it is whole.
std::optional<Integer> whole_root(const Integer& number, unsigned degree) {
  if (number < 0) {
    if (degree % 2 == 0) return {};
    const auto root = whole_root(-number, degree);
    return root ? std::optional<Integer>(-*root) : std::nullopt;
  }
  Integer low = 0, high = Integer(1) << (bits(number) / degree + 1);
  while (low < high) {
    const Integer middle = (low + high + 1) / 2;
    if (pow(middle, degree) <= number)
      low = middle;
    else
      high = middle - 1;
  }
  return pow(low, degree) == number ? std::optional(low) : std::nullopt;
}

Rational decimal_value(const std::string& decimal) {
  const std::size_t end = std::min(decimal.find_first_of("eE"), decimal.size());
  int exponent = end < decimal.size() ? std::stoi(decimal.substr(end + 1)) : 0;
  std::string digits;
  for (const char c : decimal.substr(0, end)) {
    if (c == '.')
      exponent -= static_cast<int>(end - decimal.find('.') - 1);
    else if (c != '-' && c != '+')
      digits += c;
  }
  digits.erase(0, std::min(digits.find_first_not_of('0'), digits.size() - 1));
  Rational value{Integer(digits)};
  const Rational scale{pow(Integer(10), static_cast<unsigned>(std::abs(exponent)))};
  value = exponent < 0 ? Rational(value / scale) : Rational(value * scale);
  return decimal.starts_with('-') ? Rational(-value) : value;
}

Expression whole_expression(const Integer& value) {
  const std::string written = value.str();
  const double nearest = value.convert_to<double>();
  return Expression(Expression::Number{nearest, written_beyond(written, nearest)});
}

Expression positive_expression(const Coefficient& coefficient) {
  const Rational& value = coefficient.value;
  if (coefficient.is_whole()) return whole_expression(numerator(value));
  if (coefficient.decimal) return Expression(Expression::Number{value.convert_to<double>()});
  return Expression(Expression::Operation{
      Operator::divide,
      {whole_expression(numerator(value)), whole_expression(denominator(value))}});
}

}  // namespace

Coefficient operator+(const Coefficient& a, const Coefficient& b) {
  return {a.value + b.value, a.decimal || b.decimal};
}

Coefficient operator*(const Coefficient& a, const Coefficient& b) {
  return {a.value * b.value, a.decimal || b.decimal};
}

std::optional<Coefficient> power(const Coefficient& base, const Coefficient& exponent) {
  const Integer times = numerator(exponent.value), degree = denominator(exponent.value);
  if (base.is(0) || base.is(1))
    return exponent.value > 0 || base.is(1) ? std::optional(base) : std::nullopt;
  const unsigned size = std::max(bits(numerator(base.value)), bits(denominator(base.value)));
  if (degree > 64 || abs(times) * size > most_bits * degree || abs(times) > most_bits) return {};
  const auto root = static_cast<unsigned>(degree);
  const auto over = whole_root(numerator(base.value), root);
  const auto under = whole_root(denominator(base.value), root);
  if (!over || !under) return {};
  const auto whole = static_cast<unsigned>(abs(times));
  Rational value{pow(*over, whole), pow(*under, whole)};
  if (times < 0) value = 1 / value;
  return Coefficient{value, base.decimal || exponent.decimal};
}

std::optional<Coefficient> coefficient(const Expression::Number& number) {
  constexpr double most = 1e300;  // beyond, and below its inverse, digits are of no use
  const double size = std::abs(number.value);
  if (!(size <= most) || (size > 0 && size < 1 / most)) return {};
  const std::string decimal =
      number.written.empty() ? fmt::format("{}", number.value) : number.written;
  const bool whole = decimal.find_first_not_of("-0123456789") == std::string::npos;
  return Coefficient{decimal_value(decimal), !whole};
}

Expression to_expression(const Coefficient& coefficient) {
  if (coefficient.value >= 0) return positive_expression(coefficient);
  return Expression(Expression::Operation{
      Operator::negate, {positive_expression({-coefficient.value, coefficient.decimal})}});
}

}  // namespace mathtool::math
