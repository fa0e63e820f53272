#include "distribution_quantiles.hpp"

#include <boost/math/special_functions/beta.hpp>
#include <boost/math/special_functions/erf.hpp>
#include <boost/math/special_functions/gamma.hpp>
#include <numbers>

namespace mathtool::stats {
namespace {

using Policy = boost::math::policies::policy<boost::math::policies::promote_double<false>>;

}  // namespace

double normal_quantile(double p) {
  return -std::numbers::sqrt2 * boost::math::erfc_inv(2 * p, Policy());
}

double chi_squared_quantile(double df, double p) {
  return 2 * boost::math::gamma_p_inv(df / 2, p, Policy());
}

double beta_quantile(double a, double b, double p) {
  return boost::math::ibeta_inv(a, b, p, Policy());
}

}  // namespace mathtool::stats
