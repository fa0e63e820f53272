#include "p_values.hpp"

#include <boost/math/special_functions/beta.hpp>
#include <boost/math/special_functions/erf.hpp>
#include <cmath>
#include <numbers>

namespace mathtool::stats {
namespace {

using Policy = boost::math::policies::policy<boost::math::policies::promote_double<false>>;

}  // namespace

double correlation_p_value(double r, double n) {
  // With t² = (n − 2) r² / (1 − r²): P(|T| ≥ |t|) = I(df / (df + t²); df / 2, 1 / 2).
  return boost::math::ibeta((n - 2) / 2, 0.5, (1 - r) * (1 + r), Policy());
}

double normal_p_value(double z) {
  return boost::math::erfc(std::abs(z) / std::numbers::sqrt2, Policy());
}

}  // namespace mathtool::stats
