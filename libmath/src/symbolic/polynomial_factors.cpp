#include "polynomial_factors.hpp"

#include <algorithm>
#include <cmath>
#include <complex>
#include <optional>

#include "mathtool/math/calculus/polynomial_roots.hpp"

namespace mathtool::math {
namespace {

/// One real root or a conjugate pair, as the monic factor that it makes: highest power first.
using RealFactor = std::vector<double>;

DoubleDouble doubled(const Rational& whole) {
  const double high = whole.convert_to<double>();
  return {high, Rational(whole - Rational(high)).convert_to<double>()};
}

std::vector<RealFactor> real_factors(const Polynomial& polynomial) {
  std::vector<DoubleDouble> coefficients;
  for (int k = polynomial.degree(); k >= 0; --k) coefficients.push_back(doubled(polynomial[k]));
  std::vector<RealFactor> factors;
  for (const PolynomialRoot& root : polynomial_roots(coefficients).roots) {
    if (root.value.imag() == 0)
      factors.push_back({1, -root.value.real()});
    else if (root.value.imag() > 0)
      factors.push_back({1, -2 * root.value.real(), std::norm(root.value)});
  }
  return factors;
}

RealFactor product(const RealFactor& a, const RealFactor& b) {
  RealFactor made(a.size() + b.size() - 1);
  for (std::size_t i = 0; i < a.size(); ++i)
    for (std::size_t j = 0; j < b.size(); ++j) made[i + j] += a[i] * b[j];
  return made;
}

/// The factor of `polynomial` with whole coefficients of which `monic` is an approximate multiple:
/// a leading coefficient that divides the polynomial's makes all of them whole.
std::optional<Polynomial> whole_factor(const RealFactor& monic, const Polynomial& polynomial) {
  const double leading = polynomial.leading().convert_to<double>();
  std::vector<Rational> coefficients;
  for (auto c = monic.rbegin(); c != monic.rend(); ++c) {
    const double scaled = *c * leading, nearest = std::nearbyint(scaled);
    constexpr double most = 1e12;  // beyond, the digits of a double do not tell whole numbers apart
    if (std::abs(scaled) > most || std::abs(scaled - nearest) > 1e-3) return {};
    coefficients.emplace_back(nearest);
  }
  Polynomial factor = primitive(coefficients);
  if (!(polynomial % factor).is_zero()) return {};
  return factor;
}

/// The smallest set of real factors, beginning with the first, whose product has whole
/// coefficients: what it makes is irreducible. Sets are numbered by the bits of `set`.
std::optional<Polynomial> smallest_product(const std::vector<RealFactor>& factors,
                                           const Polynomial& polynomial) {
  constexpr std::size_t most = 12;  // 2048 sets
  if (factors.size() > most) return {};
  std::optional<Polynomial> best;
  for (unsigned set = 1; set < 1U << factors.size(); set += 2) {
    RealFactor made = {1};
    for (std::size_t i = 0; i < factors.size(); ++i)
      if (set >> i & 1U) made = product(made, factors[i]);
    const int degree = static_cast<int>(made.size()) - 1;
    if (degree >= polynomial.degree() || (best && degree >= best->degree())) continue;
    if (auto found = whole_factor(made, polynomial)) best = std::move(found);
  }
  return best;
}

std::optional<Polynomial> one_factor(const Polynomial& polynomial) {
  const std::vector<RealFactor> factors = real_factors(polynomial);
  for (const RealFactor& factor : factors)
    if (auto found = whole_factor(factor, polynomial)) return found;
  return smallest_product(factors, polynomial);
}

/// Pre: no root is a multiple one.
void split(Polynomial polynomial, int multiplicity, std::vector<PolynomialFactor>& result) {
  while (polynomial.degree() > 1) {
    const auto factor = one_factor(polynomial);
    if (!factor || factor->degree() == polynomial.degree()) break;
    result.push_back({*factor, multiplicity});
    polynomial = primitive(polynomial / *factor);
  }
  if (polynomial.degree() > 0) result.push_back({polynomial, multiplicity});
}

}  // namespace

/// Factors of one multiplicity are split off first, by Yun's algorithm.
std::vector<PolynomialFactor> irreducible_factors(const Polynomial& polynomial) {
  std::vector<PolynomialFactor> factors;
  const Polynomial slope = polynomial.derivative(), shared = common_divisor(polynomial, slope);
  Polynomial left = polynomial / shared, rest = slope / shared - left.derivative();
  for (int multiplicity = 1; left.degree() > 0; ++multiplicity) {
    const Polynomial simple = common_divisor(left, rest);
    split(simple, multiplicity, factors);
    left = left / simple;
    rest = rest / simple - left.derivative();
  }
  std::stable_sort(factors.begin(), factors.end(), [](const auto& a, const auto& b) {
    return a.polynomial.degree() < b.polynomial.degree();
  });
  return factors;
}

}  // namespace mathtool::math
