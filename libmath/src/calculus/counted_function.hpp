#pragma once

#include <cstdint>

#include "mathtool/math/function_ref.hpp"
#include "mathtool/math/run_control.hpp"

namespace mathtool::math {

/// f with a count of its evaluations, a budget for them and a way to stop. Lives within one call.
class CountedFunction {
 public:
  CountedFunction(FunctionRef<double(double)> f, std::int64_t budget, const StopToken& stop)
      : f_(f), budget_(budget), stop_(stop) {}

  double operator()(double x) {
    stop_.check();
    ++evaluations_;
    return f_(x);
  }

  std::int64_t evaluations() const { return evaluations_; }
  std::int64_t remaining() const { return budget_ - evaluations_; }
  bool exhausted() const { return remaining() <= 0; }

 private:
  FunctionRef<double(double)> f_;
  std::int64_t budget_;
  std::int64_t evaluations_ = 0;
  StopToken stop_;
};

}  // namespace mathtool::math
