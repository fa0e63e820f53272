#include "form_shape.hpp"

#include <algorithm>
#include <map>

#include "form_arithmetic.hpp"

namespace mathtool::math {
namespace {

using Kind = Canonical::Kind;

Form with_parts(const Form& form, std::vector<Form> parts) {
  switch (form->kind) {
    case Kind::number:
    case Kind::symbol: return form;
    case Kind::sum: return sum_of(parts);
    case Kind::product: parts.push_back(number_form(form->number)); return product_of(parts);
    case Kind::power: return power_of(parts[0], parts[1]);
    case Kind::call: return call_of(form->name, std::move(parts));
    case Kind::other: break;
  }
  Canonical made = *form;
  made.parts = std::move(parts);
  return with_key(std::move(made));
}

std::vector<Form> terms_of(const Form& form) {
  return form->kind == Kind::sum ? form->parts : std::vector<Form>{form};
}

constexpr std::size_t most_terms = 400;

/// The product of two sums; null when it is too long.
Form multiplied_out(const Form& a, const Form& b) {
  const std::vector<Form> left = terms_of(a), right = terms_of(b);
  if (left.size() * right.size() > most_terms) return nullptr;
  std::vector<Form> terms;
  for (const Form& x : left)
    for (const Form& y : right) terms.push_back(x * y);
  return sum_of(terms);
}

Form expanded_product(const std::vector<Form>& factors, const Coefficient& number) {
  Form product = number_form(number);
  for (const Form& factor : factors) {
    const Form next = expanded(factor);
    product = next ? multiplied_out(product, next) : nullptr;
    if (!product) return nullptr;
  }
  return product;
}

Form expanded_power(const Form& form) {
  const auto [base, exponent] = split_power(form);
  const Rational& times = exponent->number.value;
  const bool multiplies = base->kind == Kind::sum && exponent->kind == Kind::number &&
                          exponent->number.is_whole() && times > 1;
  if (!multiplies) return form;
  if (times > 64) return nullptr;
  const Form factor = expanded(base);
  Form product = factor;
  for (int i = 1; product && i < static_cast<int>(numerator(times)); ++i)
    product = multiplied_out(product, factor);
  return product;
}

/// The greatest power with a rational exponent that every term has, of each base that they share.
std::map<std::string, std::pair<Form, Rational>> common_powers(const std::vector<Form>& terms) {
  std::map<std::string, std::pair<Form, Rational>> common;
  for (std::size_t i = 0; i < terms.size(); ++i) {
    std::map<std::string, std::pair<Form, Rational>> own;
    for (const Form& factor : factors_of(split_coefficient(terms[i]).second)) {
      const auto [base, exponent] = split_power(factor);
      if (exponent->kind == Kind::number)
        own[base->key] = {base, exponent->number.value};
      else
        own[factor->key] = {factor, 1};
    }
    if (i == 0) {
      common = std::move(own);
      continue;
    }
    std::erase_if(common, [&](const auto& entry) { return !own.contains(entry.first); });
    for (auto& [key, power] : common)
      power.second = std::min<Rational>(power.second, own.at(key).second);
  }
  return common;
}

/// The common divisor of the coefficients, with the sign of the last term that is no number: that
/// of x in 1 - 2 x.
Rational content(const std::vector<Form>& terms) {
  Integer over = 0, under = 1;
  for (const Form& term : terms) {
    const Rational& value = split_coefficient(term).first.value;
    over = gcd(over, Integer(numerator(value)));
    under = lcm(under, Integer(denominator(value)));
  }
  const Rational size(over, under);
  const auto last = std::find_if(terms.rbegin(), terms.rend(),
                                 [](const Form& term) { return term->kind != Kind::number; });
  return split_coefficient(*last).first.value < 0 ? Rational(-size) : size;
}

/// The number, the powers, and the sum that is left.
std::vector<Form> common_and_rest(const Form& sum) {
  std::vector<Form> common{rational_form(content(sum->parts))};
  for (const auto& [key, power] : common_powers(sum->parts))
    common.push_back(power_of(power.first, rational_form(power.second)));
  const Form factor = product_of(common);
  std::vector<Form> rest;
  for (const Form& term : sum->parts) rest.push_back(term / factor);
  common.push_back(sum_of(rest));
  return common;
}

}  // namespace

bool is_call(const Form& form, std::string_view function) {
  return form->kind == Kind::call && form->name == function;
}

void for_each_part(const Form& form, const std::function<void(const Form&)>& visit) {
  visit(form);
  for (const Form& part : form->parts) for_each_part(part, visit);
}

Form replace_where(const Form& form, const std::function<Form(const Form&)>& replacement) {
  if (const Form other = replacement(form)) return other;
  if (form->parts.empty()) return form;
  std::vector<Form> parts;
  bool changed = false;
  for (const Form& part : form->parts) {
    parts.push_back(replace_where(part, replacement));
    changed = changed || parts.back() != part;
  }
  return changed ? with_parts(form, std::move(parts)) : form;
}

Form replaced(const Form& form, const std::string& symbol, const Form& replacement) {
  return replace_where(form, [&](const Form& part) -> Form {
    return part->kind == Kind::symbol && part->name == symbol ? replacement : nullptr;
  });
}

Form expanded(const Form& form) {
  switch (form->kind) {
    case Kind::sum: {
      std::vector<Form> terms;
      for (const Form& term : form->parts) {
        terms.push_back(expanded(term));
        if (!terms.back()) return nullptr;
      }
      return sum_of(terms);
    }
    case Kind::product: return expanded_product(form->parts, form->number);
    case Kind::power: return expanded_power(form);
    default: return form;
  }
}

Form with_common_factors(const Form& form) {
  if (form->kind == Kind::sum) return product_of(common_and_rest(form));
  if (form->kind != Kind::product) return form;
  std::vector<Form> factors{number_form(form->number)};
  for (const Form& part : form->parts) {
    const auto [base, exponent] = split_power(part);
    if (base->kind == Kind::sum && exponent->kind == Kind::number && exponent->number.is_whole())
      for (const Form& factor : common_and_rest(base))
        factors.push_back(power_of(factor, exponent));
    else
      factors.push_back(part);
  }
  return product_of(factors);
}

std::optional<std::vector<Form>> coefficients_in(const Form& form, const std::string& x, int most) {
  using Coefficients = std::vector<Form>;
  if (!depends_on(form, x)) return Coefficients{form};
  const auto multiplied = [most](const Coefficients& a,
                                 const Coefficients& b) -> std::optional<Coefficients> {
    if (a.size() + b.size() > static_cast<std::size_t>(most) + 2) return {};
    Coefficients product(a.size() + b.size() - 1, whole_form(0));
    for (std::size_t i = 0; i < a.size(); ++i)
      for (std::size_t j = 0; j < b.size(); ++j) product[i + j] = product[i + j] + a[i] * b[j];
    return product;
  };
  switch (form->kind) {
    case Kind::symbol:
      if (most < 1) return {};
      return Coefficients{whole_form(0), whole_form(1)};
    case Kind::sum: {
      Coefficients sum;
      for (const Form& term : form->parts) {
        const auto added = coefficients_in(term, x, most);
        if (!added) return {};
        sum.resize(std::max(sum.size(), added->size()), whole_form(0));
        for (std::size_t i = 0; i < added->size(); ++i) sum[i] = sum[i] + (*added)[i];
      }
      return sum;
    }
    case Kind::product: {
      std::optional<Coefficients> product = Coefficients{number_form(form->number)};
      for (std::size_t i = 0; product && i < form->parts.size(); ++i) {
        const auto factor = coefficients_in(form->parts[i], x, most);
        product = factor ? multiplied(*product, *factor) : std::nullopt;
      }
      return product;
    }
    case Kind::power: {
      const Form &base = form->parts[0], &exponent = form->parts[1];
      if (exponent->kind != Kind::number || !exponent->number.is_whole()) return {};
      const Rational& times = exponent->number.value;
      if (times < 1 || times > most) return {};
      const auto factor = coefficients_in(base, x, most);
      std::optional<Coefficients> product = factor;
      for (int i = 1; product && i < static_cast<int>(numerator(times)); ++i)
        product = multiplied(*product, *factor);
      return product;
    }
    default: return {};
  }
}

FormDivision divide(std::vector<Form> p, const std::vector<Form>& q) {
  std::vector<Form> quotient(p.size() < q.size() ? 1 : p.size() - q.size() + 1, whole_form(0));
  while (p.size() >= q.size()) {
    const Form digit = p.back() / q.back();
    const std::size_t shift = p.size() - q.size();
    for (std::size_t i = 0; i + 1 < q.size(); ++i)
      p[shift + i] = expanded(p[shift + i] - digit * q[i]);
    quotient[shift] = digit;
    p.pop_back();
  }
  return {std::move(quotient), std::move(p)};
}

Form polynomial_of(const std::vector<Form>& coefficients, const Form& x) {
  std::vector<Form> terms;
  for (std::size_t k = 0; k < coefficients.size(); ++k)
    terms.push_back(coefficients[k] * raised(x, static_cast<int>(k)));
  return sum_of(terms);
}

std::vector<Form> factors_of(const Form& form) {
  if (form->kind != Kind::product) return {form};
  std::vector<Form> factors = form->parts;
  if (!form->number.is(1)) factors.push_back(number_form(form->number));
  return factors;
}

Separated separated(const Form& product, const std::string& x) {
  std::vector<Form> constant, rest;
  for (const Form& factor : factors_of(product))
    (depends_on(factor, x) ? rest : constant).push_back(factor);
  return {product_of(constant), product_of(rest)};
}

}  // namespace mathtool::math
