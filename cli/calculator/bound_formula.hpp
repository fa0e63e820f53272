#pragma once

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "cli/calculator/calculator.hpp"
#include "mathtool/math/expression/scalar_program.hpp"

namespace mathtool::cli {

struct PreciseFormula;

/// A closed formula as a function of real numbers; NaN where it has no real value. It refers to its
/// calculator and keeps room for intermediate results: one thread at a time.
class BoundFormula {
 public:
  BoundFormula(Calculator& calculator, math::Expression closed, std::vector<std::string> variables);
  BoundFormula(BoundFormula&&) noexcept;
  ~BoundFormula();

  double operator()(std::span<const double> x) const;
  double operator()(const Vec& x) const {
    return (*this)(std::span<const double>(x.data(), static_cast<std::size_t>(x.size())));
  }
  double operator()(double x) const { return (*this)(std::span<const double>(&x, 1)); }
  double operator()(double x, double y) const {
    const double both[] = {x, y};
    return (*this)(std::span<const double>(both));
  }

  const math::Expression& formula() const { return formula_; }

  /// The same in 50 and 100 digits; null where a function in it knows doubles alone. Made at the
  /// first call.
  const PreciseFormula* precise() const;

 private:
  Calculator* calculator_;
  math::Expression formula_;
  std::vector<std::string> variables_;
  std::optional<math::ScalarProgram<double>> program_ = {};
  mutable std::vector<double> stack_ = {};
  mutable std::unique_ptr<PreciseFormula> precise_;
};

/// A formula of one variable, taken from an argument. `name` must be a variable.
BoundFormula function_of(Calculator& calculator, const math::Expression& formula,
                         const math::Expression& name, const Scope& scope);

/// The name of a variable that is an argument. Throws: DomainError for anything else.
std::string variable_name(const math::Expression& argument, const std::string& function);

/// The names in [x, y], or the one name.
std::vector<std::string> variable_names(const math::Expression& argument,
                                        const std::string& function);

/// The entries of a vector that is written out, or the one formula.
std::vector<math::Expression> entries(const math::Expression& argument);

/// f - g of an equation f = g; another formula as it is.
math::Expression difference(const math::Expression& equation);

double real_argument(Calculator& calculator, const math::Expression& argument, const Scope& scope,
                     const std::string& what);

}  // namespace mathtool::cli
