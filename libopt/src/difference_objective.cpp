#include "mathtool/opt/difference_objective.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "mathtool/math/error.hpp"

namespace mathtool::opt {

std::int64_t difference_gradient(FunctionRef<double(const Vec&)> f, const VecRef& x, double value,
                                 const DifferenceOptions& options, Vec& gradient) {
  require(options.typical_size > 0, "differences: typical_size must be > 0, got {}",
          options.typical_size);
  options.box.validate(x.size());
  const double epsilon = std::numeric_limits<double>::epsilon();
  std::int64_t calls = 0;
  Vec at = x;
  // f at xᵢ + h, NaN where the box ends before; h becomes the distance between doubles.
  const auto look = [&](Index i, double& h) {
    at[i] = x[i] + h;
    h = at[i] - x[i];
    const bool inside =
        options.box.unbounded() || (options.box.low[i] <= at[i] && at[i] <= options.box.high[i]);
    double result = std::numeric_limits<double>::quiet_NaN();
    if (inside) {
      ++calls;
      result = f(at);
    }
    at[i] = x[i];
    return result;
  };
  gradient.resize(x.size());
  for (Index i = 0; i < x.size(); ++i) {
    const double size = std::max(std::abs(x[i]), options.typical_size);
    if (options.central) {
      double up = std::cbrt(epsilon) * size, down = -up;
      const double above = look(i, up), below = look(i, down);
      gradient[i] = (above - below) / (up - down);
      if (std::isfinite(gradient[i])) continue;
    }
    double h = std::sqrt(epsilon) * size;
    gradient[i] = (look(i, h) - value) / h;
    if (std::isfinite(gradient[i])) continue;
    h = -std::sqrt(epsilon) * size;
    gradient[i] = (look(i, h) - value) / h;
    // Between two bounds that coincide there is no direction to go.
    if (!options.box.unbounded() && options.box.low[i] == options.box.high[i]) gradient[i] = 0;
  }
  return calls;
}

}  // namespace mathtool::opt
