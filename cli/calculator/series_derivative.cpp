#include "cli/calculator/series_derivative.hpp"

#include <cmath>

#include "mathtool/math/autodiff/taylor_series.hpp"
#include "mathtool/math/expression/scalar_program.hpp"
#include "mathtool/math/fifty_digits.hpp"

namespace mathtool::cli {
namespace {

using math::Expression;

template <class T>
T derivative_of_series(const Expression& f, const std::string& x, const Expression& point, int n) {
  using Series = math::TaylorSeries<T>;
  const math::ScalarProgram<Series> place(point, {});
  const Series around = Series::variable(place({}).value(), n);
  return math::ScalarProgram<Series>(f, std::span(&x, 1))(std::span(&around, 1)).derivative(n);
}

}  // namespace

std::optional<double> series_derivative(const Expression& f, const std::string& x,
                                        const Expression& point, int n) {
  constexpr double cancelled = 1e-6;
  try {
    const double plain = derivative_of_series<double>(f, x, point, n);
    const auto precise =
        static_cast<double>(derivative_of_series<math::FiftyDigits>(f, x, point, n));
    if (std::isfinite(precise) && std::abs(plain - precise) <= cancelled * std::abs(precise))
      return precise;
  } catch (const DomainError&) {  // a function without a series
  }
  return {};
}

}  // namespace mathtool::cli
