#include <map>

#include "form_arithmetic.hpp"
#include "form_shape.hpp"
#include "integration_rules.hpp"
#include "linear_argument.hpp"
#include "mathtool/math/expression/parse_expression.hpp"

namespace mathtool::math {
namespace {

using Kind = Canonical::Kind;

/// ∫ of the left is the right, in u.
struct TableEntry {
  const char *integrand, *antiderivative;
};

constexpr TableEntry table_of_integrals[] = {
    {"exp(u)", "exp(u)"},
    {"expm1(u)", "exp(u) - u"},
    {"log(u)", "u*log(u) - u"},
    {"log1p(u)", "(1 + u)*log1p(u) - u"},
    {"log2(u)", "u*log2(u) - u/log(2)"},
    {"log10(u)", "u*log10(u) - u/log(10)"},
    {"cbrt(u)", "3/4*u*cbrt(u)"},
    {"sin(u)", "-cos(u)"},
    {"cos(u)", "sin(u)"},
    {"tan(u)", "-log(abs(cos(u)))"},
    {"1/cos(u)", "log(abs(tan(u) + 1/cos(u)))"},
    {"1/sin(u)", "log(abs(tan(u/2)))"},
    {"1/tan(u)", "log(abs(sin(u)))"},
    {"cos(u)/sin(u)", "log(abs(sin(u)))"},
    {"sin(u)/cos(u)", "-log(abs(cos(u)))"},
    {"1/cos(u)^2", "tan(u)"},
    {"1/sin(u)^2", "-cos(u)/sin(u)"},
    {"tan(u)^2", "tan(u) - u"},
    {"1/tan(u)^2", "-1/tan(u) - u"},
    {"tan(u)/cos(u)", "1/cos(u)"},
    {"asin(u)", "u*asin(u) + sqrt(1 - u^2)"},
    {"acos(u)", "u*acos(u) - sqrt(1 - u^2)"},
    {"atan(u)", "u*atan(u) - log(1 + u^2)/2"},
    {"sinh(u)", "cosh(u)"},
    {"cosh(u)", "sinh(u)"},
    {"tanh(u)", "log(cosh(u))"},
    {"1/cosh(u)", "2*atan(exp(u))"},
    {"1/sinh(u)", "log(abs(tanh(u/2)))"},
    {"1/tanh(u)", "log(abs(sinh(u)))"},
    {"1/cosh(u)^2", "tanh(u)"},
    {"1/sinh(u)^2", "-1/tanh(u)"},
    {"tanh(u)^2", "u - tanh(u)"},
    {"asinh(u)", "u*asinh(u) - sqrt(u^2 + 1)"},
    {"acosh(u)", "u*acosh(u) - sqrt(u^2 - 1)"},
    {"atanh(u)", "u*atanh(u) + log(1 - u^2)/2"},
    {"erf(u)", "u*erf(u) + exp(-u^2)/sqrt(pi)"},
    {"erfc(u)", "u*erfc(u) - exp(-u^2)/sqrt(pi)"},
    {"abs(u)", "u*abs(u)/2"},
    {"sign(u)", "abs(u)"},
    {"digamma(u)", "lgamma(u)"},
};

/// By the keys of the integrands.
const std::map<std::string, Form>& table() {
  static const std::map<std::string, Form> forms = [] {
    std::map<std::string, Form> made;
    for (const auto& [integrand, antiderivative] : table_of_integrals)
      made[canonical(parse_expression(integrand).expression)->key] =
          canonical(parse_expression(antiderivative).expression);
    return made;
  }();
  return forms;
}

/// The argument of the first function that depends on x.
Form argument_in(const Form& f, const std::string& x) {
  if (f->kind == Kind::call && f->parts.size() == 1 && depends_on(f, x)) return f->parts[0];
  for (const Form& part : f->parts)
    if (Form found = argument_in(part, x)) return found;
  return nullptr;
}

}  // namespace

Form by_linearity(const Form& f, const std::string& x, AntiderivativeSearch& search) {
  if (!depends_on(f, x)) {
    search.note("constant", [&] {
      return fmt::format("{} = {}", integral_text(f, x), text_of(f * symbol_form(x)));
    });
    return f * symbol_form(x);
  }
  if (f->kind == Kind::sum) {
    search.note("sum rule", [&] {
      std::string text;
      for (const Form& term : f->parts)
        text += (text.empty() ? "" : " + ") + integral_text(term, x);
      return fmt::format("{} = {}", integral_text(f, x), text);
    });
    std::vector<Form> terms;
    for (const Form& term : f->parts) {
      terms.push_back(search.integrate(term, x));
      if (!terms.back()) return nullptr;
    }
    return sum_of(terms);
  }
  const auto [constant, rest] = separated(f, x);
  if (is(constant, 1)) return nullptr;
  search.note("constant factor", [&, constant = constant, rest = rest] {
    return fmt::format("{} = {} * {}", integral_text(f, x), text_of(constant),
                       integral_text(rest, x));
  });
  const Form result = search.integrate(rest, x);
  return result ? constant * result : nullptr;
}

Form by_power_rule(const Form& f, const std::string& x, AntiderivativeSearch& search) {
  const auto [base, exponent] = split_power(f);
  Form result;
  if (!depends_on(exponent, x)) {
    const auto linear = linear_in(base, x);
    if (!linear) return nullptr;
    const Form next = exponent + whole_form(1);
    result = is(next, 0) ? logarithm_of_size(base) / linear->slope
                         : power_of(base, next) / (next * linear->slope);
  } else if (!depends_on(base, x) && f->kind == Kind::power) {
    const auto linear = linear_in(exponent, x);
    if (!linear) return nullptr;
    result = f / (linear->slope * call_of("log", {base}));
  } else {
    return nullptr;
  }
  search.note("power rule",
              [&] { return fmt::format("{} = {}", integral_text(f, x), text_of(result)); });
  return result;
}

Form by_table(const Form& f, const std::string& x, AntiderivativeSearch& search) {
  const Form argument = argument_in(f, x);
  const auto linear = argument ? linear_in(argument, x) : std::nullopt;
  if (!linear) return nullptr;
  const std::string u = "u";
  const Form pattern = replace_where(f, [&](const Form& part) -> Form {
    return part->key == argument->key ? symbol_form(u) : nullptr;
  });
  const auto found = table().find(pattern->key);
  if (found == table().end()) return nullptr;
  const Form result = replaced(found->second, u, argument) / linear->slope;
  search.note(argument->kind == Kind::symbol ? "table of integrals" : "linear substitution",
              [&] { return fmt::format("{} = {}", integral_text(f, x), text_of(result)); });
  return result;
}

}  // namespace mathtool::math
