#pragma once

#include <memory>
#include <span>
#include <string>
#include <vector>

#include "mathtool/math/expression/expression.hpp"
#include "mathtool/math/types.hpp"

namespace mathtool::opt {

/// A formula as an objective, with exact derivatives: the gradient by automatic differentiation,
/// the Hessian by that of the symbolic gradient. One per thread.
///
/// Throws: DomainError for an unknown name or function, with the nearest one, for text and
/// matrices.
class ExpressionObjective {
 public:
  /// `variables` are the coordinates of x in their order; each hides a constant of its name.
  ExpressionObjective(const math::Expression& expression, std::span<const std::string> variables);
  ExpressionObjective(ExpressionObjective&&) noexcept;
  ExpressionObjective& operator=(ExpressionObjective&&) noexcept;
  ~ExpressionObjective();

  double operator()(const Vec& x, Vec& gradient);
  double value(const Vec& x);
  Mat hessian(const Vec& x);

  const std::vector<std::string>& variables() const;

  /// Of how many squares the formula is the sum as it is written, `100*(y - x^2)^2 + (1 - x)^2`: 2;
  /// 0 where it is no such sum.
  Index squares() const;

 private:
  struct Programs;
  std::unique_ptr<Programs> programs_;
};

}  // namespace mathtool::opt
