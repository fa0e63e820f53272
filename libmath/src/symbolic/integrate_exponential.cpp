#include "form_arithmetic.hpp"
#include "form_shape.hpp"
#include "integration_rules.hpp"
#include "linear_argument.hpp"
#include "linear_equations.hpp"
#include "polynomial_factors.hpp"
#include "quadratic_integral.hpp"
#include "rational_function.hpp"
#include "sign_of_form.hpp"

namespace mathtool::math {
namespace {

/// A product with one factor exp(exponent).
struct TimesExponential {
  Form rest, exponent;
};
std::optional<TimesExponential> times_exponential(const Form& f, const std::string& x) {
  std::vector<Form> rest;
  Form exponent = nullptr;
  for (const Form& factor : factors_of(f)) {
    if (!exponent && is_call(factor, "exp") && depends_on(factor, x))
      exponent = factor->parts[0];
    else
      rest.push_back(factor);
  }
  if (!exponent) return {};
  return TimesExponential{product_of(rest), exponent};
}

/// ∫ exp(−a x² + b x + c) dx = √(π/a)/2 · exp(c + b²/(4 a)) erf(√a x − b/(2 √a)). Null unless a >
/// 0.
Form bell_integral(const Quadratic& exponent, const Form& x) {
  const Form a = -exponent.a, &b = exponent.b;
  if (sign_of(a) != Sign::positive) return nullptr;
  const Form root = square_root(a), two = whole_form(2);
  const Form height = call_of("exp", {exponent.c + b * b / (whole_form(4) * a)});
  return square_root(symbol_form("pi")) / (two * root) * height *
         call_of("erf", {root * x - b / (two * root)});
}

/// A with (A exp(u))' = (p − remainder) exp(u), for polynomials p and u, from the highest power
/// down.
struct ExponentialQuotient {
  Form factor;
  std::vector<Form> remainder;
};
ExponentialQuotient divide_by_exponential(std::vector<Form> p, const std::vector<Form>& u,
                                          const Form& x) {
  const std::size_t d = u.size() - 1;
  std::vector<Form> factor;
  while (p.size() >= d) {
    const std::size_t k = p.size() - d;  // the power of x in A
    const Form a = p.back() / (whole_form(static_cast<int>(d)) * u[d]);
    for (std::size_t j = 1; j <= d; ++j)
      p[k + j - 1] = expanded(p[k + j - 1] - whole_form(static_cast<int>(j)) * a * u[j]);
    if (k > 0) p[k - 1] = p[k - 1] - whole_form(static_cast<int>(k)) * a;
    factor.push_back(a * raised(x, static_cast<int>(k)));
    p.pop_back();
  }
  return {sum_of(factor), p};
}

Form polynomial_times_exponential(const std::vector<Form>& p, const std::vector<Form>& u,
                                  const Form& exponent, const Form& x) {
  const ExponentialQuotient quotient = divide_by_exponential(p, u, x);
  const Form result = quotient.factor * call_of("exp", {exponent});
  const auto& rest = quotient.remainder;
  const bool exact = std::all_of(rest.begin(), rest.end(), [](const Form& c) { return is(c, 0); });
  if (exact) return result;
  if (u.size() != 3) return nullptr;
  const Form bell = bell_integral({u[2], u[1], u[0]}, x);
  return bell ? result + rest[0] * bell : nullptr;
}

/// N/E with (N/E · exp(u))' = f exp(u): E is the denominator of f with every multiplicity less by
/// one, and N solves linear equations: (N' E − N E' + u' N E) D = P E², with f = P/D.
Form rational_times_exponential(const RationalFunction& f, const Polynomial& u, const Form& x) {
  Polynomial e = Rational(1);
  for (const PolynomialFactor& factor : irreducible_factors(f.denominator))
    e = e * power(factor.polynomial, factor.multiplicity - 1);
  const Polynomial slope = u.derivative(), e_slope = e.derivative();
  const int degree = e.degree() + std::max(0, f.numerator.degree() - f.denominator.degree()) + 1;
  std::vector<Polynomial> columns;
  for (int k = 0; k <= degree; ++k) {
    const Polynomial n = Polynomial::monomial(1, k);
    columns.push_back((n.derivative() * e - n * e_slope + slope * n * e) * f.denominator);
  }
  const auto solution = solve_linear_equations(columns, f.numerator * e * e);
  if (!solution) return nullptr;
  return polynomial_form(*solution, x) / polynomial_form(e, x);
}

/// The rate a of exp(a x + b) and of c^(a x + b); null for what is neither.
Form growth_rate(const Form& factor, const std::string& x) {
  const bool exponential = is_call(factor, "exp");
  if (!exponential && factor->kind != Canonical::Kind::power) return nullptr;
  if (!exponential && depends_on(factor->parts[0], x)) return nullptr;
  const auto linear = linear_in(factor->parts[exponential ? 0 : 1], x);
  if (!linear) return nullptr;
  return exponential ? linear->slope : linear->slope * call_of("log", {factor->parts[0]});
}

}  // namespace

Form by_exponential_ansatz(const Form& f, const std::string& x, AntiderivativeSearch& search) {
  constexpr int most_degree = 40;
  const auto product = times_exponential(f, x);
  const auto u = product ? coefficients_in(product->exponent, x, most_degree) : std::nullopt;
  if (!u) return nullptr;
  const Form variable = symbol_form(x);
  Form result = nullptr;
  if (const auto p = coefficients_in(product->rest, x, most_degree)) {
    if (u->size() > 2) result = polynomial_times_exponential(*p, *u, product->exponent, variable);
  } else {
    const auto fraction = rational_function(product->rest, x);
    const auto exponent = rational_function(product->exponent, x);
    if (fraction && exponent)
      if (const Form factor = rational_times_exponential(*fraction, exponent->numerator, variable))
        result = factor * call_of("exp", {product->exponent});
  }
  if (result)
    search.note("undetermined coefficients",
                [&] { return fmt::format("{} = {}", integral_text(f, x), text_of(result)); });
  return result;
}

/// ∫ exp(a x) sin(c x) dx = exp(a x) (a sin(c x) − c cos(c x))/(a² + c²), and its derivative by c
/// x.
Form by_exponential_times_wave(const Form& f, const std::string& x, AntiderivativeSearch& search) {
  const auto [constant, rest] = separated(f, x);
  const std::vector<Form> factors = factors_of(rest);
  if (factors.size() != 2 || !is(constant, 1)) return nullptr;
  const bool first = growth_rate(factors[0], x) != nullptr;
  const Form &exponential = factors[first ? 0 : 1], &wave = factors[first ? 1 : 0];
  const Form a = growth_rate(exponential, x);
  const bool sine = is_call(wave, "sin");
  if (!a || !(sine || is_call(wave, "cos"))) return nullptr;
  const auto angle = linear_in(wave->parts[0], x);
  if (!angle) return nullptr;
  const Form& c = angle->slope;
  const Form other = call_of(sine ? "cos" : "sin", wave->parts);
  const Form result = exponential * (a * wave + (sine ? -c : c) * other) / (a * a + c * c);
  search.note("by parts twice",
              [&] { return fmt::format("{} = {}", integral_text(f, x), text_of(result)); });
  return result;
}

}  // namespace mathtool::math
