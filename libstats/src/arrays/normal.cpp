#include "arrays/closed_forms.hpp"
#include "arrays/elementwise.hpp"
#include "arrays/location_scale.hpp"

namespace mathtool::stats {
namespace {

using namespace math::kernels;
using Place = Standardized;

constexpr double log_root_two_pi_double = 0.91893853320467274178;
constexpr double inverse_root_two_pi = 0.39894228040143267794;

/// exp(−z²/2), the square to twice the digits of a double.
MATHTOOL_KERNEL double bell(Place place) {
  const double z = std::min(std::abs(place.z), 40.0);
  const double rest = place.z < 0 ? -place.rest : place.rest;
  const double top = high_half(z);
  return exp(-0.5 * (top * top), -(0.5 * (z - top) * (z + top) + z * rest));
}

/// exp(z²/2) P(Z > z) for z ≥ 0, Mills' ratio / √(2π): (1 + 5z/4) times it is a polynomial in
/// (z − 5)/(z + 5), from Chebyshev's of 100 digits.
MATHTOOL_KERNEL double mills(double z) {
  constexpr double coefficients[] = {
      5.57664961068795642882e-01,  -7.85759634765083025485e-02, 9.77075756095358717790e-03,
      3.27239097975686517571e-02,  -4.49651417789168529384e-02, 3.65246791765202078658e-02,
      -2.12108618910028852316e-02, 8.74721192390251874417e-03,  -2.14997811299352122154e-03,
      -2.38297139235902459825e-05, 2.43024539736186558051e-04,  -6.72498047179835424159e-05,
      -1.40311816040500509146e-05, 1.16423097995350120349e-05,  8.07252125080812470673e-08,
      -1.69517987039223922058e-06, 1.40747875961768861135e-07,  2.55204289665743214709e-07,
      -3.02870885231023626197e-08, -4.01907200840524124284e-08, 4.18123463686799230230e-09,
      5.69706100949566292994e-09,  -3.21307270169219118326e-10, -4.92505817326758166593e-10};
  const double t = (z - 5) / (z + 5);
  return polynomial(coefficients, t) / (1 + 1.25 * z);
}

/// P(Z ≤ z), or with `sign` −1 P(Z > z).
MATHTOOL_KERNEL double tail(Place place, double sign) {
  const double z = std::min(std::abs(place.z), 40.0);
  const double small = bell(place) * mills(z);
  const double value = sign * place.z < 0 ? small : 1 - small;
  return place.z == place.z ? value : place.z;
}

MATHTOOL_KERNEL double log_tail(Place place, double sign) {
  const double z = std::min(std::abs(place.z), 1e300);
  const double ratio = mills(z), small = bell(place) * ratio;
  const double rest = place.z < 0 ? -place.rest : place.rest;
  const double far = log(ratio) - z * rest - 0.5 * z * z;
  const double value = sign * place.z < 0 ? far : log1p(-small);
  return place.z == place.z ? value : place.z;
}

MATHTOOL_KERNEL double density(Place place, double height) {
  const double value = height * bell(place);
  return place.z == place.z ? value : place.z;
}

MATHTOOL_KERNEL double log_density(Place place, double log_height) {
  const double z = std::min(std::abs(place.z), 1e160);
  const double rest = place.z < 0 ? -place.rest : place.rest;
  const double value = log_height - z * rest - 0.5 * z * z;
  return place.z == place.z ? value : place.z;
}

/// Where the outermost of three formulas for the quantile begins, e⁻²⁵.
constexpr double far_tail = 1.388794386496402e-11;

/// The z with P(Z ≤ z) = p, of a p that does not lie in a far tail unless `far` says that it may.
/// Ref: Wichura, Algorithm AS 241: the percentage points of the normal distribution (1988).
template <bool far>
MATHTOOL_KERNEL double standard_quantile(double p) {
  constexpr double a[] = {3.3871328727963666080e0,  1.3314166789178437745e+2,
                          1.9715909503065514427e+3, 1.3731693765509461125e+4,
                          4.5921953931549871457e+4, 6.7265770927008700853e+4,
                          3.3430575583588128105e+4, 2.5090809287301226727e+3};
  constexpr double b[] = {1.0,
                          4.2313330701600911252e+1,
                          6.8718700749205790830e+2,
                          5.3941960214247511077e+3,
                          2.1213794301586595867e+4,
                          3.9307895800092710610e+4,
                          2.8729085735721942674e+4,
                          5.2264952788528545610e+3};
  constexpr double c[] = {1.42343711074968357734e0,  4.63033784615654529590e0,
                          5.76949722146069140550e0,  3.64784832476320460504e0,
                          1.27045825245236838258e0,  2.41780725177450611770e-1,
                          2.27238449892691845833e-2, 7.74545014278341407640e-4};
  constexpr double d[] = {1.0,
                          2.05319162663775882187e0,
                          1.67638483018380384940e0,
                          6.89767334985100004550e-1,
                          1.48103976427480074590e-1,
                          1.51986665636164571966e-2,
                          5.47593808499534494600e-4,
                          1.05075007164441684324e-9};
  constexpr double e[] = {6.65790464350110377720e0,  5.46378491116411436990e0,
                          1.78482653991729133580e0,  2.96560571828504891230e-1,
                          2.65321895265761230930e-2, 1.24266094738807843860e-3,
                          2.71155556874348757815e-5, 2.01033439929228813265e-7};
  constexpr double f[] = {1.0,
                          5.99832206555887937690e-1,
                          1.36929880922735805310e-1,
                          1.48753612908506148525e-2,
                          7.86869131145613259100e-4,
                          1.84631831751005468180e-5,
                          1.42151175831644588870e-7,
                          2.04426310338993978564e-15};
  const double q = p - 0.5, square = 0.180625 - q * q, smaller = std::min(p, 1 - p);
  const double r = std::sqrt(-log(smaller));
  const bool central = std::abs(q) <= 0.425, near = !far || smaller > far_tail;
  // All are computed, and one division.
  const double tail_above = near ? polynomial(c, r - 1.6) : polynomial(e, r - 5);
  const double tail_below = near ? polynomial(d, r - 1.6) : polynomial(f, r - 5);
  const double above = central ? polynomial(a, square) : tail_above;
  const double below = central ? polynomial(b, square) : tail_below;
  const double ratio = above / below;
  const double outside = r < infinity ? ratio : infinity;
  const double signed_outside = q < 0 ? -outside : outside;
  const double value = central ? q * ratio : signed_outside;
  return p >= 0 && p <= 1 ? value : not_a_number;
}

/// By blocks, most of which can do without the formula for far tails.
template <class Standardizer>
MATHTOOL_KERNEL void quantiles(Standardizer place, double sign, std::span<const double> all,
                               std::span<double> found) {
  constexpr std::size_t block = 512;
  for (std::size_t first = 0; first < all.size(); first += block) {
    const std::size_t count = std::min(block, all.size() - first);
    const std::span<const double> x = all.subspan(first, count);
    const std::span<double> out = found.subspan(first, count);
    double smallest = 1;
    for (const double p : x) smallest = std::min(smallest, std::min(p, 1 - p));
    if (smallest > far_tail) {
      MATHTOOL_ELEMENTWISE(place.at(sign * standard_quantile<false>(v)))
    } else {
      MATHTOOL_ELEMENTWISE(place.at(sign * standard_quantile<true>(v)))
    }
  }
}

template <class Standardizer>
MATHTOOL_KERNEL void evaluate_normal(Verb verb, Standardizer place, std::span<const double> x,
                                     std::span<double> out) {
  const double height = inverse_root_two_pi / place.scale();
  const double log_height = -log_root_two_pi_double - std::log(place.scale());
  switch (verb) {
    case Verb::pdf: MATHTOOL_ELEMENTWISE(density(place.standardize(v), height)) return;
    case Verb::log_pdf: MATHTOOL_ELEMENTWISE(log_density(place.standardize(v), log_height)) return;
    case Verb::cdf: MATHTOOL_ELEMENTWISE(tail(place.standardize(v), 1)) return;
    case Verb::survival: MATHTOOL_ELEMENTWISE(tail(place.standardize(v), -1)) return;
    case Verb::log_cdf: MATHTOOL_ELEMENTWISE(log_tail(place.standardize(v), 1)) return;
    case Verb::log_survival: MATHTOOL_ELEMENTWISE(log_tail(place.standardize(v), -1)) return;
    case Verb::quantile: return quantiles(place, 1, x, out);
    case Verb::quantile_survival: return quantiles(place, -1, x, out);
  }
}

}  // namespace

MATHTOOL_MULTIVERSION
void normal_array(Verb verb, LocationScale place, std::span<const double> x,
                  std::span<double> out) {
  if (place.is_standard())
    evaluate_normal(verb, StandardPlace(), x, out);
  else
    evaluate_normal(verb, place, x, out);
}

}  // namespace mathtool::stats
