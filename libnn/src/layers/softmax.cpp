#include "mathtool/nn/layers/softmax.hpp"

#include "elementwise.hpp"
#include "mathtool/math/elementary_kernels.hpp"
#include "mathtool/math/elementary_kernels_float.hpp"
#include "mathtool/math/error.hpp"

namespace mathtool::nn {
namespace {

struct Exponential {
  template <class T>
  MATHTOOL_KERNEL T operator()(T x) const {
    return math::kernels::exp(x);
  }
};

}  // namespace

LayerPlan Softmax::plan(const Shape& input) const {
  require<DimensionError>(!input.empty(), "expects an axis of classes");
  return {.output = input};
}

template <std::floating_point T>
void Softmax::forward(const Site<T>& site, const ConstRows<T>& x, Rows<T>& y) const {
  const Index classes = site.input->back(), n = x.size();
  // The exponentials are taken in one go: a row is often shorter than a vector.
  for (Index first = 0; first < n; first += classes) {
    const T* in = x.data() + first;
    const T largest = *std::max_element(in, in + classes);
    for (Index i = 0; i < classes; ++i) y.data()[first + i] = in[i] - largest;
  }
  map_elements(Exponential(), n, y.data(), y.data());
  for (Index first = 0; first < n; first += classes) {
    T* out = y.data() + first;
    double sum = 0;
    for (Index i = 0; i < classes; ++i) sum += static_cast<double>(out[i]);
    const T total = static_cast<T>(sum);
    for (Index i = 0; i < classes; ++i) out[i] /= total;
  }
}

template <std::floating_point T>
void Softmax::backward(const Site<T>& site, const ConstRows<T>&, const ConstRows<T>& y,
                       const ConstRows<T>& y_gradient, Rows<T>& x_gradient) const {
  if (!x_gradient.data()) return;
  const Index classes = site.input->back();
  for (Index first = 0; first < y.size(); first += classes) {
    const T *p = y.data() + first, *upper = y_gradient.data() + first;
    T* lower = x_gradient.data() + first;
    double sum = 0;
    for (Index i = 0; i < classes; ++i)
      sum += static_cast<double>(p[i]) * static_cast<double>(upper[i]);
    const T mean = static_cast<T>(sum);
    for (Index i = 0; i < classes; ++i) lower[i] = p[i] * (upper[i] - mean);
  }
}

MATHTOOL_LAYER(Softmax);

}  // namespace mathtool::nn
