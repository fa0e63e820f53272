#include "mathtool/math/calculus/precise_function.hpp"
#include "scalar_compiler.hpp"

namespace mathtool::math {
namespace {

/// 0.1 is one tenth, not the double next to it.
template <class T>
T precise_number(const Expression::Number& number) {
  if (!std::isfinite(number.value)) return number.value;
  return T(number.written.empty() ? fmt::format("{}", number.value) : number.written);
}

}  // namespace

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
