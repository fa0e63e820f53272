#include <map>

#include "form_arithmetic.hpp"
#include "form_shape.hpp"
#include "integration_rules.hpp"
#include "linear_argument.hpp"
#include "wave_family.hpp"

namespace mathtool::math {
namespace {

/// The sines and cosines of a product, each as often as its power says, and the rest.
struct Waves {
  std::vector<Form> waves = {};
  Form rest;
};
Waves waves_of(const Form& f, const std::string& x, const WaveFamily& family) {
  constexpr int most_power = 100;
  Waves result;
  std::vector<Form> rest;
  for (const Form& factor : factors_of(f)) {
    const auto [base, exponent] = split_power(factor);
    const bool wave = family.has(base) && base->name != family.tangent && depends_on(base, x) &&
                      linear_in(base->parts[0], x);
    const bool power = exponent->kind == Canonical::Kind::number && exponent->number.is_whole() &&
                       exponent->number.value > 0 && exponent->number.value <= most_power;
    if (wave && power)
      result.waves.insert(result.waves.end(),
                          static_cast<std::size_t>(numerator(exponent->number.value)), base);
    else
      rest.push_back(factor);
  }
  result.rest = product_of(rest);
  return result;
}

/// The product of two waves as a sum:
///     cos a cos b = (cos(a − b) + cos(a + b))/2        sin a cos b = (sin(a + b) + sin(a − b))/2
///     sin a sin b = sign (cos(a − b) − cos(a + b))/2
Form multiplied(const Form& a, const Form& b, const WaveFamily& family) {
  const Form &u = a->parts[0], &v = b->parts[0], half = rational_form(Rational(1, 2));
  const auto cosine = [&](const Form& angle) { return call_of(family.cosine, {angle}); };
  const auto sine = [&](const Form& angle) { return call_of(family.sine, {angle}); };
  const bool first = a->name == family.sine, second = b->name == family.sine;
  if (first && second) return half * whole_form(family.sign) * (cosine(u - v) - cosine(u + v));
  if (!first && !second) return half * (cosine(u - v) + cosine(u + v));
  return half * (sine(u + v) + (first ? sine(u - v) : sine(v - u)));
}

Form as_sum(const std::vector<Form>& waves, const WaveFamily& family) {
  Form sum = waves[0];
  for (std::size_t i = 1; i < waves.size(); ++i) {
    std::vector<Form> terms;
    for (const Form& term :
         sum->kind == Canonical::Kind::sum ? sum->parts : std::vector<Form>{sum}) {
      const auto [coefficient, wave] = split_coefficient(term);
      const Form made = family.has(wave) ? multiplied(wave, waves[i], family) : waves[i];
      terms.push_back(number_form(coefficient) * made);
    }
    sum = expanded(sum_of(terms));
  }
  return sum;
}

}  // namespace

Form by_sums_of_angles(const Form& f, const std::string& x, AntiderivativeSearch& search) {
  for (const WaveFamily& family : {circular_functions, hyperbolic_functions}) {
    const Waves product = waves_of(f, x, family);
    if (product.waves.size() < 2) continue;
    const Form sum = expanded(product.rest * as_sum(product.waves, family));
    if (!sum) return nullptr;
    search.note("sums of angles", [&] { return fmt::format("{} = {}", text_of(f), text_of(sum)); });
    return search.integrate(sum, x);
  }
  return nullptr;
}

}  // namespace mathtool::math
