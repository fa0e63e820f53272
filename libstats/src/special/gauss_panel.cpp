#include "special/gauss_panel.hpp"

#include <boost/math/quadrature/gauss.hpp>

namespace mathtool::stats {
namespace {

using Rule = boost::math::quadrature::gauss<Extended, 20>;

struct Halving {
  FunctionRef<Extended(Extended)> f;
  Extended size, tolerance;
  int left = 200;  ///< panels that may still be halved

  Extended operator()(Extended a, Extended b, Extended whole) {
    const Extended middle = a + (b - a) / 2;
    const Extended first = Rule::integrate(f, a, middle), second = Rule::integrate(f, middle, b);
    size = std::max(size, first + second);
    if (std::abs(first + second - whole) <= tolerance * size || left-- <= 0) return first + second;
    const Extended lower = (*this)(a, middle, first);
    return lower + (*this)(middle, b, second);
  }
};

}  // namespace

Extended gauss_integral(FunctionRef<Extended(Extended)> f, Extended a, Extended b,
                        Extended tolerance) {
  const Extended whole = Rule::integrate(f, a, b);
  return Halving{f, whole, tolerance}(a, b, whole);
}

}  // namespace mathtool::stats
