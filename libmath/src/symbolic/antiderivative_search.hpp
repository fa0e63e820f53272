#pragma once

#include <fmt/format.h>

#include <functional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "canonical.hpp"
#include "mathtool/math/expression/function_table.hpp"
#include "mathtool/math/run_control.hpp"
#include "mathtool/math/symbolic/differentiate.hpp"

namespace mathtool::math {

/// One search for an antiderivative: it tries the rules on the formula, and they call it for what
/// they make of it. What failed once is not tried again, nor what is being tried already; depth and
/// number of trials are limited.
class AntiderivativeSearch {
 public:
  /// `names` are taken and will not be used for new variables.
  AntiderivativeSearch(const FunctionTable& functions, std::vector<std::string> names, bool explain,
                       StopToken stop)
      : functions_(functions), names_(std::move(names)), explain_(explain), stop_(stop) {}

  /// ∫ f dx; null: not found.
  Form integrate(const Form& f, const std::string& x);

  /// df/dx, with sign(u) written as u/abs(u), which cancels. Null where a function has no rule.
  Form derivative(const Form& f, const std::string& x) const;

  /// ∫ f dx = ∫ g du with u = u(x), where `g` makes the new integrand of the new variable; null
  /// where it gives null, or something that still contains x.
  Form substitute(const Form& f, const std::string& x, const Form& u,
                  const std::function<Form(const Form& variable)>& g);

  /// Adds a line to the explanation; `formula` is a function that makes its text.
  template <class Formula>
  void note(const std::string& rule, Formula&& formula) {
    if (explain_) steps_.push_back({rule, formula()});
  }

  std::vector<DerivationStep> take_steps() { return std::move(steps_); }

 private:
  Form first_that_applies(const Form& f, const std::string& x);
  std::string new_variable() const;

  const FunctionTable& functions_;
  std::vector<std::string> names_;
  bool explain_;
  StopToken stop_;
  std::vector<DerivationStep> steps_ = {};
  std::set<std::string> closed_ = {};  ///< integrals that failed or are under way
  int depth_ = 0, trials_ = 0;
};

/// "x * sin(x)", "(x + 1)": ready to stand in a product.
std::string text_of(const Form& form);
/// "∫ x * sin(x) dx"
std::string integral_text(const Form& f, const std::string& x);

}  // namespace mathtool::math
