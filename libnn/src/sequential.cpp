#include "mathtool/nn/sequential.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <span>

#include "mathtool/math/error.hpp"
#include "mathtool/nn/propagation.hpp"

namespace mathtool::nn {
namespace {

constexpr Index rows_at_once = 256;

}  // namespace

template <std::floating_point T>
Sequential<T>::Sequential(Shape input, std::vector<Layer> layers, std::uint64_t seed)
    : architecture_(std::move(input), std::move(layers)),
      parameters_(architecture_.parameter_count()),
      buffers_(architecture_.buffer_count()) {
  std::uint64_t stream = 0;
  const T* begin = parameters_.data();
  T* to = parameters_.data();
  for (const Node& node : architecture_.nodes()) {
    for (const ParameterArray& array : node.plan.parameters) {
      const Index size = math::element_count(array.shape);
      initialize<T>(array.initializer, array.fan, array.shape[0], seed, stream++,
                    std::span(to, static_cast<std::size_t>(size)));
      to += size;
    }
  }
  require(to - begin == parameters_.size(), "network: parameters out of place");
  T* buffer = buffers_.data();
  for (const Node& node : architecture_.nodes())
    for (const BufferArray& array : node.plan.buffers)
      buffer = std::fill_n(buffer, math::element_count(array.shape), static_cast<T>(array.initial));
}

template <std::floating_point T>
Sequential<T>::Sequential(Architecture architecture, Parameters<T> parameters,
                          Parameters<T> buffers)
    : architecture_(std::move(architecture)),
      parameters_(std::move(parameters)),
      buffers_(std::move(buffers)) {
  require<DimensionError>(parameters_.size() == architecture_.parameter_count() &&
                              buffers_.size() == architecture_.buffer_count(),
                          "network: {} parameters and {} buffers for layers that have {} and {}",
                          parameters_.size(), buffers_.size(), architecture_.parameter_count(),
                          architecture_.buffer_count());
}

template <std::floating_point T>
Batch<T> Sequential<T>::predict(const BatchRef<T>& x, int threads) const {
  const Index inputs = math::element_count(architecture_.input());
  if (x.cols() != inputs)
    throw DimensionError(
        fmt::format("network: an observation has {} elements of shape {}, got rows of {}", inputs,
                    math::to_string(architecture_.input()), x.cols()));
  Batch<T> y(x.rows(), math::element_count(architecture_.output()));
  if (x.rows() == 0) return y;
  Propagation<T> propagation(architecture_, std::min(rows_at_once, x.rows()));
  for (Index first = 0; first < x.rows(); first += rows_at_once) {
    const Index rows = std::min(rows_at_once, x.rows() - first);
    y.middleRows(first, rows) = propagation.forward(
        *this, rows,
        [&](Index row, Rows<T>& part) { part = x.middleRows(first + row, part.rows()); }, threads);
  }
  return y;
}

template class Sequential<float>;
template class Sequential<double>;

}  // namespace mathtool::nn
