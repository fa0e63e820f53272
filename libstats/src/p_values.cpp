#include "p_values.hpp"

#include <boost/math/special_functions/beta.hpp>
#include <boost/math/special_functions/erf.hpp>
#include <cmath>
#include <numbers>

#include "special/quiet_policy.hpp"

namespace mathtool::stats {

double correlation_p_value(double r, double n) {
  // With t² = df r² / (1 − r²): P(|T| ≥ |t|) = I(1 − r²; df / 2, 1 / 2) = 1 − I(r²; 1 / 2, df / 2).
  // Of r² and 1 − r² the smaller keeps its digits.
  const double half_df = (n - 2) / 2, square = r * r;
  return square < 0.5 ? boost::math::ibetac(0.5, half_df, square, QuietPolicy())
                      : boost::math::ibeta(half_df, 0.5, (1 - r) * (1 + r), QuietPolicy());
}

double normal_p_value(double z) {
  return boost::math::erfc(std::abs(z) / std::numbers::sqrt2, QuietPolicy());
}

}  // namespace mathtool::stats
