#pragma once

#include <complex>
#include <concepts>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "mathtool/math/error.hpp"
#include "mathtool/math/exact.hpp"
#include "mathtool/math/expression/expression.hpp"
#include "mathtool/math/status.hpp"
#include "mathtool/math/types.hpp"

namespace mathtool::cli {

using Complex = std::complex<double>;
using ComplexMat = Eigen::MatrixXcd;
using math::Integer;
using math::Rational;

class Value;

/// Values side by side, with a name for each or none at all: the roots of an equation, the factors
/// of a matrix.
struct List {
  std::vector<Value> items;
  std::vector<std::string> names = {};
};

/// What an expression of the calculator stands for. Numbers are exact while whole numbers and
/// fractions are; then real; then complex. A matrix has at least one entry.
class Value {
 public:
  Value() = default;  ///< 0
  /// A template, so that Boost is not asked whether it could make a fraction of a matrix.
  template <std::same_as<Rational> Exact>
  Value(const Exact& number) : content_(std::in_place_type<Rational>, number) {}
  Value(double number) : content_(std::in_place_type<double>, number) {}
  Value(const Complex& number) : content_(std::in_place_type<Complex>, number) {}
  Value(Mat matrix) : content_(std::in_place_type<Mat>, std::move(matrix)) {}
  Value(ComplexMat matrix) : content_(std::in_place_type<ComplexMat>, std::move(matrix)) {}
  Value(std::string text) : content_(std::in_place_type<std::string>, std::move(text)) {}
  Value(math::Expression formula)
      : content_(std::in_place_type<math::Expression>, std::move(formula)) {}
  Value(List list);

  template <class T>
  const T* as() const {
    return std::get_if<T>(&content_);
  }
  template <class T>
  bool is() const {
    return as<T>() != nullptr;
  }
  bool is_number() const { return is<Rational>() || is<double>() || is<Complex>(); }
  bool is_matrix() const { return is<Mat>() || is<ComplexMat>(); }

  std::size_t index() const { return content_.index(); }

 private:
  std::variant<Rational, double, Complex, Mat, ComplexMat, std::string, math::Expression, List>
      content_;
};

inline Value::Value(List list) : content_(std::in_place_type<List>, std::move(list)) {}

/// What has no value that could be shown: division by zero, overflow, an endless recursion. The
/// calculation ends with this status.
struct NotEstablished : Error {
  NotEstablished(Status why, const std::string& reason) : Error(reason), status(why) {}
  Status status;
};

/// "a matrix", "text": for messages.
std::string kind_of(const Value& value);

/// The nearest double. Throws: DomainError with `what` in front where it is no real number.
double real_number(const Value& value, const std::string& what);

/// The whole number. Throws: DomainError where it is none, or does not fit.
long long whole_number(const Value& value, const std::string& what);

/// A matrix of real numbers; a number is one of 1 x 1. Throws: DomainError.
Mat real_matrix(const Value& value, const std::string& what);
/// The matrix A of a function of square matrices. Throws: also DimensionError where it is none.
Mat square_matrix(const Value& value, const std::string& function);

ComplexMat complex_matrix(const Value& value, const std::string& what);
Complex complex_number(const Value& value, const std::string& what);

/// The entries of a vector, a list of numbers or a single number.
Vec real_vector(const Value& value, const std::string& what);

double nearest(const Rational& number);

/// A complex number or matrix without imaginary part is real.
Value simplest(const Complex& z);
Value simplest(ComplexMat matrix);

Value row_of(const Vec& numbers);

/// The value as a formula: what a variable becomes where it stands in one.
math::Expression to_expression(const Value& value);

}  // namespace mathtool::cli
