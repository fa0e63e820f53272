#include "cli/regress/penalty_option.hpp"

#include <algorithm>
#include <cmath>

#include "cli/constant_expression.hpp"
#include "mathtool/math/error.hpp"

namespace mathtool::cli {
namespace {

double fixed_penalty(const std::string& text, const char* option) {
  if (text.empty()) return 0;
  const double value = constant_expression(text, option);
  require(value >= 0 && std::isfinite(value), "{} takes a number >= 0 or cv, not {}", option, text);
  return value;
}

}  // namespace

void PenaltyOption::check() const {
  double sum = 0;
  if (ridge != "cv") sum += fixed_penalty(ridge, "--ridge");
  if (lasso != "cv") sum += fixed_penalty(lasso, "--lasso");
  require(!given() || by_cross_validation() || sum > 0,
          "a penalty of 0 is none: leave --ridge and --lasso out");
}

std::vector<stats::Penalty> PenaltyOption::path(const stats::Covariance& all,
                                                bool intercept) const {
  constexpr int lines = 30, ridges = 8;  // where both are sought
  const bool both = ridge == "cv" && lasso == "cv";
  std::vector<double> l1{0.0}, l2{0.0};
  if (lasso == "cv")
    l1 = stats::lasso_path(all, intercept, both ? lines : 100);
  else
    l1 = {fixed_penalty(lasso, "--lasso")};
  if (ridge == "cv")
    l2 = stats::ridge_path(both ? ridges : 100);
  else
    l2 = {fixed_penalty(ridge, "--ridge")};
  std::vector<stats::Penalty> result;
  for (const double b : l2)
    for (const double a : l1) result.push_back({.l1 = a, .l2 = b});
  return result;
}

}  // namespace mathtool::cli
