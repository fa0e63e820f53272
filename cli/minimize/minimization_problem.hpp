#pragma once

#include <deque>
#include <string>
#include <vector>

#include "cli/calculator/calculator.hpp"
#include "cli/calculator/formula_objective.hpp"
#include "mathtool/opt/constraints/constraint.hpp"

namespace mathtool::cli {

/// A problem as the command line gives it.
struct MinimizationTexts {
  std::string formula = {};
  std::vector<std::string> start = {};        ///< NAME=NUMBER,...
  std::vector<std::string> bounds = {};       ///< NAME=LOW:HIGH,...
  std::vector<std::string> constraints = {};  ///< LEFT = RIGHT, <=, >=
};

/// A function to minimise, its variables, start, bounds and constraints. The variables are the
/// names that are neither constants nor functions, in order of first appearance.
class MinimizationProblem {
 public:
  /// The calculator must outlive it. Throws: FormulaError, DomainError in the user's words.
  MinimizationProblem(Calculator& calculator, const MinimizationTexts& texts);

  const std::string& text() const { return text_; }
  const std::vector<std::string>& variables() const { return variables_; }
  const Vec& start() const { return start_; }  ///< in the box
  const opt::Box& box() const { return box_; }
  bool constrained() const { return !constraints_.empty(); }
  bool exact() const;  ///< all derivatives without differences

  opt::Objective objective() const { return objective_.front().objective(); }
  opt::ConstrainedProblem with_constraints() const;

  const math::Expression& formula() const { return objective_.front().formula(); }

  /// LEFT − RIGHT, or RIGHT − LEFT of a `>=`, and the text it came from.
  struct SideCondition {
    FormulaObjective g;
    bool equality, turned;
    std::string text;
  };
  const std::deque<SideCondition>& side_conditions() const { return constraints_; }

  const std::vector<std::string>& notes() const { return notes_; }

 private:
  void read_start(const std::vector<std::string>& texts);
  void read_bounds(const std::vector<std::string>& texts);
  Index index_of(const std::string& name, std::string_view option) const;

  std::string text_ = {};
  std::vector<std::string> variables_ = {};
  std::deque<FormulaObjective> objective_ = {};  ///< one; made when the variables are known
  std::deque<SideCondition> constraints_ = {};   ///< stay where they are
  Vec start_ = {};
  opt::Box box_ = {};
  std::vector<std::string> notes_ = {};
};

}  // namespace mathtool::cli
