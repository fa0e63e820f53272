#include "mathtool/math/calculus/precise_function.hpp"
#include "precise_number.hpp"
#include "scalar_compiler.hpp"

namespace mathtool::math {
template <>
FiftyDigits ScalarKind<FiftyDigits>::number(const Expression::Number& number) {
  return precise_number<FiftyDigits>(number);
}
template <>
HundredDigits ScalarKind<HundredDigits>::number(const Expression::Number& number) {
  return precise_number<HundredDigits>(number);
}

template class ScalarProgram<FiftyDigits>;
template const ScalarFunctions<FiftyDigits>& elementary_functions_of<FiftyDigits>();
template class ScalarProgram<HundredDigits>;
template const ScalarFunctions<HundredDigits>& elementary_functions_of<HundredDigits>();

}  // namespace mathtool::math
