#include "mathtool/math/calculus/polynomial_roots.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <boost/multiprecision/cpp_bin_float.hpp>
#include <cmath>
#include <limits>
#include <numbers>
#include <utility>

#include "aberth.hpp"
#include "integer_polynomial.hpp"
#include "mathtool/math/constants.hpp"
#include "mathtool/math/error.hpp"
#include "root_discs.hpp"

namespace mathtool::math {
namespace {

namespace mp = boost::multiprecision;
template <unsigned digits>
using Digits = mp::number<mp::cpp_bin_float<digits>, mp::et_off>;
using Start = Digits<50>;

/// A simple root and a disc around it, as doubles.
struct Disc {
  std::complex<double> centre;
  double radius;
};

struct Separated {
  std::vector<Disc> discs = {};
  bool sharp = false;  ///< disjoint, and smaller than doubles tell apart
};

double log2_of(const Integer& c) {
  int exponent = 0;
  const double fraction = static_cast<double>(frexp(Start(c), &exponent));
  return std::log2(std::abs(fraction)) + exponent;
}

/// Points near circles whose radii are those of the roots to within a factor of n.
/// Ref: Bini (1996), §2: the upper hull of the points (k, log |cₖ|).
std::vector<Complex<Start>> starting_points(const IntegerPolynomial& c) {
  struct Corner {
    std::size_t k;
    double log2;
  };
  std::vector<Corner> hull;
  for (std::size_t k = 0; k < c.size(); ++k) {
    if (c[k].is_zero()) continue;
    const Corner next{k, log2_of(c[k])};
    const auto slope = [](const Corner& p, const Corner& q) {
      return (q.log2 - p.log2) / static_cast<double>(q.k - p.k);
    };
    while (hull.size() >= 2 &&
           slope(hull[hull.size() - 2], hull.back()) <= slope(hull.back(), next))
      hull.pop_back();
    hull.push_back(next);
  }
  std::vector<Complex<Start>> points;
  const double n = static_cast<double>(c.size() - 1);
  for (std::size_t i = 0; i + 1 < hull.size(); ++i) {
    const auto count = static_cast<double>(hull[i + 1].k - hull[i].k);
    const double log2 = (hull[i].log2 - hull[i + 1].log2) / count;
    const double whole = std::floor(log2);
    const Start radius = ldexp(Start(std::exp2(log2 - whole)), static_cast<int>(whole));
    for (std::size_t m = hull[i].k; m < hull[i + 1].k; ++m) {
      // An angle off the axes, so that no symmetry of the polynomial is kept.
      const double angle =
          2 * std::numbers::pi *
              (static_cast<double>(m - hull[i].k) / count + static_cast<double>(i) / n) +
          0.7;
      points.push_back({radius * Start(std::cos(angle)), radius * Start(std::sin(angle))});
    }
  }
  return points;
}

/// A first approximation at the speed of doubles, where the numbers fit into them.
long long improve_in_double(const IntegerPolynomial& c, std::vector<Complex<Start>>& roots,
                            const StopToken& stop) {
  double largest = -std::numeric_limits<double>::infinity();
  for (const Integer& value : c)
    if (!value.is_zero()) largest = std::max(largest, log2_of(value));
  const int scale = static_cast<int>(largest);
  std::vector<double> coefficients;
  for (const Integer& value : c)
    coefficients.push_back(static_cast<double>(ldexp(Start(value), -scale)));
  std::vector<Complex<double>> z;
  for (const Complex<Start>& root : roots)
    z.push_back({static_cast<double>(root.re), static_cast<double>(root.im)});
  const double unit = std::numeric_limits<double>::epsilon();
  const long long evaluations = iterate_aberth(coefficients, z, 1e-12, unit, stop);
  for (std::size_t i = 0; i < z.size(); ++i) {
    const bool usable = std::isfinite(z[i].re) && std::isfinite(z[i].im) && absolute(z[i]) > 0 &&
                        std::count_if(z.begin(), z.end(), [&](const Complex<double>& other) {
                          return other.re == z[i].re && other.im == z[i].im;
                        }) == 1;
    if (usable) roots[i] = {Start(z[i].re), Start(z[i].im)};
  }
  return evaluations;
}

/// Whether no two discs meet.
template <class Real>
bool disjoint(const std::vector<Complex<Real>>& z, const std::vector<Real>& radii) {
  for (std::size_t i = 0; i < z.size(); ++i)
    for (std::size_t j = 0; j < i; ++j)
      if (!(absolute(z[i] - z[j]) > radii[i] + radii[j])) return false;
  return true;
}

/// The roots in so many digits, from where `roots` stands, which is moved along.
template <class Real>
Separated separate(const IntegerPolynomial& integers, std::vector<Complex<Start>>& roots,
                   long long& evaluations, const StopToken& stop) {
  std::vector<Real> c;
  for (const Integer& value : integers) c.push_back(Real(value));
  std::vector<Complex<Real>> z;
  for (const Complex<Start>& root : roots) z.push_back({Real(root.re), Real(root.im)});
  const Real unit = std::numeric_limits<Real>::epsilon();
  evaluations += iterate_aberth(c, z, Real(unit * 16), unit, stop);
  const std::vector<Real> radii = root_radii(c, z, unit);
  evaluations += static_cast<long long>(z.size());

  Separated result;
  result.sharp = disjoint(z, radii);
  for (std::size_t i = 0; i < z.size(); ++i) {
    // Parts below the radius are rounding. An imaginary part of that kind is truly 0: the disc and
    // its mirror image meet, so they hold the same root.
    const auto part = [&](const Real& x) {
      return abs(x) <= radii[i] ? 0.0 : static_cast<double>(x);
    };
    result.discs.push_back({{part(z[i].re), part(z[i].im)}, static_cast<double>(radii[i])});
    result.sharp = result.sharp && radii[i] <= absolute(z[i]) * Real(0x1p-60);
    roots[i] = {Start(z[i].re), Start(z[i].im)};
  }
  return result;
}

Separated separated_roots(const IntegerPolynomial& factor, long long& evaluations,
                          const StopToken& stop) {
  std::vector<Complex<Start>> roots = starting_points(factor);
  evaluations += improve_in_double(factor, roots, stop);
  Separated result = separate<Digits<50>>(factor, roots, evaluations, stop);
  if (!result.sharp) result = separate<Digits<200>>(factor, roots, evaluations, stop);
  if (!result.sharp) result = separate<Digits<800>>(factor, roots, evaluations, stop);
  return result;
}

/// What rounding to doubles adds to the radius.
double error_of(const Disc& disc) {
  return disc.radius +
         unit_roundoff * (std::abs(disc.centre.real()) + std::abs(disc.centre.imag()));
}

bool before(const PolynomialRoot& p, const PolynomialRoot& q) {
  return std::pair(p.value.real(), p.value.imag()) < std::pair(q.value.real(), q.value.imag());
}

}  // namespace

PolynomialRoots polynomial_roots(std::span<const DoubleDouble> coefficients,
                                 const PolynomialRootsOptions& options) {
  for (const DoubleDouble& c : coefficients)
    require(std::isfinite(c.high) && std::isfinite(c.low),
            "polynomial_roots: coefficients must be finite, got {}", c.high + c.low);
  IntegerPolynomial polynomial = exact_polynomial(coefficients);
  require(!polynomial.empty(), "polynomial_roots: every number is a root of the polynomial 0");
  constexpr std::size_t most = 1000;
  require(polynomial.size() <= most + 1, "polynomial_roots: degree {} is above {}",
          polynomial.size() - 1, most);

  PolynomialRoots result;
  result.status = Status::converged;
  const auto first = std::find_if(polynomial.begin(), polynomial.end(),
                                  [](const Integer& c) { return !c.is_zero(); });
  if (first != polynomial.begin())
    result.roots.push_back(
        {.value = 0.0, .multiplicity = static_cast<int>(first - polynomial.begin())});
  polynomial.erase(polynomial.begin(), first);
  if (polynomial.size() == 1) return result;

  const std::vector<IntegerPolynomial> factors = square_free_factors(polynomial, options.stop);
  long long evaluations = 0;
  for (std::size_t k = 0; k < factors.size(); ++k) {
    if (factors[k].size() < 2) continue;
    const Separated separated = separated_roots(factors[k], evaluations, options.stop);
    const int multiplicity = static_cast<int>(k) + 1;
    for (const Disc& disc : separated.discs) {
      if (separated.sharp && disc.centre.imag() < 0) continue;  // comes with its mirror image
      result.roots.push_back({disc.centre, error_of(disc), multiplicity});
      if (separated.sharp && disc.centre.imag() > 0)
        result.roots.push_back({std::conj(disc.centre), error_of(disc), multiplicity});
    }
    if (!separated.sharp && result.status == Status::converged) {
      result.status = Status::suspicious;
      result.reason = "800 digits do not separate the roots; some discs meet or are wide";
    }
  }
  result.evaluations = evaluations;
  for (const PolynomialRoot& root : result.roots) {
    if (std::isfinite(root.value.real()) && std::isfinite(root.value.imag())) continue;
    result.status = Status::not_finite;
    result.reason = "a root lies beyond the range of a double";
  }
  std::sort(result.roots.begin(), result.roots.end(), before);
  return result;
}

PolynomialRoots polynomial_roots(const VecRef& coefficients,
                                 const PolynomialRootsOptions& options) {
  std::vector<DoubleDouble> exact;
  for (const double c : coefficients) exact.push_back({c, 0.0});
  return polynomial_roots(std::span<const DoubleDouble>(exact), options);
}

}  // namespace mathtool::math
