#include "mathtool/math/autodiff/elementary_functions.hpp"
#include "mathtool/math/autodiff/tape.hpp"
#include "scalar_compiler.hpp"

namespace mathtool::math {

template class ScalarProgram<Var<double>>;
template const ScalarFunctions<Var<double>>& elementary_functions_of<Var<double>>();

}  // namespace mathtool::math
