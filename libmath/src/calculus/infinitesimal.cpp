#include "mathtool/math/calculus/infinitesimal.hpp"

#include <cmath>

#include "calculus/approach.hpp"
#include "calculus/settle.hpp"
#include "mathtool/math/calculus/precise_limits.hpp"
#include "mathtool/math/error.hpp"

namespace mathtool::math {
namespace {

/// The sign of x − point on the side that is asked for.
int side_of(const LimitOptions& options, bool infinite, bool positive) {
  require(infinite || options.side != Side::both,
          "infinitesimal_order: the point is finite, so say from which side");
  require(options.rel_tol > 0 && options.abs_tol > 0,
          "infinitesimal_order: tolerances must be > 0, got {} and {}", options.rel_tol,
          options.abs_tol);
  if (infinite) return positive ? -1 : 1;
  return options.side == Side::right ? 1 : -1;
}

/// A fraction with denominator up to 12 within 1e-9 of x, else x.
FiftyDigits nearby_fraction(const FiftyDigits& x) {
  for (int denominator = 1; denominator <= 12; ++denominator) {
    const FiftyDigits fraction = round(x * denominator) / denominator;
    if (abs(x - fraction) <= 1e-9) return fraction;
  }
  return x;
}

PowerLaw power_law(const Way& way, const LimitOptions& options) {
  const Tolerances tolerances{options.rel_tol, options.abs_tol};
  const auto read_exponent = [&](const FiftyDigits& h) {
    const Sample far = way.read(h), near = way.read(h / 2);
    Sample exponent{log(abs(far.value / near.value)) / log(FiftyDigits(2))};
    exponent.noise = 2 * (far.noise / abs(far.value) + near.noise / abs(near.value));
    exponent.lost = far.lost || near.lost;
    return exponent;
  };
  Way to_exponent = way;
  to_exponent.read = read_exponent;
  Settled order = settle(to_exponent, tolerances);

  Settled coefficient = not_settled(order.status, "there is no coefficient without a finite order");
  if (order.verdict == Verdict::finite) {
    const FiftyDigits power = nearby_fraction(order.value);
    if (power != order.value) order.error += abs(power - order.value), order.value = power;
    const auto read_coefficient = [&](const FiftyDigits& h) {
      Sample sample = way.read(h);
      const FiftyDigits unit = pow(h, power);
      sample.value /= unit, sample.noise /= unit;
      return sample;
    };
    Way to_coefficient = way;
    to_coefficient.read = read_coefficient;
    coefficient = settle(to_coefficient, tolerances);
  }
  return {rounded(order), rounded(coefficient)};
}

}  // namespace

PowerLaw infinitesimal_order(FunctionRef<double(double)> f, double point,
                             const LimitOptions& options) {
  require(!std::isnan(point), "infinitesimal_order: the point is not a number");
  return approach(f, point, side_of(options, std::isinf(point), point > 0), options.stop,
                  [&](const Way& way) { return power_law(way, options); });
}

PowerLaw infinitesimal_order(const PreciseFunction& f, const HundredDigits& point,
                             const LimitOptions& options) {
  require(!isnan(point), "infinitesimal_order: the point is not a number");
  return approach(f, point, side_of(options, bool(isinf(point)), point > 0), options.stop,
                  [&](const Way& way) { return power_law(way, options); });
}

}  // namespace mathtool::math
