#include "distribution_quantiles.hpp"

#include <boost/math/special_functions/beta.hpp>
#include <boost/math/special_functions/erf.hpp>
#include <boost/math/special_functions/gamma.hpp>
#include <numbers>

#include "special/quiet_policy.hpp"

namespace mathtool::stats {

double normal_quantile(double p) {
  return -std::numbers::sqrt2 * boost::math::erfc_inv(2 * p, QuietPolicy());
}

double chi_squared_quantile(double df, double p) {
  return 2 * boost::math::gamma_p_inv(df / 2, p, QuietPolicy());
}

double beta_quantile(double a, double b, double p) {
  return boost::math::ibeta_inv(a, b, p, QuietPolicy());
}

}  // namespace mathtool::stats
