#include "vector_kernels.hpp"

#include "mathtool/math/multiversion.hpp"

namespace mathtool::opt {
namespace {

constexpr Index lanes = 8;
using Lanes = double __attribute__((vector_size(64), aligned(8), may_alias));

MATHTOOL_KERNEL const Lanes& at(const double* a, Index i) {
  return *reinterpret_cast<const Lanes*>(a + i);
}
MATHTOOL_KERNEL Lanes& at(double* a, Index i) { return *reinterpret_cast<Lanes*>(a + i); }

MATHTOOL_KERNEL double sum(const Lanes& a) {
  return ((a[0] + a[4]) + (a[2] + a[6])) + ((a[1] + a[5]) + (a[3] + a[7]));
}

}  // namespace

MATHTOOL_MULTIVERSION
double dot(Index n, const double* a, const double* b) {
  Lanes s0 = {}, s1 = {};
  Index i = 0;
  for (; i + 2 * lanes <= n; i += 2 * lanes) {
    s0 += at(a, i) * at(b, i);
    s1 += at(a, i + lanes) * at(b, i + lanes);
  }
  double rest = 0;
  for (; i < n; ++i) rest += a[i] * b[i];
  return sum(s0 + s1) + rest;
}

MATHTOOL_MULTIVERSION
double combine_then_dot(Index n, double scale, double* q, double c, const double* a,
                        const double* b) {
  Lanes s0 = {}, s1 = {};
  Index i = 0;
  for (; i + 2 * lanes <= n; i += 2 * lanes) {
    const Lanes q0 = scale * at(q, i) + c * at(a, i);
    const Lanes q1 = scale * at(q, i + lanes) + c * at(a, i + lanes);
    at(q, i) = q0, at(q, i + lanes) = q1;
    s0 += q0 * at(b, i);
    s1 += q1 * at(b, i + lanes);
  }
  double rest = 0;
  for (; i < n; ++i) {
    q[i] = scale * q[i] + c * a[i];
    rest += q[i] * b[i];
  }
  return sum(s0 + s1) + rest;
}

MATHTOOL_MULTIVERSION
PairProducts take_differences(Index n, const double* x, const double* x0, const double* g,
                              const double* g0, double* s, double* y) {
  Lanes ss = {}, sy = {}, yy = {};
  Index i = 0;
  for (; i + lanes <= n; i += lanes) {
    const Lanes a = at(x, i) - at(x0, i), b = at(g, i) - at(g0, i);
    at(s, i) = a, at(y, i) = b;
    ss += a * a, sy += a * b, yy += b * b;
  }
  PairProducts rest;
  for (; i < n; ++i) {
    s[i] = x[i] - x0[i], y[i] = g[i] - g0[i];
    rest.ss += s[i] * s[i], rest.sy += s[i] * y[i], rest.yy += y[i] * y[i];
  }
  return {sum(ss) + rest.ss, sum(sy) + rest.sy, sum(yy) + rest.yy};
}

}  // namespace mathtool::opt
