#include "mathtool/opt/clipping.hpp"

#include <algorithm>
#include <cmath>

#include "mathtool/math/constants.hpp"
#include "mathtool/math/error.hpp"

namespace mathtool::opt {
namespace {

/// Scales a piece to a norm of at most `limit`. The norm is taken in double, and after division by
/// the largest entry, so that no square overflows.
template <class T>
void clip_norm(Eigen::Ref<Parameters<T>> piece, double limit) {
  if (limit == infinity || piece.size() == 0) return;
  const double largest = static_cast<double>(piece.cwiseAbs().maxCoeff());
  if (!(largest > 0) || largest == infinity) return;
  const double norm = largest * (piece.template cast<double>() / largest).norm();
  const double factor = limit / (norm + 1e-6);  // as PyTorch has it
  if (factor < 1) piece *= static_cast<T>(factor);
}

}  // namespace

bool Clipping::active() const {
  return value < infinity || norm < infinity || global_norm < infinity;
}

void Clipping::validate() const {
  require(value > 0, "clipping: value must be > 0, got {}", value);
  require(norm > 0, "clipping: norm must be > 0, got {}", norm);
  require(global_norm > 0, "clipping: global_norm must be > 0, got {}", global_norm);
  require(std::is_sorted(blocks.begin(), blocks.end()) && (blocks.empty() || blocks.front() == 0),
          "clipping: blocks must ascend from 0");
}

template <std::floating_point T>
void Clipping::apply(Parameters<T>& gradient) const {
  const Index n = gradient.size();
  require<DimensionError>(blocks.empty() || blocks.back() <= n,
                          "clipping: a block begins at {} of {} parameters",
                          blocks.empty() ? 0 : blocks.back(), n);
  clip_norm<T>(gradient, global_norm);
  if (blocks.empty()) clip_norm<T>(gradient, norm);
  for (std::size_t i = 0; i < blocks.size(); ++i) {
    const Index end = i + 1 < blocks.size() ? blocks[i + 1] : n;
    clip_norm<T>(gradient.segment(blocks[i], end - blocks[i]), norm);
  }
  if (value < infinity) {
    const T limit = static_cast<T>(value);
    gradient = gradient.cwiseMax(-limit).cwiseMin(limit);
  }
}

template void Clipping::apply<float>(Parameters<float>&) const;
template void Clipping::apply<double>(Parameters<double>&) const;

}  // namespace mathtool::opt
