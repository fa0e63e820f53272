#include "mathtool/nn/layers/softmax.hpp"

#include <algorithm>
#include <limits>

#include "layer_members.hpp"
#include "mathtool/math/elementary_kernels.hpp"
#include "mathtool/math/elementary_kernels_float.hpp"
#include "mathtool/math/error.hpp"
#include "mathtool/math/multiversion.hpp"
#include "sum_in_lanes.hpp"

namespace mathtool::nn {
namespace {

/// In 8 lanes. A NaN may get lost here; it comes back when the largest is subtracted from it.
template <class T>
MATHTOOL_KERNEL T largest_of(Index n, const T* x) {
  constexpr Index width = 8;
  T lanes[width];
  std::fill_n(lanes, width, -std::numeric_limits<T>::infinity());
  Index i = 0;
  for (; i + width <= n; i += width)
    for (Index lane = 0; lane < width; ++lane) lanes[lane] = std::max(lanes[lane], x[i + lane]);
  for (; i < n; ++i) lanes[0] = std::max(lanes[0], x[i]);
  return *std::max_element(lanes, lanes + width);
}

template <class T>
MATHTOOL_MULTIVERSION void probabilities(Index n, Index classes, const T* x, T* y) {
  for (Index first = 0; first < n; first += classes) {
    const T largest = largest_of(classes, x + first);
    MATHTOOL_INDEPENDENT for (Index i = first; i < first + classes; ++i) y[i] = x[i] - largest;
  }
  // In one go: a row is often shorter than a vector.
  MATHTOOL_INDEPENDENT for (Index i = 0; i < n; ++i) y[i] = math::kernels::exp(y[i]);
  for (Index first = 0; first < n; first += classes) {
    T* row = y + first;
    const auto sum =
        static_cast<T>(sum_in_lanes(classes, [&](Index i) { return static_cast<double>(row[i]); }));
    for (Index i = 0; i < classes; ++i) row[i] /= sum;
  }
}

template <class T>
MATHTOOL_MULTIVERSION void logit_gradients(Index n, Index classes, const T* y, const T* y_gradient,
                                           T* x_gradient) {
  for (Index first = 0; first < n; first += classes) {
    const T *p = y + first, *upper = y_gradient + first;
    T* lower = x_gradient + first;
    const auto mean = static_cast<T>(sum_in_lanes(classes, [&](Index i) {
      return static_cast<double>(p[i]) * static_cast<double>(upper[i]);
    }));
    MATHTOOL_INDEPENDENT for (Index i = 0; i < classes; ++i) lower[i] = p[i] * (upper[i] - mean);
  }
}

}  // namespace

LayerPlan Softmax::plan(const Shape& input) const {
  require<DimensionError>(!input.empty(), "expects an axis of classes");
  return {.output = input};
}

template <std::floating_point T>
void Softmax::forward(const Site<T>& site, const ConstRows<T>& x, Rows<T>& y) const {
  probabilities(x.size(), site.input->back(), x.data(), y.data());
}

template <std::floating_point T>
void Softmax::backward(const Site<T>& site, const ConstRows<T>&, const ConstRows<T>& y,
                       const ConstRows<T>& y_gradient, Rows<T>& x_gradient) const {
  if (x_gradient.data())
    logit_gradients(y.size(), site.input->back(), y.data(), y_gradient.data(), x_gradient.data());
}

MATHTOOL_LAYER(Softmax);

}  // namespace mathtool::nn
