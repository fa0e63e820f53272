#pragma once

#include <span>
#include <string>
#include <vector>

#include "mathtool/math/expression/parse_expression.hpp"
#include "mathtool/math/expression/scalar_program.hpp"

namespace mathtool::test {

/// A formula of a reference table as a function of real numbers.
class RealFunction {
 public:
  RealFunction(const std::string& text, const std::vector<std::string>& variables)
      : program_(math::parse_expression(text).expression, variables) {}

  double operator()(std::span<const double> values) const { return program_(values); }
  double operator()(std::initializer_list<double> values) const {
    return program_(std::span(values.begin(), values.size()));
  }

 private:
  math::ScalarProgram<double> program_;
};

}  // namespace mathtool::test
