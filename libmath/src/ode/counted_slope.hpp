#pragma once

#include <cmath>
#include <cstdint>

#include "mathtool/math/ode/solve_ode.hpp"

namespace mathtool::math {

/// f(t, y) with a count, a budget and a way to stop. Lives within one call.
class CountedSlope {
 public:
  CountedSlope(OdeFunction f, std::int64_t budget, const StopToken& stop)
      : f_(f), budget_(budget), stop_(stop) {}

  void operator()(double t, const Vec& y, Vec& slope) {
    stop_.check();
    ++evaluations_;
    f_(t, y, slope);
  }

  std::int64_t evaluations() const { return evaluations_; }
  bool exhausted() const { return evaluations_ >= budget_; }

 private:
  OdeFunction f_;
  std::int64_t budget_;
  std::int64_t evaluations_ = 0;
  StopToken stop_;
};

/// What error one step may make: |errorᵢ| ≤ absolute + relative · |yᵢ|, in the root mean square.
struct StepTolerance {
  double relative, absolute;

  double norm(const Vec& error, const Vec& y, const Vec& y_new) const {
    return std::sqrt(
        (error.array() / (absolute + relative * y.cwiseAbs().cwiseMax(y_new.cwiseAbs()).array()))
            .square()
            .mean());
  }
};

}  // namespace mathtool::math
