#pragma once

#include <memory>
#include <string>
#include <vector>

#include "cli/calculator/bound_formula.hpp"
#include "mathtool/opt/box.hpp"
#include "mathtool/opt/objective.hpp"

namespace mathtool::cli {

/// A closed formula as an objective: with exact derivatives where every function in it has them,
/// otherwise with differences, within a box, of what the calculator computes.
class FormulaObjective {
 public:
  FormulaObjective(Calculator& calculator, const math::Expression& closed,
                   const std::vector<std::string>& variables, const opt::Box& box = {});
  FormulaObjective(FormulaObjective&&) noexcept;
  ~FormulaObjective();

  bool exact() const;  ///< derivatives without differences

  /// Pre: this object outlives it and stays where it is.
  opt::Objective objective() const;

  const math::Expression& formula() const { return formula_; }

 private:
  struct Kinds;
  math::Expression formula_;
  std::unique_ptr<Kinds> kinds_;
};

}  // namespace mathtool::cli
