#pragma once

#include <utility>

#include "mathtool/opt/methods/bfgs.hpp"
#include "mathtool/opt/methods/cg.hpp"
#include "mathtool/opt/methods/lbfgs.hpp"
#include "mathtool/opt/methods/lbfgsb.hpp"

namespace mathtool::test {

/// Calls f with every method that searches along lines, but steepest descent: that takes thousands
/// of steps where the others take tens.
template <class F>
void for_each_method(F&& f) {
  f(opt::Cg{});
  f(opt::Bfgs{});
  f(opt::Lbfgs{});
  f(opt::Lbfgsb{});
}

inline double rosenbrock(const Vec& x, Vec& gradient) {
  gradient.setZero(x.size());
  double sum = 0;
  for (Index i = 0; i + 1 < x.size(); ++i) {
    const double d = x[i + 1] - x[i] * x[i], e = 1 - x[i];
    sum += 100 * d * d + e * e;
    gradient[i] += -400 * x[i] * d - 2 * e;
    gradient[i + 1] += 200 * d;
  }
  return sum;
}

inline Vec rosenbrock_start(Index n) {
  Vec x(n);
  for (Index i = 0; i < n; ++i) x[i] = i % 2 == 0 ? -1.2 : 1;
  return x;
}

}  // namespace mathtool::test
