#include "mathtool/math/expression/special_functions.hpp"

#include <boost/math/special_functions/bessel.hpp>
#include <boost/math/special_functions/beta.hpp>
#include <boost/math/special_functions/digamma.hpp>
#include <boost/math/special_functions/ellint_1.hpp>
#include <boost/math/special_functions/ellint_2.hpp>
#include <boost/math/special_functions/erf.hpp>
#include <boost/math/special_functions/expint.hpp>
#include <boost/math/special_functions/gamma.hpp>
#include <boost/math/special_functions/legendre.hpp>
#include <boost/math/special_functions/trigamma.hpp>
#include <boost/math/special_functions/zeta.hpp>
#include <cmath>

#include "mathtool/math/constants.hpp"
#include "real_functions.hpp"

namespace mathtool::math {
namespace {

/// Domain errors and poles give NaN and infinity, as in the elementary functions. With the same
/// choices as those of distributions, the program has the code of both once.
using Quiet = boost::math::policies::policy<
    boost::math::policies::domain_error<boost::math::policies::ignore_error>,
    boost::math::policies::pole_error<boost::math::policies::ignore_error>,
    boost::math::policies::overflow_error<boost::math::policies::ignore_error>,
    boost::math::policies::underflow_error<boost::math::policies::ignore_error>,
    boost::math::policies::evaluation_error<boost::math::policies::ignore_error>,
    boost::math::policies::rounding_error<boost::math::policies::ignore_error>,
    boost::math::policies::indeterminate_result_error<boost::math::policies::ignore_error>>;

/// What a library function throws in spite of its policy is a NaN, too.
template <class F>
auto quiet(F f) {
  return [f](auto... x) {
    if ((std::isnan(x) || ...)) return not_a_number;
    try {
      return static_cast<double>(f(x...));
    } catch (const std::exception&) { return not_a_number; }
  };
}

template <class F>
Kernel ternary_kernel(F f) {
  return [f](std::span<const double* const> arguments, std::span<double> result) {
    for (std::size_t i = 0; i < result.size(); ++i)
      result[i] = f(arguments[0][i], arguments[1][i], arguments[2][i]);
  };
}

bool whole(double n) { return n == std::floor(n) && std::abs(n) < 1e6; }

/// Γ(n + 1) / (Γ(k + 1) Γ(n − k + 1)), exactly rounded products for few factors.
double binomial(double n, double k) {
  if (k != std::floor(k))
    return std::exp(log_gamma(n + 1) - log_gamma(k + 1) - log_gamma(n - k + 1));
  if (k < 0) return 0;
  if (n == std::floor(n) && n >= 0) {
    if (k > n) return 0;
    k = std::min(k, n - k);
  }
  constexpr double most = 1e5;
  if (k > most) return std::exp(log_gamma(n + 1) - log_gamma(k + 1) - log_gamma(n - k + 1));
  double result = 1;
  for (double i = 1; i <= k; ++i) result *= (n - k + i) / i;
  return whole(n) && result < 0x1p52 ? std::round(result) : result;
}

FunctionTable make_special_functions() {
  namespace bm = boost::math;
  constexpr Quiet policy;
  FunctionTable table = elementary_functions();
  const auto one = [&](const char* name, auto f, std::vector<std::string> partials = {}) {
    table.functions[name] = {1, 1, unary_kernel(quiet(f)), std::move(partials)};
  };
  const auto two = [&](const char* name, auto f, std::vector<std::string> partials = {}) {
    table.functions[name] = {2, 2, binary_kernel(quiet(f)), std::move(partials)};
  };
  one("erfinv", [=](double x) { return bm::erf_inv(x, policy); }, {"sqrt(pi)/2*exp(erfinv(u)^2)"});
  one("zeta", [=](double x) { return bm::zeta(x, policy); });
  one("digamma", [=](double x) { return bm::digamma(x, policy); }, {"trigamma(u)"});
  one("trigamma", [=](double x) { return bm::trigamma(x, policy); });
  one("ellipk", [=](double k) { return bm::ellint_1(k, policy); },
      {"ellipe(u)/(u*(1 - u^2)) - ellipk(u)/u"});
  one("ellipe", [=](double k) { return bm::ellint_2(k, policy); }, {"(ellipe(u) - ellipk(u))/u"});
  one("factorial", [](double x) { return factorial(x); }, {"gamma(u + 1)*digamma(u + 1)"});
  two("beta", [=](double a, double b) { return bm::beta(a, b, policy); },
      {"beta(u, v)*(digamma(u) - digamma(u + v))", "beta(u, v)*(digamma(v) - digamma(u + v))"});
  two("choose", binomial);
  two("besselj", [=](double n, double x) { return bm::cyl_bessel_j(n, x, policy); });
  two("bessely", [=](double n, double x) { return bm::cyl_neumann(n, x, policy); });
  two("besseli", [=](double n, double x) { return bm::cyl_bessel_i(n, x, policy); });
  two("besselk", [=](double n, double x) { return bm::cyl_bessel_k(n, x, policy); });
  two("gammap", [=](double a, double x) { return bm::gamma_p(a, x, policy); });
  two("gammaq", [=](double a, double x) { return bm::gamma_q(a, x, policy); });
  two("expint", [=](double n, double x) {
    return whole(n) && n >= 0 ? bm::expint(static_cast<unsigned>(n), x, policy) : not_a_number;
  });
  two("legendre", [=](double n, double x) {
    return whole(n) ? bm::legendre_p(static_cast<int>(n), x, policy) : not_a_number;
  });
  table.functions["ibeta"] = {3, 3, ternary_kernel(quiet([=](double a, double b, double x) {
                                return bm::ibeta(a, b, x, policy);
                              }))};
  return table;
}

}  // namespace

const FunctionTable& special_functions() {
  static const FunctionTable table = make_special_functions();
  return table;
}

}  // namespace mathtool::math
