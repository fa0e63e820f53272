#include "logistic_kernels.hpp"

#include <algorithm>
#include <cmath>

#include "mathtool/math/elementary_kernels.hpp"
#include "mathtool/math/multiversion.hpp"

namespace mathtool::opt {

MATHTOOL_MULTIVERSION
void logistic_losses(Index n, const double* z, const double* y, double* loss, double* residual) {
  for (Index i = 0; i < n; ++i) {
    // e ≤ 1, so that nothing overflows and no digit is lost on either side.
    const double e = math::kernels::exp(-std::abs(z[i]));
    loss[i] = math::kernels::log1p(e) + (std::max(z[i], 0.0) - y[i] * z[i]);
    const double small = e / (1 + e), large = 1 / (1 + e);
    residual[i] = (z[i] > 0 ? large : small) - y[i];
  }
}

MATHTOOL_MULTIVERSION
void logistic_weights(Index n, const double* z, double* weight) {
  for (Index i = 0; i < n; ++i) {
    const double e = math::kernels::exp(-std::abs(z[i]));
    weight[i] = e / ((1 + e) * (1 + e));
  }
}

}  // namespace mathtool::opt
