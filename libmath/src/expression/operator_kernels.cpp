#include "operator_kernels.hpp"

#include <array>
#include <boost/math/special_functions/factorials.hpp>
#include <cmath>
#include <limits>

#include "real_functions.hpp"

namespace mathtool::math {

double factorial(double x) {
  constexpr unsigned most = boost::math::max_factorial<double>::value;
  if (x != std::floor(x) || x > most) return std::tgamma(x + 1);
  if (x < 0) return std::numeric_limits<double>::quiet_NaN();
  return boost::math::unchecked_factorial<double>(static_cast<unsigned>(x));
}

namespace {

/// Whether x is neither 0 nor NaN. Without a branch, so that several are taken at a time.
int truth(double x) { return (x < 0) | (x > 0); }

/// A square is rounded once, whatever the library does with powers.
double power(double x, double y) { return y == 2 ? x * x : std::pow(x, y); }

Kernel make_kernel(Operator op) {
  switch (op) {
    case Operator::logical_or:
      return binary_kernel([](double x, double y) { return double(truth(x) | truth(y)); });
    case Operator::logical_and:
      return binary_kernel([](double x, double y) { return double(truth(x) & truth(y)); });
    case Operator::logical_not: return unary_kernel([](double x) { return double(!truth(x)); });
    case Operator::equal: return binary_kernel([](double x, double y) { return double(x == y); });
    case Operator::not_equal:
      return binary_kernel([](double x, double y) { return double(x != y); });
    case Operator::less: return binary_kernel([](double x, double y) { return double(x < y); });
    case Operator::less_equal:
      return binary_kernel([](double x, double y) { return double(x <= y); });
    case Operator::greater: return binary_kernel([](double x, double y) { return double(x > y); });
    case Operator::greater_equal:
      return binary_kernel([](double x, double y) { return double(x >= y); });
    case Operator::add: return binary_kernel([](double x, double y) { return x + y; });
    case Operator::subtract: return binary_kernel([](double x, double y) { return x - y; });
    case Operator::elementwise_multiply:
    case Operator::multiply: return binary_kernel([](double x, double y) { return x * y; });
    case Operator::elementwise_divide:
    case Operator::divide: return binary_kernel([](double x, double y) { return x / y; });
    case Operator::modulo: return binary_kernel([](double x, double y) { return modulo(x, y); });
    case Operator::negate: return unary_kernel([](double x) { return -x; });
    case Operator::elementwise_power:
    case Operator::power: return binary_kernel(power);
    case Operator::factorial: return unary_kernel([](double x) { return factorial(x); });
    case Operator::equation:
    case Operator::transpose:
    case Operator::element: break;
  }
  return {};
}

}  // namespace

const Kernel& kernel_of(Operator op) {
  static const auto kernels = [] {
    std::array<Kernel, static_cast<std::size_t>(Operator::element) + 1> all;
    for (std::size_t i = 0; i < all.size(); ++i) all[i] = make_kernel(static_cast<Operator>(i));
    return all;
  }();
  return kernels[static_cast<std::size_t>(op)];
}

}  // namespace mathtool::math
