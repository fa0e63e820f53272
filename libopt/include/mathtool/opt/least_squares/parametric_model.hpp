#pragma once

#include <memory>
#include <span>
#include <string>
#include <vector>

#include "mathtool/math/expression/block_evaluator.hpp"
#include "mathtool/math/expression/expression.hpp"
#include "mathtool/math/types.hpp"

namespace mathtool::opt {

/// A formula over columns and parameters, such as b1 * (1 - exp(-b2 * x)), with its derivatives by
/// the parameters for many rows: symbolic ones; central differences where a function of the formula
/// has no derivative, and in rows where the symbolic one is not finite though the formula is (x^b
/// at x = 0).
///
/// Throws:  DomainError for a name that is neither, for an unknown function and for texts.
class ParametricModel {
 public:
  /// A parameter hides a constant of its name, a column hides neither.
  ParametricModel(const math::Expression& formula, std::vector<std::string> columns,
                  std::vector<std::string> parameters,
                  const math::FunctionTable& functions = math::elementary_functions());
  ParametricModel(ParametricModel&&) noexcept;
  ParametricModel& operator=(ParametricModel&&) noexcept;
  ~ParametricModel();

  const std::vector<std::string>& columns() const;
  const std::vector<std::string>& parameters() const;

  /// Parameters that the formula depends on linearly, all at once: with the others given, a linear
  /// least-squares problem finds them.
  const std::vector<Index>& linear() const;
  /// Parameters whose symbolic derivative is 0: they cancel out, or only move steps, as in floor.
  const std::vector<Index>& idle() const;

  /// Evaluates values.size() rows; with `jacobian`, ∂/∂parameter, rows × parameters, too. Several
  /// threads may call it. Pre: `rows` holds one column for each of `columns()`, x the parameters.
  void evaluate(std::span<const math::NumberColumn> rows, const Vec& x, Eigen::Ref<Vec> values,
                Mat* jacobian) const;

 private:
  struct Programs;
  std::unique_ptr<const Programs> programs_;
};

}  // namespace mathtool::opt
