#include "special/normal_tails.hpp"

#include <boost/math/special_functions/erf.hpp>

#include "special/constants.hpp"
#include "special/quiet_policy.hpp"

namespace mathtool::stats {
namespace {

/// The reciprocal of Mills' ratio, t + 1/(t + 2/(t + 3/(t + …))), backwards; t ≥ 8 makes it short.
Extended mills_fraction(Extended t) {
  Extended rest = t;
  for (int k = 20; k >= 1; --k) rest = t + k / rest;
  return rest;
}

}  // namespace

Tails normal_tails(Extended z) {
  const Extended small = std::erfc(std::abs(z) * root_half) / 2;
  return z < 0 ? Tails{small, 1 - small} : Tails{1 - small, small};
}

Extended log_normal_tail(Extended z, Tail tail) {
  const Extended t = tail == Tail::lower ? -z : z;  // far above 0
  return -t * t / 2 - log_root_two_pi - std::log(mills_fraction(t));
}

Extended mills_ratio(Extended t) {
  constexpr Extended root_half_pi = 1.253314137315500251207882642405522627L;
  if (t < 8) return root_half_pi * std::exp(t * t / 2) * std::erfc(t * root_half);
  return 1 / mills_fraction(t);
}

Extended normal_point(Extended p, Tail tail) {
  const Extended z = boost::math::erfc_inv(2 * p, QuietPolicy()) / root_half;
  return tail == Tail::lower ? -z : z;
}

}  // namespace mathtool::stats
