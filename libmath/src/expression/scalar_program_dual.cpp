#include "mathtool/math/autodiff/dual.hpp"
#include "scalar_compiler.hpp"

namespace mathtool::math {

template class ScalarProgram<Dual<double>>;
template const ScalarFunctions<Dual<double>>& elementary_functions_of<Dual<double>>();

}  // namespace mathtool::math
