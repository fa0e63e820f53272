#include "integer_polynomial.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>
#include <utility>

namespace mathtool::math {
namespace {

constexpr int mantissa_bits = std::numeric_limits<double>::digits;

/// x as an integer times 2^exponent.
Integer scaled(double x, int exponent) {
  int own = 0;
  const double fraction = std::frexp(x, &own);
  const auto mantissa = static_cast<std::int64_t>(std::ldexp(fraction, mantissa_bits));
  return Integer(mantissa) << static_cast<unsigned>(own - mantissa_bits - exponent);
}

int lowest_exponent(double x) {
  int exponent = 0;
  std::frexp(x, &exponent);
  return exponent - mantissa_bits;
}

void trim(IntegerPolynomial& f) {
  while (!f.empty() && f.back().is_zero()) f.pop_back();
}

/// Divides by the greatest common divisor of the coefficients.
void make_primitive(IntegerPolynomial& f) {
  Integer content = 0;
  for (const Integer& c : f) {
    content = gcd(content, c);
    if (content == 1) return;
  }
  if (content.is_zero()) return;
  for (Integer& c : f) c /= content;
}

IntegerPolynomial derivative(const IntegerPolynomial& f) {
  IntegerPolynomial result;
  for (std::size_t k = 1; k < f.size(); ++k) result.push_back(f[k] * static_cast<unsigned>(k));
  return result;
}

IntegerPolynomial difference(IntegerPolynomial f, const IntegerPolynomial& g) {
  f.resize(std::max(f.size(), g.size()));
  for (std::size_t k = 0; k < g.size(); ++k) f[k] -= g[k];
  trim(f);
  return f;
}

/// f / g where g divides f.
IntegerPolynomial quotient(IntegerPolynomial f, const IntegerPolynomial& g) {
  if (f.size() < g.size()) return {};
  IntegerPolynomial result(f.size() - g.size() + 1);
  for (std::size_t k = result.size(); k-- > 0;) {
    result[k] = f[k + g.size() - 1] / g.back();
    for (std::size_t i = 0; i < g.size(); ++i) f[k + i] -= result[k] * g[i];
  }
  return result;
}

/// The remainder of f by g, times a constant that keeps it whole.
IntegerPolynomial remainder(IntegerPolynomial f, const IntegerPolynomial& g) {
  while (f.size() >= g.size()) {
    const Integer lead = f.back();
    const std::size_t shift = f.size() - g.size();
    for (Integer& c : f) c *= g.back();
    for (std::size_t i = 0; i < g.size(); ++i) f[shift + i] -= lead * g[i];
    f.pop_back();
    trim(f);
  }
  return f;
}

IntegerPolynomial greatest_common_divisor(IntegerPolynomial f, IntegerPolynomial g,
                                          const StopToken& stop) {
  make_primitive(f);
  make_primitive(g);
  while (!g.empty()) {
    stop.check();
    IntegerPolynomial rest = remainder(std::move(f), g);
    make_primitive(rest);
    f = std::exchange(g, std::move(rest));
  }
  return f;
}

// The same question modulo a prime is quick; the answer "no common divisor" holds for integers too.
constexpr std::uint64_t prime = 2147483647;

std::uint64_t inverse_modulo(std::uint64_t x) {
  std::uint64_t result = 1;
  for (std::uint64_t power = prime - 2; power > 0; power /= 2) {
    if (power % 2 == 1) result = result * x % prime;
    x = x * x % prime;
  }
  return result;
}

std::vector<std::uint64_t> reduced(const IntegerPolynomial& f) {
  std::vector<std::uint64_t> result;
  for (const Integer& c : f) {
    const auto rest = static_cast<std::int64_t>(c % static_cast<std::int64_t>(prime));
    result.push_back(
        static_cast<std::uint64_t>(rest < 0 ? rest + static_cast<std::int64_t>(prime) : rest));
  }
  while (!result.empty() && result.back() == 0) result.pop_back();
  return result;
}

bool surely_square_free(const IntegerPolynomial& polynomial) {
  std::vector<std::uint64_t> f = reduced(polynomial), g = reduced(derivative(polynomial));
  if (f.size() != polynomial.size()) return false;
  while (!g.empty()) {
    const std::uint64_t inverse = inverse_modulo(g.back());
    while (f.size() >= g.size()) {
      const std::uint64_t factor = f.back() * inverse % prime;
      const std::size_t shift = f.size() - g.size();
      for (std::size_t i = 0; i < g.size(); ++i)
        f[shift + i] = (f[shift + i] + (prime - factor) * g[i]) % prime;
      while (!f.empty() && f.back() == 0) f.pop_back();
    }
    std::swap(f, g);
  }
  return f.size() == 1;
}

}  // namespace

IntegerPolynomial exact_polynomial(std::span<const DoubleDouble> highest_first) {
  int exponent = std::numeric_limits<int>::max();
  for (const DoubleDouble& c : highest_first)
    for (const double part : {c.high, c.low})
      if (part != 0) exponent = std::min(exponent, lowest_exponent(part));
  IntegerPolynomial result;
  for (std::size_t k = highest_first.size(); k-- > 0;) {
    Integer sum = 0;
    for (const double part : {highest_first[k].high, highest_first[k].low})
      if (part != 0) sum += scaled(part, exponent);
    result.push_back(std::move(sum));
  }
  trim(result);
  make_primitive(result);
  return result;
}

std::vector<IntegerPolynomial> square_free_factors(const IntegerPolynomial& f,
                                                   const StopToken& stop) {
  if (surely_square_free(f)) return {f};
  const IntegerPolynomial slope = derivative(f);
  const IntegerPolynomial common = greatest_common_divisor(f, slope, stop);
  IntegerPolynomial b = quotient(f, common);
  IntegerPolynomial d = difference(quotient(slope, common), derivative(b));
  std::vector<IntegerPolynomial> factors;
  while (b.size() > 1) {
    const IntegerPolynomial factor = greatest_common_divisor(b, d, stop);
    b = quotient(b, factor);
    d = difference(quotient(d, factor), derivative(b));
    factors.push_back(factor);
  }
  return factors;
}

}  // namespace mathtool::math
