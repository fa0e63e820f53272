#pragma once

#include <string>

#include "cli/calculator/value.hpp"
#include "mathtool/math/expression/expression.hpp"
#include "mathtool/math/expression/formula_error.hpp"

namespace mathtool::cli {

/// Throws: FormulaError that points to where the formula stands in the line, if that is known.
[[noreturn]] void refuse(const math::Expression& expression, const std::string& message);

/// Throws: DomainError if the function does not take so many arguments.
void require_count(const std::string& function, std::size_t count, int least, int most);

/// A message that begins with the name of what failed, "solve_ode: ...", under the name by which
/// the calculator knows it; one that begins with a function of the language, or with none, as it
/// is.
std::string in_own_words(const std::string& function, const std::string& message);

/// What `compute` gives; its errors speak of `function`.
template <class Compute>
auto speaking_of(const std::string& function, Compute&& compute) {
  try {
    return compute();
  } catch (const math::FormulaError&) { throw; } catch (const DimensionError& error) {
    throw DimensionError(in_own_words(function, error.what()));
  } catch (const DomainError& error) {
    throw DomainError(in_own_words(function, error.what()));
  } catch (const NotEstablished& failure) {
    throw NotEstablished(failure.status, in_own_words(function, failure.what()));
  }
}

}  // namespace mathtool::cli
