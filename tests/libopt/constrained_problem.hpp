#pragma once

#include <memory>
#include <string>
#include <vector>

#include "mathtool/math/expression/parse_expression.hpp"
#include "mathtool/opt/constraints/constraint.hpp"
#include "mathtool/opt/expression_objective.hpp"

namespace mathtool::test {

/// A constrained problem given by formulas, which it owns: `left = right`, `<=` or `>=`.
class FormulaProblem {
 public:
  FormulaProblem(std::vector<std::string> variables, const std::string& objective,
                 const std::vector<std::string>& constraints = {})
      : variables_(std::move(variables)) {
    const opt::Objective f = add(objective);
    problem_.emplace_back(opt::ConstrainedProblem{.f = f});
    for (const std::string& text : constraints) {
      const auto at = text.find_first_of("<>=");
      const bool equality = text[at] == '=', turned = text[at] == '>';
      const std::string left = text.substr(0, at), right = text.substr(at + (equality ? 1 : 2));
      const opt::Objective g =
          add(turned ? "(" + right + ") - (" + left + ")" : "(" + left + ") - (" + right + ")");
      problem_[0].constraints.push_back(
          {.g = g, .equality = equality, .text = text, .turned = turned});
    }
  }

  opt::ConstrainedProblem& operator*() { return problem_[0]; }
  opt::ConstrainedProblem* operator->() { return &problem_[0]; }
  const std::vector<std::string>& variables() const { return variables_; }

 private:
  opt::Objective add(const std::string& formula) {
    owned_.push_back(std::make_unique<opt::ExpressionObjective>(
        math::parse_expression(formula).expression, variables_));
    return opt::Objective(*owned_.back());
  }

  std::vector<std::string> variables_;
  std::vector<std::unique_ptr<opt::ExpressionObjective>> owned_ = {};
  std::vector<opt::ConstrainedProblem> problem_ = {};
};

}  // namespace mathtool::test
