#pragma once

#include <cmath>

#include "mathtool/math/types.hpp"
#include "mathtool/opt/least_squares/levenberg_marquardt.hpp"

namespace mathtool::test {

/// R's data set BOD: biochemical oxygen demand by days (Bates & Watts, 1988, A1.4).
inline const Vec days{{1, 2, 3, 4, 5, 7}}, demand{{8.3, 10.3, 19.0, 16.0, 15.6, 19.8}};

/// r = a (1 − exp(−k t)) − y with its Jacobian.
struct Saturation {
  Vec t, y;
  void operator()(const Vec& x, Vec& r, Mat* J) const {
    const Vec decay = (-x[1] * t.array()).exp();
    r = x[0] * (1 - decay.array()) - y.array();
    if (!J) return;
    J->resize(t.size(), 2);
    J->col(0) = 1 - decay.array();
    J->col(1) = x[0] * t.array() * decay.array();
  }
};

inline Vec curve(const Vec& t, double a, double k) { return a * (1 - (-k * t.array()).exp()); }

inline opt::NonlinearFit fit_bod(const Vec& start,
                                 const opt::LevenbergMarquardtOptions& options = {}) {
  const Saturation f{days, demand};
  return opt::levenberg_marquardt(f, start, options);
}

}  // namespace mathtool::test
