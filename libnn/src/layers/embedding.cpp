#include "mathtool/nn/layers/embedding.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "layer_members.hpp"
#include "mathtool/math/error.hpp"

namespace mathtool::nn {

LayerPlan Embedding::plan(const Shape& input) const {
  require(dimension >= 1, "embedding: dimension must be >= 1, got {}", dimension);
  require(
      vocabulary >= 1,
      "embedding: it must be known how many symbols there are, as in 'embedding {} vocabulary 65'",
      dimension);
  require<DimensionError>(input.size() == 1 && input[0] >= 1, "expects (steps)");
  return {.output = {input[0], dimension},
          .parameters = {{.name = "weight",
                          .shape = {vocabulary, dimension},
                          .fan = {vocabulary, dimension},
                          .initializer = initializer}}};
}

std::string Embedding::text() const {
  std::string text = fmt::format("embedding {}", dimension);
  if (vocabulary > 0) text += fmt::format(" vocabulary {}", vocabulary);
  if (initializer != Embedding{}.initializer) text += " init " + to_string(initializer);
  return text;
}

template <std::floating_point T>
void Embedding::forward(const Site<T>& site, const ConstRows<T>& x, Rows<T>& y) const {
  for (Index i = 0; i < x.size(); ++i) {
    const T symbol = x.data()[i];
    T* to = y.data() + i * dimension;
    if (symbol < 0) {
      std::fill_n(to, dimension, std::numeric_limits<T>::quiet_NaN());
      continue;
    }
    require(symbol < static_cast<T>(vocabulary) && symbol == std::floor(symbol),
            "embedding: {} is no symbol of a vocabulary of {}, numbered from 0", symbol,
            vocabulary);
    std::copy_n(site.parameters + static_cast<Index>(symbol) * dimension, dimension, to);
  }
}

template <std::floating_point T>
void Embedding::backward(const Site<T>& site, const ConstRows<T>& x, const ConstRows<T>&,
                         const ConstRows<T>& y_gradient, Rows<T>& x_gradient) const {
  if (x_gradient.data()) x_gradient.setZero();
  if (!site.gradient) return;
  std::fill_n(site.gradient, vocabulary * dimension, T(0));
  for (Index i = 0; i < x.size(); ++i) {
    const T symbol = x.data()[i];
    if (symbol < 0) continue;
    const T* from = y_gradient.data() + i * dimension;
    T* to = site.gradient + static_cast<Index>(symbol) * dimension;
    for (Index j = 0; j < dimension; ++j) to[j] += from[j];
  }
}

MATHTOOL_LAYER(Embedding);

}  // namespace mathtool::nn
