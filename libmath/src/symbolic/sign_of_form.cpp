#include "sign_of_form.hpp"

#include <cmath>
#include <vector>

#include "mathtool/math/error.hpp"
#include "mathtool/math/expression/scalar_program.hpp"
#include "mathtool/math/random/uniform.hpp"

namespace mathtool::math {
namespace {

/// The variables other than constants.
std::vector<std::string> unknowns(const Expression& expression) {
  std::vector<std::string> names = variables(expression);
  const auto& constants = elementary_functions_of<double>().constants;
  std::erase_if(names, [&](const std::string& name) { return constants.contains(name); });
  return names;
}

}  // namespace

Sign sign_of(const Form& form) {
  if (form->kind == Canonical::Kind::number)
    return form->number.is(0)       ? Sign::zero
           : form->number.value > 0 ? Sign::positive
                                    : Sign::negative;
  const Expression expression = readable(form);
  const std::vector<std::string> names = unknowns(expression);
  Philox random(1);
  Sign sign = Sign::unknown;
  try {
    const ScalarProgram<double> program(expression, names);
    const int trials = names.empty() ? 1 : 8;
    for (int i = 0; i < trials; ++i) {
      std::vector<double> values(names.size());
      for (double& value : values) value = std::exp(4 * uniform(random) - 2);
      const double y = program(values);
      constexpr double least = 1e-10;  // less may be the rounding of 0
      if (!(std::abs(y) > least)) return Sign::unknown;
      const Sign here = y > 0 ? Sign::positive : Sign::negative;
      if (sign != Sign::unknown && here != sign) return Sign::unknown;
      sign = here;
    }
  } catch (const DomainError&) { return Sign::unknown; }
  return sign;
}

}  // namespace mathtool::math
