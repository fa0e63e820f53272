#include "mathtool/math/autodiff/taylor_series.hpp"
#include "mathtool/math/fifty_digits.hpp"
#include "precise_number.hpp"
#include "scalar_compiler.hpp"

namespace mathtool::math {

template <>
TaylorSeries<FiftyDigits> ScalarKind<TaylorSeries<FiftyDigits>>::number(
    const Expression::Number& number) {
  return precise_number<FiftyDigits>(number);
}

template class ScalarProgram<TaylorSeries<double>>;
template const ScalarFunctions<TaylorSeries<double>>&
elementary_functions_of<TaylorSeries<double>>();
template class ScalarProgram<TaylorSeries<FiftyDigits>>;
template const ScalarFunctions<TaylorSeries<FiftyDigits>>&
elementary_functions_of<TaylorSeries<FiftyDigits>>();

}  // namespace mathtool::math
