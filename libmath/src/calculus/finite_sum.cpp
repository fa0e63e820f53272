#include <cmath>
#include <limits>

#include "mathtool/math/calculus/series.hpp"
#include "mathtool/math/compensated_sum.hpp"
#include "mathtool/math/constants.hpp"
#include "mathtool/math/double_double.hpp"
#include "mathtool/math/error.hpp"

namespace mathtool::math {
namespace {

constexpr double largest_index = 0x1p53;

void check(double first, double last, const char* name) {
  for (const double index : {first, last})
    require(std::abs(index) <= largest_index && index == std::floor(index),
            "{}: indices must be whole numbers of at most 2^53, got {} ... {}", name, first, last);
}

Estimate finished(double value, double error, double terms) {
  Estimate estimate{.value = value, .error = error, .evaluations = std::int64_t(terms)};
  estimate.status = std::isfinite(value) ? Status::converged : Status::not_finite;
  if (!std::isfinite(value)) {
    estimate.error = std::numeric_limits<double>::infinity();
    estimate.reason = "a term is not finite, or the result is beyond the range of a double";
  }
  return estimate;
}

}  // namespace

Estimate finite_sum(FunctionRef<double(double)> term, double first, double last,
                    const StopToken& stop) {
  check(first, last, "finite_sum");
  CompensatedSum sum;
  double sizes = 0, terms = 0;
  for (double k = first; k <= last; ++k, ++terms) {
    if (std::fmod(k, 1024) == 0) stop.check();
    const double value = term(k);
    sum += value;
    sizes += std::abs(value);
  }
  const double roundings = terms * unit_roundoff;
  return finished(sum.value(),
                  unit_roundoff * std::abs(sum.value()) + roundings * roundings * sizes, terms);
}

Estimate finite_product(FunctionRef<double(double)> factor, double first, double last,
                        const StopToken& stop) {
  check(first, last, "finite_product");
  double product = 1, correction = 0, terms = 0;
  for (double k = first; k <= last; ++k, ++terms) {
    if (std::fmod(k, 1024) == 0) stop.check();
    const double value = factor(k);
    const DoubleDouble next = two_product(product, value);
    correction = std::fma(correction, value, next.low);
    product = next.high;
  }
  const double value = std::isfinite(product) ? product + correction : product;
  const double roundings = terms * unit_roundoff;
  return finished(value, std::abs(value) * (unit_roundoff + roundings * roundings), terms);
}

}  // namespace mathtool::math
