#include "canonical.hpp"

#include <algorithm>
#include <map>
#include <utility>

#include "known_values.hpp"
#include "numeric_root.hpp"

namespace mathtool::math {
namespace {

using Kind = Canonical::Kind;

std::string key_of(const Canonical& form) {
  std::string key;
  switch (form.kind) {
    case Kind::number: return form.number.value.str();
    case Kind::symbol: return "`" + form.name + "`";
    case Kind::sum: key = "(+"; break;
    case Kind::product: key = "(*" + form.number.value.str(); break;
    case Kind::power: key = "(^"; break;
    case Kind::call: key = "(" + form.name; break;
    case Kind::other: key = "(" + form.name; break;
  }
  for (const Form& part : form.parts) key += " " + part->key;
  return key + ")";
}

Form power_form(const Form& base, const Form& exponent) {
  return with_key({.kind = Kind::power, .parts = {base, exponent}});
}

/// Terms by what they are multiples of, so that like ones add up.
class Terms {
 public:
  void add(const Form& term, const Coefficient& times = {1}) {
    if (term->kind == Kind::sum) {
      for (const Form& part : term->parts) add(part, times);
      return;
    }
    const auto [coefficient, rest] = split_coefficient(term);
    if (rest->kind == Kind::sum) return add(rest, coefficient * times);
    auto& [sum, form] = terms_[rest->key];
    sum = sum + coefficient * times;
    form = rest;
  }

  /// c sin(u)^2 r + c cos(u)^2 r is c r.
  void join_squares() {
    std::vector<std::pair<Coefficient, Form>> joined;
    for (auto& [key, term] : terms_) {
      const Form partner = sine_to_cosine(term.second);
      if (!partner) continue;
      const auto other = terms_.find(partner->key);
      if (other == terms_.end() || other->second.first.value != term.first.value) continue;
      joined.emplace_back(term.first, without_square(term.second));
      term.first = other->second.first = {};
    }
    for (const auto& [coefficient, rest] : joined) add(rest, coefficient);
  }

  Form sum() const {
    std::vector<Form> kept;
    for (const auto& [key, term] : terms_)
      if (!term.first.is(0)) kept.push_back(product_of({number_form(term.first), term.second}));
    if (kept.empty()) return whole_form(0);
    if (kept.size() == 1) return kept[0];
    return with_key({.kind = Kind::sum, .parts = std::move(kept)});
  }

 private:
  /// The factor sin(u)^2 of a term, if it has one.
  static Form square_of_sine(const Form& term) {
    const auto is_square = [](const Form& factor) {
      return factor->kind == Kind::power && is(factor->parts[1], 2) &&
             factor->parts[0]->kind == Kind::call && factor->parts[0]->name == "sin";
    };
    if (is_square(term)) return term;
    if (term->kind != Kind::product) return nullptr;
    const auto found = std::find_if(term->parts.begin(), term->parts.end(), is_square);
    return found == term->parts.end() ? nullptr : *found;
  }

  static Form without_square(const Form& term) {
    return product_of({term, power_of(square_of_sine(term), whole_form(-1))});
  }

  static Form sine_to_cosine(const Form& term) {
    const Form square = square_of_sine(term);
    if (!square) return nullptr;
    const Form cosine = call_of("cos", square->parts[0]->parts);
    return product_of({without_square(term), power_of(cosine, whole_form(2))});
  }

  std::map<std::string, std::pair<Coefficient, Form>> terms_ = {};
};

/// Factors by their bases, so that exponents of like ones add up.
class Factors {
 public:
  void multiply(const Form& factor) {
    if (factor->kind == Kind::number) {
      coefficient_ = coefficient_ * factor->number;
    } else if (factor->kind == Kind::product) {
      coefficient_ = coefficient_ * factor->number;
      for (const Form& part : factor->parts) multiply(part);
    } else {
      const auto [base, exponent] = split_power(factor);
      auto& [form, exponents] = powers_[base->key];
      form = base;
      exponents.push_back(exponent);
    }
  }

  Form product() const {
    if (coefficient_.is(0)) return whole_form(0);
    Coefficient coefficient = coefficient_;
    std::vector<Form> kept;
    // A power may have become a number, or a product with one.
    const auto keep = [&](const Form& factor) {
      if (factor->kind == Kind::number || factor->kind == Kind::product)
        coefficient = coefficient * factor->number;
      if (factor->kind == Kind::product)
        kept.insert(kept.end(), factor->parts.begin(), factor->parts.end());
      else if (factor->kind != Kind::number)
        kept.push_back(factor);
    };
    for (const auto& [key, power] : powers_) keep(power_of(power.first, sum_of(power.second)));
    while (const Form root = take_joined_roots(kept)) keep(root);
    std::sort(kept.begin(), kept.end(),
              [](const Form& a, const Form& b) { return a->key < b->key; });
    if (coefficient.is(0)) return whole_form(0);
    if (kept.empty()) return number_form(coefficient);
    if (kept.size() == 1 && coefficient.is(1)) return kept[0];
    if (kept.size() == 1 && coefficient.is(-1) && kept[0]->kind == Kind::sum)
      return negative_of(kept[0]);
    return with_key({.kind = Kind::product, .number = coefficient, .parts = std::move(kept)});
  }

 private:
  static bool is_numeric_root(const Form& form) {
    return form->kind == Kind::power && form->parts[0]->kind == Kind::number &&
           form->parts[1]->kind == Kind::number;
  }

  /// Takes out two roots of numbers of one degree, sqrt(2) and sqrt(3), and returns the root of the
  /// product; null when there are no such two.
  static Form take_joined_roots(std::vector<Form>& factors) {
    for (auto a = factors.begin(); a != factors.end(); ++a) {
      if (!is_numeric_root(*a)) continue;
      const auto b = std::find_if(a + 1, factors.end(), [&](const Form& other) {
        return is_numeric_root(other) && other->parts[1]->key == (*a)->parts[1]->key;
      });
      if (b == factors.end()) continue;
      const Form base = number_form((*a)->parts[0]->number * (*b)->parts[0]->number);
      const Form root = power_of(base, (*a)->parts[1]);
      factors.erase(b);
      factors.erase(a);
      return root;
    }
    return nullptr;
  }

  static Form negative_of(const Form& sum) {
    Terms terms;
    terms.add(sum, {-1});
    return terms.sum();
  }

  Coefficient coefficient_ = {1};
  std::map<std::string, std::pair<Form, std::vector<Form>>> powers_ = {};
};

bool is_whole(const Form& form) { return form->kind == Kind::number && form->number.is_whole(); }

bool is_even(const Form& form) { return is_whole(form) && numerator(form->number.value) % 2 == 0; }

/// A root of a positive fraction in its one shape; null where that would be long.
Form root_of_number(const Coefficient& base, const Coefficient& exponent) {
  if (base.decimal || exponent.decimal || base.value <= 0 || exponent.is_whole()) return nullptr;
  const auto root = numeric_root(base.value, exponent.value);
  if (!root) return nullptr;
  const Form inside = number_form({Rational(root->inside)}), degree = number_form({root->exponent});
  const Form power = power_form(inside, degree);
  return root->outside == 1 ? power : product_of({number_form({root->outside}), power});
}

/// (a^b)^c, joined where the law of exponents holds for all real a.
Form nested_power(const Form& power, const Form& exponent) {
  const Form &base = power->parts[0], &inner = power->parts[1];
  const Form joined = product_of({inner, exponent});
  const bool positive = base->kind == Kind::number && base->number.value > 0;
  if (is_whole(exponent) || positive) return power_of(base, joined);
  if (is_even(inner)) return power_of(call_of("abs", {base}), joined);
  return power_form(power, exponent);
}

/// (c u)^y with a number c, as c^y u^y where that is an identity and a help.
Form power_of_product(const Form& product, const Form& exponent) {
  if (is_whole(exponent)) {
    std::vector<Form> factors{power_of(number_form(product->number), exponent)};
    for (const Form& part : product->parts) factors.push_back(power_of(part, exponent));
    return product_of(factors);
  }
  if (product->number.value > 0 && exponent->kind == Kind::number)
    if (const auto value = power(product->number, exponent->number); value && !value->is(1))
      return product_of(
          {number_form(*value), power_of(split_coefficient(product).second, exponent)});
  return power_form(product, exponent);
}

}  // namespace

Form with_key(Canonical form) {
  form.key = key_of(form);
  return std::make_shared<const Canonical>(std::move(form));
}

Form number_form(const Coefficient& number) {
  return with_key({.kind = Kind::number, .number = number});
}

Form whole_form(int number) { return number_form({number}); }

Form symbol_form(const std::string& name) { return with_key({.kind = Kind::symbol, .name = name}); }

Form sum_of(const std::vector<Form>& terms) {
  Terms sum;
  for (const Form& term : terms) sum.add(term);
  sum.join_squares();
  return sum.sum();
}

Form product_of(const std::vector<Form>& factors) {
  Factors product;
  for (const Form& factor : factors) product.multiply(factor);
  return product.product();
}

Form power_of(const Form& base, const Form& exponent) {
  if (is(exponent, 1)) return base;
  if (is(exponent, 0) || is(base, 1)) return whole_form(1);
  if (base->kind == Kind::number && exponent->kind == Kind::number) {
    if (const auto value = power(base->number, exponent->number)) return number_form(*value);
    if (const Form root = root_of_number(base->number, exponent->number)) return root;
  }
  if (base->kind == Kind::power) return nested_power(base, exponent);
  if (base->kind == Kind::product) return power_of_product(base, exponent);
  if (base->kind == Kind::call && base->name == "abs" && is_even(exponent))
    return power_of(base->parts[0], exponent);
  if (base->kind == Kind::call && base->name == "exp")
    return call_of("exp", {product_of({base->parts[0], exponent})});
  return power_form(base, exponent);
}

Form call_of(const std::string& function, std::vector<Form> arguments) {
  if (const Form value = known_value(function, arguments)) return value;
  return with_key({.kind = Kind::call, .name = function, .parts = std::move(arguments)});
}

bool is(const Form& form, int whole) {
  return form->kind == Kind::number && form->number.is(whole);
}

std::pair<Coefficient, Form> split_coefficient(const Form& term) {
  if (term->kind == Kind::number) return {term->number, whole_form(1)};
  if (term->kind != Kind::product || term->number.is(1)) return {{1}, term};
  if (term->parts.size() == 1) return {term->number, term->parts[0]};
  Canonical rest = *term;
  rest.number = {1};
  return {term->number, with_key(std::move(rest))};
}

std::pair<Form, Form> split_power(const Form& factor) {
  if (factor->kind == Kind::power) return {factor->parts[0], factor->parts[1]};
  // exp(u) counts as a power of exp(1), so that exp(u) exp(v) is exp(u + v)
  if (factor->kind == Kind::call && factor->name == "exp")
    return {with_key({.kind = Kind::call, .name = "exp", .parts = {whole_form(1)}}),
            factor->parts[0]};
  return {factor, whole_form(1)};
}

bool depends_on(const Form& form, const std::string& symbol) {
  if (form->kind == Kind::symbol) return form->name == symbol;
  return std::any_of(form->parts.begin(), form->parts.end(),
                     [&](const Form& part) { return depends_on(part, symbol); });
}

}  // namespace mathtool::math
