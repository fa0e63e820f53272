#include "cli/calculator/value.hpp"

#include <fmt/core.h>

#include <cmath>
#include <limits>

namespace mathtool::cli {
namespace {

using math::Expression;
using math::Operator;

Expression negated(Expression positive) {
  return Expression(Expression::Operation{Operator::negate, {std::move(positive)}});
}

Expression real_expression(double x) {
  if (std::isnan(x)) return Expression(Expression::Variable{"nan"});
  if (std::isinf(x)) {
    const Expression infinity(Expression::Variable{"inf"});
    return x > 0 ? infinity : negated(infinity);
  }
  return std::signbit(x) && x != 0 ? negated(Expression(Expression::Number{-x}))
                                   : Expression(Expression::Number{x});
}

Expression whole_expression(const Integer& n) {
  if (n < 0) return negated(whole_expression(-n));
  const double rounded = n.convert_to<double>();
  const bool exact = Integer(rounded) == n;
  return Expression(Expression::Number{rounded, exact ? "" : n.str()});
}

Expression complex_expression(const Complex& z) {
  return Expression(Expression::Operation{
      Operator::add,
      {real_expression(z.real()),
       Expression(Expression::Operation{
           Operator::multiply,
           {real_expression(z.imag()), Expression(Expression::Variable{"i"})}})}});
}

template <class Matrix, class Entry>
Expression matrix_expression(const Matrix& matrix, Entry&& entry) {
  Expression::Matrix made;
  for (Index i = 0; i < matrix.rows(); ++i) {
    auto& row = made.rows.emplace_back();
    for (Index j = 0; j < matrix.cols(); ++j) row.push_back(entry(matrix(i, j)));
  }
  return Expression(std::move(made));
}

[[noreturn]] void refuse(const Value& value, const std::string& what, const char* wanted) {
  throw DomainError(fmt::format("{} must be {}, not {}", what, wanted, kind_of(value)));
}

}  // namespace

std::string kind_of(const Value& value) {
  constexpr const char* names[] = {"a number",         "a number", "a complex number", "a matrix",
                                   "a complex matrix", "text",     "a formula",        "a list"};
  return names[value.index()];
}

double nearest(const Rational& number) {
  // Boost divides two rounded doubles; numbers of many digits would overflow.
  using boost::multiprecision::msb;
  const Integer over = numerator(number), under = denominator(number);
  if (over == 0) return 0.0;
  const int shift = 66 - (static_cast<int>(msb(abs(over))) - static_cast<int>(msb(under)));
  const Integer scaled = shift >= 0 ? Integer(abs(over) << static_cast<unsigned>(shift)) / under
                                    : abs(over) / (under << static_cast<unsigned>(-shift));
  // A sticky last bit keeps a remainder from being lost in a tie.
  const bool exact = shift >= 0 ? scaled * under == (abs(over) << static_cast<unsigned>(shift))
                                : scaled * (under << static_cast<unsigned>(-shift)) == abs(over);
  const Integer sticky = exact ? scaled : Integer(scaled | 1);
  const double size = std::ldexp(sticky.convert_to<double>(), -shift);
  return over < 0 ? -size : size;
}

double real_number(const Value& value, const std::string& what) {
  if (const auto* exact = value.as<Rational>()) {
    const double number = nearest(*exact);
    if (std::isinf(number))
      throw NotEstablished(Status::not_finite,
                           "overflow: an exact number is beyond the range of a double");
    return number;
  }
  if (const auto* real = value.as<double>()) return *real;
  if (const auto* matrix = value.as<Mat>(); matrix && matrix->size() == 1) return (*matrix)(0, 0);
  refuse(value, what, "a real number");
}

long long whole_number(const Value& value, const std::string& what) {
  const double number = real_number(value, what);
  if (number != std::floor(number) || std::abs(number) > 0x1p53)
    throw DomainError(fmt::format("{} must be a whole number, not {}", what, number));
  return static_cast<long long>(number);
}

Complex complex_number(const Value& value, const std::string& what) {
  if (const auto* z = value.as<Complex>()) return *z;
  return real_number(value, what);
}

Mat real_matrix(const Value& value, const std::string& what) {
  if (const auto* matrix = value.as<Mat>()) return *matrix;
  if (value.is<List>()) return real_vector(value, what).transpose();
  if (!value.is_number()) refuse(value, what, "a matrix");
  return Mat::Constant(1, 1, real_number(value, what));
}

Mat square_matrix(const Value& value, const std::string& function) {
  Mat A = real_matrix(value, function + ": A");
  require<DimensionError>(A.rows() == A.cols(), "{}: a matrix of {} x {} is not square", function,
                          A.rows(), A.cols());
  return A;
}

ComplexMat complex_matrix(const Value& value, const std::string& what) {
  if (const auto* matrix = value.as<ComplexMat>()) return *matrix;
  if (const auto* z = value.as<Complex>()) return ComplexMat::Constant(1, 1, *z);
  return real_matrix(value, what).cast<Complex>();
}

Vec real_vector(const Value& value, const std::string& what) {
  if (const auto* list = value.as<List>()) {
    Vec numbers(std::ssize(list->items));
    for (Index i = 0; i < numbers.size(); ++i)
      numbers[i] = real_number(list->items[static_cast<std::size_t>(i)], what);
    return numbers;
  }
  const Mat matrix = real_matrix(value, what);
  require(matrix.rows() == 1 || matrix.cols() == 1, "{} must be a vector, not {} x {}", what,
          matrix.rows(), matrix.cols());
  return matrix.reshaped();
}

Value simplest(const Complex& z) {
  if (z.imag() == 0) return z.real();
  return z;
}

Value simplest(ComplexMat matrix) {
  if ((matrix.imag().array() == 0).all()) return Mat(matrix.real());
  return matrix;
}

Value row_of(const Vec& numbers) { return Mat(numbers.transpose()); }

Expression to_expression(const Value& value) {
  if (const auto* exact = value.as<Rational>()) {
    if (denominator(*exact) == 1) return whole_expression(numerator(*exact));
    return Expression(Expression::Operation{
        Operator::divide,
        {whole_expression(numerator(*exact)), whole_expression(denominator(*exact))}});
  }
  if (const auto* real = value.as<double>()) return real_expression(*real);
  if (const auto* z = value.as<Complex>()) return complex_expression(*z);
  if (const auto* matrix = value.as<Mat>()) return matrix_expression(*matrix, real_expression);
  if (const auto* matrix = value.as<ComplexMat>())
    return matrix_expression(*matrix, complex_expression);
  if (const auto* text = value.as<std::string>()) return Expression(Expression::Text{*text});
  if (const auto* formula = value.as<Expression>()) return *formula;
  throw DomainError("a list cannot stand in a formula; pick an element, as in v[1]");
}

}  // namespace mathtool::cli
