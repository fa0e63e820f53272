#pragma once

#include <string>
#include <vector>

#include "mathtool/math/expression/expression.hpp"
#include "mathtool/math/function_ref.hpp"
#include "mathtool/stats/distribution_family.hpp"

namespace mathtool::cli {

/// Whether a formula can be meant as a distribution: gamma(2, 1), or a family's name alone.
bool names_distribution(const math::Expression& expression);

/// A distribution as it stands in an expression, where its parameters are formulas: normal(a, 2),
/// truncated(gamma(k), 0, inf), t(df=5).
class DistributionFormula {
 public:
  using Expression = math::Expression;

  /// Parameters by position and by name, standards for what is left out.
  /// Throws: DomainError for what is no distribution, with the nearest name, and for parameters
  ///         that the family does not have.
  explicit DistributionFormula(const Expression& written);

  /// The same with other parameters.
  DistributionFormula with(FunctionRef<Expression(const Expression& parameter)> meaning) const;

  /// All parameters, also of the distributions within.
  std::vector<Expression> parameters() const;

  /// With every parameter by position: what its constructor reads as the same.
  Expression expression() const;

  bool discrete() const;

  /// `numbers` gives the value of each parameter, in the order of `parameters()`: one number, or
  /// those of a list that was not written out.
  /// Throws: DomainError where a parameter is out of its range.
  stats::AnyDistribution distribution(
      FunctionRef<std::vector<double>(const Expression& parameter)> numbers) const;

 private:
  /// What stands for one parameter of the family: numbers or distributions, whichever it takes.
  struct Argument {
    std::vector<Expression> numbers = {};
    std::vector<DistributionFormula> distributions = {};
  };

  DistributionFormula(const Expression& written, int depth);
  Argument argument(const stats::Parameter& parameter, const std::vector<Expression>& written,
                    int depth) const;

  const stats::DistributionFamily* family_;
  std::vector<Argument> arguments_ = {};  ///< as many as the family has parameters
};

}  // namespace mathtool::cli
