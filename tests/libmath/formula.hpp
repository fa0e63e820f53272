#pragma once

#include <cctype>
#include <cmath>
#include <stdexcept>
#include <string>
#include <string_view>

#include "mathtool/math/calculus/precise_function.hpp"

namespace mathtool::test {

/// Evaluates a formula in one variable over any real type while reading it, independently of the
/// product's own parser: + - * / ^ ! ( ) | functions, pi, e, exact decimals.
template <class T>
class FormulaReader {
 public:
  FormulaReader(std::string_view text, const T& x) : text_(text), x_(x) {}

  T value() {
    const T result = sum();
    if (at_ != text_.size()) throw std::invalid_argument("formula: " + std::string(text_));
    return result;
  }

 private:
  bool accept(char c) {
    while (at_ < text_.size() && text_[at_] == ' ') ++at_;
    if (at_ == text_.size() || text_[at_] != c) return false;
    ++at_;
    return true;
  }

  T sum() {
    T result = accept('-') ? T(-product()) : product();
    while (true) {
      if (accept('+'))
        result += product();
      else if (accept('-'))
        result -= product();
      else
        return result;
    }
  }

  T product() {
    T result = power();
    while (true) {
      if (accept('*'))
        result *= power();
      else if (accept('/'))
        result /= power();
      else
        return result;
    }
  }

  T power() {
    if (accept('-')) return -power();
    using std::pow, std::tgamma;
    T base = atom();
    if (accept('!')) base = tgamma(T(base + 1));
    if (!accept('^')) return base;
    const T exponent = power();
    if (exponent == 2) return base * base;
    return pow(base, exponent);
  }

  T atom() {
    if (accept('(')) {
      const T inside = sum();
      accept(')');
      return inside;
    }
    const std::size_t from = at_;
    if (at_ < text_.size() && std::isalpha(static_cast<unsigned char>(text_[at_]))) {
      while (at_ < text_.size() && std::isalnum(static_cast<unsigned char>(text_[at_]))) ++at_;
      return named(text_.substr(from, at_ - from));
    }
    while (at_ < text_.size() &&
           (std::isdigit(static_cast<unsigned char>(text_[at_])) || text_[at_] == '.' ||
            text_[at_] == 'e' ||
            ((text_[at_] == '-' || text_[at_] == '+') && text_[at_ - 1] == 'e')))
      ++at_;
    const std::string digits(text_.substr(from, at_ - from));
    if constexpr (std::is_same_v<T, double>)
      return std::stod(digits);
    else
      return T(digits);
  }

  T named(std::string_view name) {
    using namespace std;  // functions of double; those of other types are found by their arguments
    if (name == "x" || name == "n" || name == "k") return x_;
    if (name == "pi") return 4 * atan(T(1));
    if (name == "e") return exp(T(1));
    accept('(');
    const T u = sum();
    accept(')');
    if (name == "sin") return sin(u);
    if (name == "cos") return cos(u);
    if (name == "tan") return tan(u);
    if (name == "asin") return asin(u);
    if (name == "acos") return acos(u);
    if (name == "atan") return atan(u);
    if (name == "sinh") return sinh(u);
    if (name == "cosh") return cosh(u);
    if (name == "tanh") return tanh(u);
    if (name == "exp") return exp(u);
    if (name == "log") return log(u);
    if (name == "sqrt") return sqrt(u);
    if (name == "abs") return abs(u);
    if (name == "floor") return floor(u);
    if (name == "gamma") return tgamma(u);
    if (name == "erf") return erf(u);
    throw std::invalid_argument("formula: unknown " + std::string(name));
  }

  std::string_view text_;
  T x_;
  std::size_t at_ = 0;
};

template <class T>
T formula(std::string_view text, const T& x = T(0)) {
  return FormulaReader<T>(text, x).value();
}

}  // namespace mathtool::test
