#pragma once

#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "mathtool/math/function_ref.hpp"
#include "mathtool/math/types.hpp"
#include "mathtool/stats/distribution.hpp"

namespace mathtool::stats {

/// A variable that takes one of finitely many levels.
struct DiscreteVariable {
  std::string name = {};
  std::vector<std::string> levels = {};
};

/// A combination of levels, one of each variable by its position, and what it weighs.
struct JointCell {
  std::vector<Index> levels = {};
  Extended mass = 0;  ///< a count or a probability, ≥ 0
};

/// What is known: a level of each of some variables, as in {{"test", "positive"}}.
using Evidence = std::vector<std::pair<std::string, std::string>>;

/// "test = positive, age = old".
std::string to_string(const Evidence& evidence);

/// The joint distribution of discrete variables, from counts or probabilities:
///     P(x₁, ..., x_k) = mass / total
/// Only the combinations that were named are stored, whatever the product of the levels. Masses
/// are never rounded to double on the way: sums of 1e308 are finite, quotients of 1e-308 not 0.
///
/// Throws: DomainError for a name or a level that does not exist, with the nearest one.
/// Ref:    Feller, An Introduction to Probability Theory and Its Applications 1 (1968), ch. V.
class JointTable {
 public:
  /// Cells of the same levels add up.
  /// Throws:  DomainError where names repeat or a mass is negative or not finite; DimensionError
  ///          where a cell does not fit the variables; InsufficientDataError where all masses are
  ///          0.
  JointTable(std::vector<DiscreteVariable> variables, std::vector<JointCell> cells);

  const std::vector<DiscreteVariable>& variables() const { return variables_; }
  const std::vector<JointCell>& cells() const { return cells_; }  ///< in the order of the levels
  Extended total() const { return total_; }  ///< of the masses: the observations, if they count

  std::vector<std::string> names() const;
  Index find_variable(std::string_view name) const;
  Index find_level(Index variable, std::string_view level) const;

  double probability_of(const JointCell& cell) const;
  double probability(const Evidence& event) const;
  /// P(x = level) of each level of a variable.
  std::vector<double> level_probabilities(std::string_view name) const;

  /// Of some variables, in the order named: P(x) = Σ over y of P(x, y).
  JointTable marginal(std::span<const std::string> names) const;

  /// Of the variables that are not given: P(x | y) = P(x, y) / P(y).
  /// Throws: InsufficientDataError where P(y) = 0; DomainError where no variable is left.
  JointTable conditional(const Evidence& given) const;

  /// The table with another distribution of one variable, everything else as likely given that
  /// variable as before: P'(x, y) = P'(x) P(y | x), Jeffrey's rule. `probabilities` go with its
  /// levels, the sum need not be 1.
  /// Throws: InsufficientDataError for a level that becomes possible but is not so in the table.
  /// Ref:    Jeffrey, The Logic of Decision (1965), ch. 11.
  JointTable with_marginal(std::string_view name, std::span<const double> probabilities) const;

  /// E f = Σ f(x) P(x) over the cells of probability > 0; f takes the positions of the levels.
  double expectation(FunctionRef<double(std::span<const Index>)> f) const;

 private:
  std::vector<Extended> level_masses(Index variable) const;
  JointTable select(const std::vector<Index>& positions, std::vector<JointCell> cells) const;
  std::vector<std::pair<Index, Index>> locate(const Evidence& evidence) const;

  std::vector<DiscreteVariable> variables_;
  std::vector<JointCell> cells_;
  Extended total_ = 0;
};

}  // namespace mathtool::stats
