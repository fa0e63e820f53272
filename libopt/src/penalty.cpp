#include "mathtool/opt/penalty.hpp"

#include "mathtool/math/error.hpp"

namespace mathtool::opt {

void Penalty::validate() const {
  require(l1 >= 0, "penalty: l1 must be >= 0, got {}", l1);
  require(l2 >= 0, "penalty: l2 must be >= 0, got {}", l2);
  require(decoupled >= 0, "penalty: decoupled must be >= 0, got {}", decoupled);
}

template <std::floating_point T>
void Penalty::add_to(ParametersRef<T> gradient, ConstParametersRef<T> x) const {
  if (l2 > 0) gradient += static_cast<T>(l2) * x;
  if (l1 > 0) gradient += static_cast<T>(l1) * x.array().sign().matrix();
}

template <std::floating_point T>
void Penalty::decay(double learning_rate, ParametersRef<T> x) const {
  if (decoupled > 0) x *= static_cast<T>(1 - learning_rate * decoupled);
}

template void Penalty::add_to<float>(ParametersRef<float>, ConstParametersRef<float>) const;
template void Penalty::add_to<double>(ParametersRef<double>, ConstParametersRef<double>) const;
template void Penalty::decay<float>(double, ParametersRef<float>) const;
template void Penalty::decay<double>(double, ParametersRef<double>) const;

}  // namespace mathtool::opt
