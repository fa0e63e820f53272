#include "verify_antiderivative.hpp"

#include <cmath>
#include <optional>
#include <vector>

#include "mathtool/math/error.hpp"
#include "mathtool/math/expression/scalar_program.hpp"
#include "mathtool/math/fifty_digits.hpp"
#include "mathtool/math/random/uniform.hpp"
#include "mathtool/math/symbolic/differentiate.hpp"
#include "mathtool/math/symbolic/simplify.hpp"

namespace mathtool::math {
namespace {

using Program = ScalarProgram<FiftyDigits>;

/// None where the function is not defined; some functions say so by an exception.
std::optional<FiftyDigits> value_at(const Program& program, const std::vector<FiftyDigits>& point) {
  try {
    const FiftyDigits value = program(point);
    return isfinite(value) ? std::optional(value) : std::nullopt;
  } catch (const std::exception&) { return {}; }
}

bool agree(const FiftyDigits& a, const FiftyDigits& b) {
  const FiftyDigits relative("1e-30"), absolute("1e-42");
  return abs(a - b) <= relative * (abs(a) + abs(b)) + absolute;
}

/// Both signs and, as long as few points lie in the domain, larger and larger sizes.
double random_abscissa(Philox& random, int trial) {
  const double scale = trial < 40 ? 3 : trial < 80 ? 30 : 1000;
  const double size = scale * uniform(random);
  return trial % 3 == 2 ? -size : size;
}

}  // namespace

bool differentiates_back(const Expression& antiderivative, const Expression& f,
                         const std::string& x, const FunctionTable& functions) {
  const Expression slope = differentiate(antiderivative, x, functions).value;
  std::vector<std::string> names = variables(f);
  const auto& constants = elementary_functions_of<FiftyDigits>().constants;
  std::erase_if(names,
                [&](const std::string& name) { return name == x || constants.contains(name); });
  names.insert(names.begin(), x);
  std::optional<Program> given, derived;
  try {
    given.emplace(f, names);
    derived.emplace(slope, names);
  } catch (const DomainError&) { return simplify(slope) == simplify(f); }

  constexpr int wanted = 8, least = 3, most_trials = 120;
  Philox random(2);
  int points = 0;
  for (int trial = 0; trial < most_trials && points < wanted; ++trial) {
    std::vector<FiftyDigits> point{random_abscissa(random, trial)};
    for (std::size_t i = 1; i < names.size(); ++i)
      point.emplace_back(std::exp(3 * uniform(random) - 1.5));
    const auto expected = value_at(*given, point);
    if (!expected) continue;
    const auto value = value_at(*derived, point);
    if (!value || !agree(*value, *expected)) return false;
    ++points;
  }
  return points >= least;
}

}  // namespace mathtool::math
