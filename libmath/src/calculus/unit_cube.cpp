#include "unit_cube.hpp"

#include <cmath>
#include <utility>

#include "mathtool/math/error.hpp"

namespace mathtool::math {

UnitCubeIntegrand::UnitCubeIntegrand(const char* caller, PointFunction f,
                                     std::span<const double> low, std::span<const double> high,
                                     std::size_t most, bool infinite)
    : f_(f) {
  require<DimensionError>(low.size() == high.size(),
                          "{}: {} lower limits do not fit {} upper limits", caller, low.size(),
                          high.size());
  require<DimensionError>(!low.empty() && low.size() <= most,
                          "{}: the number of dimensions must be in [1, {}], got {}", caller, most,
                          low.size());
  for (std::size_t k = 0; k < low.size(); ++k) {
    double a = low[k], b = high[k];
    require(!std::isnan(a) && !std::isnan(b), "{}: limits of side {} must be numbers, got [{}, {}]",
            caller, k + 1, a, b);
    require(infinite || (std::isfinite(a) && std::isfinite(b)),
            "{}: limits of side {} must be finite, got [{}, {}]", caller, k + 1, a, b);
    if (a > b) {
      std::swap(a, b);
      sign_ = -sign_;
    }
    if (a == b)
      sides_.push_back({Kind::finite, a, 0.0});
    else if (std::isfinite(a) && std::isfinite(b))
      sides_.push_back({Kind::finite, a, b - a});
    else if (std::isfinite(a))
      sides_.push_back({Kind::to_infinity, a, 1.0});
    else if (std::isfinite(b))
      sides_.push_back({Kind::from_infinity, b, 1.0});
    else
      sides_.push_back({Kind::both, 0.0, 1.0});
  }
}

double UnitCubeIntegrand::operator()(std::span<const double> u, std::span<double> x) const {
  double volume = 1.0;
  for (std::size_t k = 0; k < sides_.size(); ++k) {
    const Side& side = sides_[k];
    const double left = 1.0 - u[k];
    switch (side.kind) {
      case Kind::finite:
        x[k] = side.origin + side.width * u[k];
        volume *= side.width;
        break;
      case Kind::to_infinity:
        x[k] = side.origin + u[k] / left;
        volume /= left * left;
        break;
      case Kind::from_infinity:
        x[k] = side.origin - u[k] / left;
        volume /= left * left;
        break;
      case Kind::both: {
        const double t = 2.0 * u[k] - 1.0, rest = 4.0 * u[k] * left;  // 1 − t²
        x[k] = t / rest;
        volume *= 2.0 * (1.0 + t * t) / (rest * rest);
        break;
      }
    }
  }
  if (volume == 0.0) return 0.0;
  const double y = f_(x.first(sides_.size()));
  return y == 0.0 ? 0.0 : y * volume;
}

}  // namespace mathtool::math
